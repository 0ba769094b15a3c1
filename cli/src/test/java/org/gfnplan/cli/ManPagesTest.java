package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * The man pages in {@code man/} say what the command's help says. With {@code
 * -Dgfnplan.record=true} their sources are written anew; then run {@code asciidoctor -b manpage
 * man/*.adoc}.
 */
class ManPagesTest {
  @Test
  void manPagesAreCurrent() throws IOException {
    CommandSpec main = new CommandLine(new Main()).getCommandSpec();
    check(main);
    for (CommandLine command : main.subcommands().values()) {
      check(command.getCommandSpec());
    }
    for (CommandLine party : main.subcommands().get("predict").getSubcommands().values()) {
      check(party.getCommandSpec());
    }
  }

  private static void check(CommandSpec command) throws IOException {
    StringWriter page = new StringWriter();
    try (PrintWriter out = new PrintWriter(page)) {
      ManPageGenerator.writeSingleManPage(out, command);
    }
    String text = withoutVersion(page.toString());
    Path kept = Path.of("man", command.qualifiedName("-") + ".adoc");
    if (Boolean.getBoolean("gfnplan.record")) {
      Files.createDirectories(kept.getParent());
      Files.writeString(kept, text);
    }
    assertEquals(text, Files.readString(kept), kept.toString());
    assertTrue(
        Boolean.getBoolean("gfnplan.record")
            || Files.exists(Path.of("man", command.qualifiedName("-") + ".1")),
        kept.toString());
  }

  /** The version line names the JDK that made the page. */
  private static String withoutVersion(String page) {
    return page.replaceAll("(?m)^:(manmanual|mansource|revnumber|man-linkstyle):.*\\R", "");
  }
}
