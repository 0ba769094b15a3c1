package org.gfnplan.models.export;

import java.util.List;
import org.gfnplan.models.platform.E820Entry;

/** A guest's memory map, one entry a line, as Linux prints it when it starts (e820.c). */
final class E820Text {
  private E820Text() {}

  /** The lines; ends are inclusive here. */
  static String of(List<E820Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (E820Entry entry : entries) {
      text.append(
          "BIOS-e820: [mem 0x%016x-0x%016x] %s\n"
              .formatted(entry.startByte(), entry.endByte() - 1, word(entry.type())));
    }
    return text.toString();
  }

  private static String word(int type) {
    return switch (type) {
      case 1 -> "usable";
      case 2 -> "reserved";
      case 3 -> "ACPI data";
      case 4 -> "ACPI NVS";
      case 5 -> "unusable";
      case 7 -> "persistent (type 7)";
      default -> "type " + type;
    };
  }
}
