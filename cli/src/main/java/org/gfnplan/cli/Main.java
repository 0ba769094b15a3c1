package org.gfnplan.cli;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code gfnplan}. */
@Command(
    name = "gfnplan",
    description = "Plans a guest's physical address space offline, or explains why it cannot be.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      PlanCommand.class,
      ExplainCommand.class,
      CheckCommand.class,
      ExportCommand.class,
      HotplugCommand.class,
      DiffCommand.class,
      HostCommand.class,
      PredictCommand.class,
      RulesCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a layout, a verified proof, or nothing to complain about",
      "1:a conflict, a wrong proof, a refused event, or a difference",
      "2:input that cannot be used, or wrong usage",
      "3:undecided: a budget ran out, or a proof rests on a search",
      "70:a bug in this program"
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        run(
            args,
            Sink.standardOutput(),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  /** Runs the command with these streams and returns its exit code. */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(() -> new CommandLine(new Main()), args, out, err);
  }

  /** Runs any command as this one is run; whatever goes wrong, it returns an exit code. */
  static int run(Supplier<CommandLine> maker, String[] args, PrintWriter out, PrintWriter err) {
    int code;
    try {
      code = execute(maker.get(), args, out, err);
    } catch (Throwable bug) {
      // Java would end with 1, which is a conflict.
      code = report(bug, args, err);
    }
    String loss = Sink.loss(out);
    if (loss != null) {
      err.println("error: standard output: " + loss);
      code = code == ExitCode.BUG ? code : ExitCode.UNUSABLE;
    }
    err.flush();
    return code;
  }

  private static int execute(CommandLine command, String[] args, PrintWriter out, PrintWriter err) {
    command.setOut(out);
    command.setErr(err);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler((bug, line, parsed) -> report(bug, args, err));
    command.setParameterExceptionHandler((wrong, given) -> usage(wrong));
    return command.execute(args);
  }

  /** What was wrong with the words, and where to read on; all of the help only of commands. */
  private static int usage(CommandLine.ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + wrong.getMessage());
    if (command.getSubcommands().isEmpty()
        || wrong instanceof CommandLine.UnmatchedArgumentException) {
      CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    } else {
      command.usage(err);
    }
    err.println("note: `%s --help` tells more".formatted(command.getCommandSpec().qualifiedName()));
    return ExitCode.UNUSABLE;
  }

  /** A bug in one line. */
  static String describe(Throwable bug) {
    return "a bug in this program: " + bug.toString().lines().findFirst().orElse("");
  }

  /** What went wrong, without what picocli wraps around it. */
  private static Throwable unwrapped(Throwable caught) {
    Throwable bug = caught;
    while (bug instanceof CommandLine.PicocliException
        || bug instanceof InvocationTargetException) {
      Throwable cause = bug.getCause();
      if (cause == null) {
        break;
      }
      bug = cause;
    }
    return bug;
  }

  private static int report(Throwable caught, String[] args, PrintWriter err) {
    Throwable bug = unwrapped(caught);
    err.println("error: " + describe(bug));
    err.println(
        "note: to report it, add the inputs and this line: gfnplan " + String.join(" ", args));
    if (System.getenv("GFNPLAN_DEBUG") != null) {
      bug.printStackTrace(err);
    }
    return ExitCode.BUG;
  }
}
