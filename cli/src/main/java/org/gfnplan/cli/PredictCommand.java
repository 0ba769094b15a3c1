package org.gfnplan.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gfnplan predict}: what today's programs make of recorded inputs. */
@Command(
    name = "predict",
    description = "Predicts what today's programs do, for cases given as JSON lines.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "PARTY",
    modelTransformer = PredictCommand.AllParties.class)
final class PredictCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "name the party to predict: " + Party.words());
    }
  }

  /** Gives the command a subcommand for each party. */
  static final class AllParties implements CommandLine.IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec predict) {
      for (Party party : Party.values()) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new CasesCommand(party));
        command.name(party.word());
        command.usageMessage().description(party.description());
        if (!party.isXen()) {
          command.remove(command.findOption(ReleaseOptions.XEN));
        }
        if (party != Party.QEMU) {
          command.remove(command.findOption(ReleaseOptions.QEMU));
        }
        predict.addSubcommand(party.word(), command);
      }
      return predict;
    }
  }
}
