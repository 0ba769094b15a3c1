package org.gfnplan.models.platform.xen.hvmloader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.xen.CaseFields;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.solver.problem.Origin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * hvmloader cases as JSON lines: what hvmloader finds, completed with what it makes of it.
 * Addresses and sizes are bytes in hex, {@code "0"} for none.
 */
public final class HvmloaderCases {
  private static final List<String> OUTPUTS =
      List.of(
          "result",
          "pci_mem_start",
          "pci_mem_end",
          "pci_hi_start",
          "pci_hi_end",
          "low_after",
          "high_after",
          "placed",
          "e820");
  private static final int USUAL_BITS = 39;

  private HvmloaderCases() {}

  /**
   * Completes one line: inputs repeated as they are, outputs of an earlier answer replaced.
   *
   * @throws IllegalArgumentException when the line is no such case; the message says why
   */
  public static String complete(String line) {
    ObjectNode answer = CaseText.object(line);
    HvmloaderRequest request = request(new CaseFields(answer));
    answer.remove(OUTPUTS);
    put(answer, Hvmloader.run(request));
    return CaseText.line(answer);
  }

  private static HvmloaderRequest request(CaseFields given) {
    long hole = given.number("mmio_hole_mib", 0, MmioHole.LARGEST_MIB, 0);
    return new HvmloaderRequest(
        given.bytes("lowmem_end", -1),
        given.bytes("highmem_end", 0),
        given.flag("allow_memory_relocate", false),
        hole,
        (int) given.number("phys_bits", 32, 52, USUAL_BITS),
        false,
        map(given.list("map")),
        firmware(given),
        functions(given));
  }

  /** SeaBIOS, with the stated number of pages of tables. */
  static Firmware firmware(CaseFields given) {
    Firmware usual = Firmware.seabios();
    return usual.withAcpiPages(
        (int) given.number("acpi_pages", 0, Firmware.MOST_ACPI_PAGES, usual.acpiPages()));
  }

  private static List<E820Entry> map(JsonNode list) {
    List<E820Entry> map = new ArrayList<>();
    for (JsonNode entry : list) {
      if (!entry.isArray() || entry.size() != 3 || !entry.path(2).isInt()) {
        throw new IllegalArgumentException("map must be a list of [start, end, type]");
      }
      long start = CaseFields.bytes("map", entry.path(0));
      long end = CaseFields.bytes("map", entry.path(1));
      int type = entry.path(2).asInt();
      if (start >= end || type < 1 || type > 5) {
        throw new IllegalArgumentException(
            "map must have ranges of types 1 to 5: 0x%x 0x%x %d".formatted(start, end, type));
      }
      map.add(new E820Entry(start, end, type));
    }
    return map;
  }

  private static List<PciFunction> functions(CaseFields given) {
    Map<Integer, List<Bar>> bars = new TreeMap<>();
    for (CaseFields entry : given.objects("bars")) {
      int devfn = (int) entry.number("devfn", 0, 255, -1);
      boolean wide = entry.flag("is64", false);
      String kind = entry.word("kind", List.of("mem", "io", "rom"), null);
      boolean memory = !kind.equals("io");
      if (wide && !kind.equals("mem")) {
        throw new IllegalArgumentException("is64 is for registers of kind mem: devfn=" + devfn);
      }
      Bar.Space narrow = memory ? Bar.Space.MEMORY_32 : Bar.Space.IO;
      int index = (int) entry.number("bar", 0, Bar.ROM, -1);
      if ((index == Bar.ROM) != kind.equals("rom")) {
        throw new IllegalArgumentException("bar 6 is of kind rom, and no other: devfn=" + devfn);
      }
      bars.computeIfAbsent(devfn, key -> new ArrayList<>())
          .add(bar(index, wide ? Bar.Space.MEMORY_64 : narrow, entry.bytes("size", -1)));
    }
    List<PciFunction> functions = new ArrayList<>();
    bars.forEach(
        (devfn, list) -> functions.add(new PciFunction(devfn, "devfn " + devfn, false, list)));
    return functions;
  }

  /** A register of a case. */
  static Bar bar(int index, Bar.Space space, long bytes) {
    return bar(index, space, bytes, 0);
  }

  /** A register of a case that the host has at an address, 0 for unknown. */
  static Bar bar(int index, Bar.Space space, long bytes, long hostByte) {
    Origin origin = Origin.builtIn("case", "a register");
    Stated<Long> host = hostByte == 0 ? null : Stated.by(hostByte, origin);
    return new Bar(index, space, bytes, false, List.of(), host, origin);
  }

  private static void put(ObjectNode answer, HvmloaderResult result) {
    if (result.refused()) {
      answer.put("result", "crash");
      return;
    }
    answer.put("result", "ok");
    answer.put("pci_mem_start", CaseFields.hex(result.lowStart()));
    answer.put("pci_mem_end", CaseFields.hex(result.lowEnd()));
    answer.put("pci_hi_start", CaseFields.hex(result.highStart()));
    answer.put("pci_hi_end", CaseFields.hex(result.highEnd()));
    answer.put("low_after", CaseFields.hex(result.lowmemEnd()));
    answer.put("high_after", CaseFields.hex(result.highmemEnd()));
    ArrayNode placed = answer.putArray("placed");
    for (HvmloaderResult.Register register : result.registers()) {
      ObjectNode entry = placed.addObject();
      entry.put("devfn", register.function().devfn());
      entry.put("bar", register.bar().index());
      // The recorded form spells "no space" as a number.
      if (register.isPlaced()) {
        entry.put("addr", CaseFields.hex(register.address()));
      } else {
        entry.put("addr", 0);
      }
    }
    ArrayNode e820 = answer.putArray("e820");
    for (E820Entry entry : result.e820()) {
      ArrayNode line = JsonNodeFactory.instance.arrayNode();
      line.add(CaseFields.hex(entry.startByte()))
          .add(CaseFields.hex(entry.endByte()))
          .add(entry.type());
      e820.add(line);
    }
  }
}
