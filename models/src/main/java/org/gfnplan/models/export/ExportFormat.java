package org.gfnplan.models.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A form that a planned layout can be exported to. */
public enum ExportFormat {
  /** The guest's memory map as Linux prints it. */
  E820,
  /** An xl.cfg file. */
  XL,
  /** A QEMU command. */
  QEMU,
  /** Libvirt's domain XML. */
  LIBVIRT,
  /** What libxl writes to xenstore. */
  XENSTORE,
  /** The ACPI table of persistent memory; binary. */
  NFIT,
  /** The extents of the p2m as JSON lines. */
  P2M;

  /** The word that users write. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the result is no text. */
  public boolean isBinary() {
    return this == NFIT;
  }

  /** The format of a word, or null. */
  public static @Nullable ExportFormat of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElse(null);
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ExportFormat::word).toList();
  }
}
