package org.gfnplan.models.host.acpi;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text that {@code acpidump} prints: for each table a heading {@code DMAR @ 0x...} and
 * lines of an offset, up to 16 bytes in hexadecimal and the same bytes as characters.
 */
public final class AcpidumpText {
  /*
   * The characters follow after two blanks and may look like hexadecimal digits themselves, so a
   * line of bytes ends where two blanks do not separate one byte from the next.
   */
  private static final Pattern HEADING =
      Pattern.compile("^\\s*([A-Z][A-Z0-9_]{3})\\d{0,3} @ 0x[0-9A-Fa-f]+\\s*$");
  private static final Pattern BYTES =
      Pattern.compile(
          "^\\s*([0-9A-Fa-f]{4,8}): ((?:[0-9A-Fa-f]{2} ){0,15}[0-9A-Fa-f]{2})(?: .*)?$");

  /** DMAR, IVRS, MCFG and NFIT tables in one text; a host has at most one, one and a few. */
  private static final int MOST_TABLES = 64;

  private final String document;
  private final List<SourceFacts> tables = new ArrayList<>();
  private @Nullable Table table;
  private boolean headingSeen;

  private AcpidumpText(String document) {
    this.document = document;
  }

  /**
   * What each table of a known kind says, in the order of the text; tables of other kinds are
   * passed over. Null when the text has no heading of a table.
   */
  public static @Nullable List<SourceFacts> read(String document, String text) {
    AcpidumpText reader = new AcpidumpText(document);
    LogLines.forEach(text, reader::readLine);
    reader.finishTable();
    return reader.headingSeen ? reader.tables : null;
  }

  private void readLine(String line, int number) {
    Matcher heading = line.contains(" @ 0x") ? HEADING.matcher(line) : null;
    if (heading != null && heading.matches()) {
      finishTable();
      headingSeen = true;
      String signature = heading.group(1);
      if (tables.size() == MOST_TABLES) {
        SourceFacts tooMany = new SourceFacts(document);
        tooMany.addProblem(
            new InputProblem(
                Origin.line(document, number, line),
                "more than %d tables, the rest is not read".formatted(MOST_TABLES)));
        tables.add(tooMany);
      }
      table = TableFacts.isKnown(signature) ? new Table(signature, number, line) : null;
    } else if (table != null && !table.isFull() && !line.isBlank()) {
      readBytes(table, line, number);
    }
  }

  private void readBytes(Table into, String line, int number) {
    Matcher match = BYTES.matcher(line);
    if (!match.matches()) {
      into.problem(Origin.line(document, number, line), "not a line of bytes in hexadecimal");
      return;
    }
    long offset = Long.parseLong(match.group(1), 16);
    if (offset != into.bytes.size()) {
      into.problem(
          Origin.line(document, number, line),
          "bytes at offset 0x%x follow, 0x%x is next".formatted(offset, into.bytes.size()));
      return;
    }
    for (String value : match.group(2).split(" ")) {
      into.bytes.write(Integer.parseInt(value, 16));
    }
  }

  private void finishTable() {
    if (table != null && tables.size() <= MOST_TABLES) {
      tables.add(table.facts());
    }
    table = null;
  }

  /** A table of a known kind while its lines are read. */
  private final class Table {
    private final String signature;
    private final int line;
    private final Origin heading;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable InputProblem problem;

    Table(String signature, int line, String text) {
      this.signature = signature;
      this.line = line;
      this.heading = Origin.line(document, line, text);
    }

    /* The first bad line stops the table; those after it would only be wrong because of it. */
    void problem(Origin origin, String message) {
      if (problem == null) {
        problem = new InputProblem(origin, "%s table: %s".formatted(signature, message));
      }
    }

    boolean isFull() {
      return problem != null;
    }

    SourceFacts facts() {
      AcpiTable table = AcpiTable.ofText(document, line, bytes.toByteArray());
      boolean signed = table.size() >= signature.length();
      if (problem == null && signed && !table.signature().equals(signature)) {
        problem =
            new InputProblem(
                heading,
                "%s table has bytes that start with `%s`".formatted(signature, table.signature()));
      }
      if (problem == null) {
        return TableFacts.read(signature, table);
      }
      SourceFacts broken = new SourceFacts(document);
      broken.addProblem(problem);
      return broken;
    }
  }
}
