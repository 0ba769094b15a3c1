package org.gfnplan.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
      HostCommand.class,
      PredictCommand.class,
      picocli.AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a layout, or nothing to complain about",
      "1:a conflict",
      "2:input that cannot be used, or wrong usage",
      "3:undecided: a budget ran out",
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
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  /** Runs the command with these streams and returns its exit code. */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(new Main());
    command.setOut(out);
    command.setErr(err);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler((bug, line, parsed) -> report(bug, args, err));
    int code = command.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  private static int report(Exception bug, String[] args, PrintWriter err) {
    err.println("error: a bug in this program: " + bug);
    err.println(
        "note: to report it, add the inputs and this line: gfnplan " + String.join(" ", args));
    if (System.getenv("GFNPLAN_DEBUG") != null) {
      bug.printStackTrace(err);
    }
    return ExitCode.BUG;
  }
}
