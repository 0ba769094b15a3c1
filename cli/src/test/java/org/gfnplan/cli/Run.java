package org.gfnplan.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * What a run of the command printed and how it ended.
 *
 * @param exit the exit code
 * @param out standard output
 * @param err standard error
 */
record Run(int exit, String out, String err) {
  static Run of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.run(args, new PrintWriter(out), new PrintWriter(err));
    return new Run(exit, out.toString(), err.toString());
  }

  static Run of(List<String> args) {
    return of(args.toArray(String[]::new));
  }

  /** Standard output as if lines were never wrapped. */
  String words() {
    return out.replaceAll("\\s+", " ");
  }
}
