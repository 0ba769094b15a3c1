package org.gfnplan.models.platform.xen.hvmloader;

import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.CaseFields;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.models.platform.xen.passthrough.MapCall;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts of HVM guests as JSON lines: {@code in} is what xl is told and what the host and the
 * device model have, {@code out} what libxl and then hvmloader make of it. Numbers are bytes or as
 * named.
 */
public final class BootCases {
  private static final int REFUSED = -3;
  private static final int STOPPED_AT_START = 1;
  private static final int DONE = 5;

  /** hvmloader's registers are named by their place in configuration space. */
  private static final int FIRST_REGISTER = 0x10;

  private static final int ROM_REGISTER = 0x30;

  private BootCases() {}

  /**
   * Completes one line: {@code in} repeated as it is, {@code out} of an earlier answer replaced.
   *
   * @throws IllegalArgumentException when the line is no such case; the message says why
   */
  public static String complete(String line) {
    ObjectNode answer = CaseText.object(line);
    BootCase boot = BootCase.of(new CaseFields(answer).inner("in"));
    answer.remove("out");
    ObjectNode out = answer.putObject("out");
    putBuilder(out.putObject("libxl"), boot);
    HvmloaderResult loaded = boot.loaded();
    if (loaded != null) {
      putLoaded(out.putObject("hvmloader"), loaded);
    }
    BootMappings mappings = boot.mappings();
    if (mappings != null) {
      putMappings(out, mappings);
    }
    out.put("ok", loaded != null && !loaded.refused() && (mappings == null || !mappings.crashed()));
    return CaseText.line(answer);
  }

  private static void putBuilder(ObjectNode out, BootCase boot) {
    boolean isBuilt = boot.built().isBuilt();
    out.put("rc", isBuilt ? 0 : REFUSED);
    out.put("lowmem_end", boot.built().lowmemEnd());
    out.put("highmem_end", boot.built().highmemEnd());
    out.put("mmio_start", boot.built().mmioStart());
    ArrayNode rdms = out.putArray("rdms");
    ArrayNode log = out.putArray("log");
    for (BuilderRequest.Rdm rdm : boot.builder().reserved()) {
      boolean masked = boot.built().masked().contains(rdm);
      rdms.add(
          JsonNodeFactory.instance
              .arrayNode()
              .add(rdm.startByte())
              .add(rdm.endByte())
              .add(masked ? "invalid" : rdm.policy().word()));
      if (masked) {
        log.add("WARN: Ignoring RDM conflict at 0x%x.".formatted(rdm.startByte()));
      }
    }
    BuilderRequest.Rdm conflict = boot.built().conflict();
    if (conflict == null) {
      putMap(out.putArray("memory_map"), boot.built().memoryMap());
    } else {
      log.add("ERROR: RDM conflict at 0x%x.".formatted(conflict.startByte()));
      log.add("ERROR: checking reserved device memory failed");
    }
  }

  private static void putMappings(ObjectNode out, BootMappings mappings) {
    ArrayNode lines = out.putArray("mappings");
    for (MapCall call : mappings.calls()) {
      lines.add(
          JsonNodeFactory.instance
              .arrayNode()
              .add(call.kind().word())
              .add(call.startByte())
              .add(call.endByte())
              .add(call.hostByte()));
    }
    out.put("crash", mappings.crashed());
  }

  private static void putLoaded(ObjectNode out, HvmloaderResult loaded) {
    out.put("stage", loaded.refused() ? STOPPED_AT_START : DONE);
    if (loaded.refused()) {
      out.put("bug", "HVMLoader bug at e820.c:52");
    } else {
      putMap(out.putArray("e820"), loaded.e820());
    }
    out.put("e820_overlap", loaded.hasOverlap());
    putMap(out.putArray("memory_map"), loaded.memoryMap());
    out.put("lowmem_end", loaded.lowmemEnd());
    out.put("highmem_end", loaded.highmemEnd());
    out.put("pci_mem_start", loaded.lowStart());
    out.put("pci_mem_end", loaded.lowEnd());
    out.put("pci_hi_mem_start", loaded.highStart());
    out.put("pci_hi_mem_end", loaded.highEnd());
    ArrayNode relocated = out.putArray("relocated");
    for (HvmloaderResult.Move move : loaded.moves()) {
      relocated.add(
          JsonNodeFactory.instance
              .arrayNode()
              .add("gmfn_range")
              .add(move.fromByte())
              .add(move.toByte())
              .add(move.pages()));
    }
    out.put("stolen_pages", loaded.stolenPages());
    ArrayNode bars = out.putArray("bars");
    loaded.registers().forEach(register -> putRegister(bars.addObject(), register));
  }

  private static void putRegister(ObjectNode out, HvmloaderResult.Register register) {
    Bar bar = register.bar();
    boolean rom = bar.index() == Bar.ROM;
    out.put("dev", register.function().devfn() >> 3);
    out.put("fn", register.function().devfn() & 7);
    out.put("reg", rom ? ROM_REGISTER : FIRST_REGISTER + 4 * bar.index());
    out.put("kind", rom ? "rom" : kind(bar.space()));
    out.put("size", bar.bytes());
    out.put("addr", register.isPlaced() ? register.address() : 0);
    out.put("on", register.decodes() ? 1 : 0);
  }

  private static String kind(Bar.Space space) {
    return switch (space) {
      case IO -> "io";
      case MEMORY_32 -> "mem32";
      case MEMORY_64 -> "mem64";
    };
  }

  private static void putMap(ArrayNode out, List<E820Entry> map) {
    for (E820Entry entry : map) {
      out.add(
          JsonNodeFactory.instance
              .arrayNode()
              .add(entry.startByte())
              .add(entry.endByte())
              .add(
                  switch (entry.type()) {
                    case E820Entry.RAM -> "RAM";
                    case E820Entry.RESERVED -> "RESERVED";
                    case Hvmloader.NVS -> "NVS";
                    default -> throw new IllegalStateException("type=" + entry.type());
                  }));
    }
  }
}
