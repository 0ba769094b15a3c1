package org.gfnplan.models.host;

import java.util.List;
import org.gfnplan.models.host.acpi.AcpiTable;
import org.gfnplan.models.host.acpi.TableFacts;
import org.gfnplan.models.input.InputProblem;

/** Tells by its content what a source is, and has it read. */
final class SourceKind {
  private static final List<String> SIGNATURES = List.of("DMAR", "RMAD", "IVRS", "MCFG");

  private SourceKind() {}

  /** What the source says, by tables and logs in it; empty when nothing in it is host data. */
  static List<SourceFacts> read(SourceFile file) {
    if (isTable(file)) {
      return List.of(TableFacts.read(AcpiTable.ofFile(file.document(), file.bytes())));
    }
    return List.of();
  }

  /** Why a source that {@link #read} knows nothing about is of no use. */
  static InputProblem unknown(SourceFile file) {
    if (file.size() == 0) {
      return file.problem("is empty");
    }
    return file.problem(
        file.firstNul() >= 0
            ? "binary data where text is expected: it is no DMAR, IVRS or MCFG table"
            : "nothing in it is recognised as host data: no ACPI table, acpidump text, boot log"
                + " or gfnplan host document");
  }

  /*
   * A log may begin with "DMAR:" and acpidump text with "DMAR @", so the signature alone does not
   * make a table. The length that follows it in a table has a zero byte.
   */
  private static boolean isTable(SourceFile file) {
    return SIGNATURES.stream().anyMatch(file::startsWith)
        && (file.size() <= 8 || file.hasControlCharacter(AcpiTable.HEADER_BYTES));
  }
}
