package org.gfnplan.models.host;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gfnplan.models.host.acpi.AcpiTable;
import org.gfnplan.models.host.acpi.AcpidumpText;
import org.gfnplan.models.host.acpi.TableFacts;
import org.gfnplan.models.host.document.HostDocument;
import org.gfnplan.models.host.linux.CpuInfo;
import org.gfnplan.models.host.linux.Iomem;
import org.gfnplan.models.host.linux.IommuGroups;
import org.gfnplan.models.host.linux.LinuxLog;
import org.gfnplan.models.host.linux.NdctlList;
import org.gfnplan.models.host.linux.ReservedRegions;
import org.gfnplan.models.host.pci.LspciText;
import org.gfnplan.models.host.xen.XenLog;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Tells by its content what a source is, and has it read. */
final class SourceKind {
  private static final List<String> SIGNATURES = List.of("DMAR", "RMAD", "IVRS", "MCFG", "NFIT");

  /** Texts that are one thing from their first line on. */
  private static final List<TextReader> LISTINGS =
      List.of(
          NdctlList::read,
          LspciText::read,
          IommuGroups::read,
          ReservedRegions::read,
          Iomem::read,
          CpuInfo::read);

  private SourceKind() {}

  /** Reads a text that is of one kind, or gives null when it is of another. */
  @FunctionalInterface
  private interface TextReader {
    @Nullable SourceFacts read(String document, String text);
  }

  /** What the source says, by tables and logs in it; empty when nothing in it is host data. */
  static List<SourceFacts> read(SourceFile file) {
    if (isTable(file)) {
      AcpiTable table = AcpiTable.ofFile(file.document(), file.bytes());
      return List.of(TableFacts.read(table.signature(), table));
    }
    if (isNamedLikeTable(file)) {
      return List.of(
          broken(file, 0, "is named like an ACPI table but starts with no signature of one"));
    }
    int nul = file.firstNul();
    List<SourceFacts> facts = readText(file);
    if (nul < 0 || facts.isEmpty()) {
      return facts;
    }
    return List.of(broken(file, nul, "binary data where text is expected"));
  }

  private static List<SourceFacts> readText(SourceFile file) {
    String text = file.text();
    List<SourceFacts> tables = AcpidumpText.read(file.document(), text);
    if (tables != null) {
      return tables.isEmpty() ? List.of(new SourceFacts(file.document())) : tables;
    }
    String kind = HostDocument.kindOf(text);
    if (kind != null) {
      return kind.startsWith("host")
          ? List.of(HostDocument.read(file.document(), file.bytes()))
          : List.of();
    }
    for (TextReader reader : LISTINGS) {
      SourceFacts listing = reader.read(file.document(), text);
      if (listing != null) {
        return List.of(listing);
      }
    }
    return Stream.of(LinuxLog.read(file.document(), text), XenLog.read(file.document(), text))
        .filter(log -> !log.isEmpty())
        .map(BootLog::facts)
        .toList();
  }

  /** Whether this is an ACPI table of a kind that says nothing about reserved memory. */
  static boolean isOtherTable(SourceFile file) {
    AcpiTable table = AcpiTable.ofFile(file.document(), file.bytes());
    return table.hasHeader() && table.signature().matches("[A-Z0-9_]{4}");
  }

  /** Why a source that {@link #read} knows nothing about is of no use. */
  static InputProblem unknown(SourceFile file) {
    if (file.size() == 0) {
      return file.problem("is empty");
    }
    if (isOtherTable(file)) {
      return file.problem("is an ACPI table, but none of DMAR, IVRS, MCFG and NFIT");
    }
    String kind = HostDocument.kindOf(file.text());
    if (kind != null) {
      return file.problem(
          "is a gfnplan document of kind `%s`, a host has `%s`"
              .formatted(kind, HostDocument.VERSION));
    }
    return file.problem(
        file.firstNul() >= 0
            ? "binary data where text is expected: it is no DMAR, IVRS, MCFG or NFIT table"
            : "nothing in it is recognised as host data: no ACPI table, acpidump text, boot log,"
                + " lspci, /proc or /sys listing, or gfnplan host document");
  }

  /*
   * A log may begin with "DMAR:" and acpidump text with "DMAR @", so the signature alone does not
   * make a table. The length that follows it in a table has a zero byte.
   */
  private static boolean isTable(SourceFile file) {
    return SIGNATURES.stream().anyMatch(file::startsWith)
        && (file.size() <= 8 || file.hasControlCharacter(AcpiTable.HEADER_BYTES));
  }

  /* A damaged signature must not make the table one of a kind that does not matter. */
  private static boolean isNamedLikeTable(SourceFile file) {
    String name = file.document().substring(file.document().lastIndexOf('/') + 1);
    String upper = name.toUpperCase(Locale.ROOT);
    return SIGNATURES.stream().anyMatch(upper::startsWith)
        && file.hasControlCharacter(AcpiTable.HEADER_BYTES);
  }

  private static SourceFacts broken(SourceFile file, int offset, String message) {
    SourceFacts facts = new SourceFacts(file.document());
    facts.addProblem(
        new InputProblem(Origin.offset(file.document(), offset, file.document()), message));
    return facts;
  }
}
