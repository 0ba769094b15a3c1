package org.gfnplan.cli;

import java.util.List;
import org.gfnplan.cli.planning.Releases;
import org.gfnplan.models.platform.qemu.QemuCases;
import org.gfnplan.models.platform.qemu.QemuVersion;
import org.gfnplan.models.platform.xen.AgreementCases;
import org.gfnplan.models.platform.xen.AssignCases;
import org.gfnplan.models.platform.xen.BuilderCases;
import org.gfnplan.models.platform.xen.hvmloader.BootCases;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderCases;

/** Programs whose doings are predicted, case by case. */
enum Party {
  XEN_BUILDER(
      "xen-builder",
      "Completes each case with libxl's RAM split, its memory map, libxc's extents and QEMU's"
          + " split."),
  XEN_HVMLOADER(
      "xen-hvmloader",
      "Completes each case with the addresses that hvmloader gives to PCI registers, where RAM"
          + " ends at last, and the e820."),
  XEN_BOOT(
      "xen-boot",
      "Completes each case with what libxl and then hvmloader do, from the configuration of an HVM"
          + " guest to its e820."),
  XEN_QEMU(
      "xen-qemu",
      "Completes each case with where libxl puts RAM, where QEMU's xenfv machine believes it to be,"
          + " and where the two differ."),
  ASSIGN(
      "assign",
      "Completes each case with what Xen does when devices are given to a guest and taken away, and"
          + " with the guest's map after it."),
  QEMU("qemu", "Completes each case with the memory layout QEMU makes, or with its refusal.");

  private final String word;
  private final String description;

  Party(String word, String description) {
    this.word = word;
    this.description = description;
  }

  /** The word of the command line. */
  String word() {
    return word;
  }

  /** Whether a release of Xen decides what it does. */
  boolean isXen() {
    return this != QEMU;
  }

  /** What is predicted, one sentence. */
  String description() {
    return description;
  }

  /**
   * Completes a case.
   *
   * @throws IllegalArgumentException when it is none; the message says why
   */
  String complete(String line, Releases releases) {
    return switch (this) {
      case XEN_BUILDER -> BuilderCases.complete(line);
      case XEN_HVMLOADER -> HvmloaderCases.complete(line);
      case XEN_BOOT -> BootCases.complete(line);
      case XEN_QEMU -> AgreementCases.complete(line);
      case ASSIGN -> AssignCases.complete(line);
      case QEMU -> QemuCases.complete(line, version(releases));
    };
  }

  private static QemuVersion version(Releases releases) {
    QemuVersion named = releases.qemu() == null ? null : QemuVersion.of(releases.qemu().value());
    return named == null ? QemuVersion.DEFAULT : named;
  }

  /** All of them, as in "qemu, xen-builder or xen-boot". */
  static String words() {
    List<String> words = List.of(values()).stream().map(Party::word).toList();
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
