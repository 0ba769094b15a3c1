package org.gfnplan.models.platform.xen.hvmloader;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.BuilderResult;
import org.gfnplan.models.platform.xen.CaseFields;
import org.gfnplan.models.platform.xen.LibxlBuilder;
import org.gfnplan.models.platform.xen.RdmList;
import org.gfnplan.models.platform.xen.XenLayout;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A recorded start of an HVM guest, from libxl to hvmloader.
 *
 * @param builder what libxl is told
 * @param built what libxl makes of it
 * @param loaded what hvmloader makes of that, or null when libxl refuses the guest
 * @param mappings what Xen maps of the registers of assigned devices then, or null when hvmloader
 *     does not come that far, or the case does not say where the host has them
 */
record BootCase(
    BuilderRequest builder,
    BuilderResult built,
    @Nullable HvmloaderResult loaded,
    @Nullable BootMappings mappings) {
  private static final long MOST_MIB = 1L << 24;
  static final int FIRST_FREE_SLOT = 3;
  private static final int USUAL_BITS = 39;
  private static final List<String> POLICIES = List.of("strict", "relaxed");

  static BootCase of(CaseFields given) {
    if (!given.inner("libxl").has("memory_mb")) {
      throw new IllegalArgumentException("a case must have `in` with `libxl` and its `memory_mb`");
    }
    BuilderRequest builder = builder(given.inner("libxl"));
    BuilderResult built = LibxlBuilder.build(builder);
    HvmloaderResult loaded = built.isBuilt() ? load(given, builder, built) : null;
    return new BootCase(
        builder,
        built,
        loaded,
        loaded == null || loaded.refused() ? null : BootMappings.of(given, builder, built, loaded));
  }

  private static HvmloaderResult load(
      CaseFields given, BuilderRequest builder, BuilderResult built) {
    Firmware firmware = HvmloaderCases.firmware(given);
    int reserve = (int) given.number("populate_ok", 0, Integer.MAX_VALUE, firmware.reservePages());
    return Hvmloader.run(
        new HvmloaderRequest(
            built.lowmemEnd(),
            built.highmemEnd(),
            given.flag("allow_memory_relocate", false),
            builder.mmioHoleMib(),
            (int) given.number("phys_bits", 32, 52, USUAL_BITS),
            false,
            built.memoryMap(),
            firmware.withReserve(reserve),
            functions(given.objects("devices"))));
  }

  private static BuilderRequest builder(CaseFields libxl) {
    long memory = libxl.number("memory_mb", 1, MOST_MIB, -1);
    long video = libxl.number("video_mb", 0, memory - 1, 0);
    long hole = libxl.number("mmio_hole_mb", 0, MmioHole.LARGEST_MIB, 0);
    if (hole != 0 && hole < MmioHole.LEAST_MIB) {
      throw new IllegalArgumentException(
          "mmio_hole_mb must be 0 or in 256..3840: mmio_hole_mb=" + hole);
    }
    return new BuilderRequest(
        Guest.Type.HVM,
        memory * 1024,
        video * 1024,
        hole,
        libxl.flag("hap", true),
        libxl.number("rdm_mem_boundary_mb", 0, MOST_MIB, 2048) * XenLayout.MIB,
        reserved(libxl));
  }

  private static List<BuilderRequest.Rdm> reserved(CaseFields libxl) {
    CaseFields rdm = libxl.inner("rdm");
    RdmPolicy all = policy(rdm, "relaxed");
    List<CaseFields> host = libxl.objects("host_rdm");
    RdmList list = new RdmList();
    host.forEach(BootCase::range);
    if (rdm.word("strategy", List.of("host", "ignore"), "ignore").equals("host")) {
      host.forEach(entry -> list.addOfHost(rdm(entry, all)));
    }
    for (CaseFields device : libxl.objects("pci")) {
      RdmPolicy own = ownPolicy(libxl, device);
      PciAddress address = address(device.node().path("bdf"));
      for (CaseFields entry : host) {
        if (reaches(entry, address)) {
          list.addOfDevice(rdm(entry, own));
        }
      }
    }
    return list.entries();
  }

  /** A device without a policy of its own follows the stated one for all, or else is strict. */
  static RdmPolicy ownPolicy(CaseFields libxl, CaseFields device) {
    CaseFields rdm = libxl.inner("rdm");
    RdmPolicy unset = rdm.has("policy") ? policy(rdm, "relaxed") : RdmPolicy.STRICT;
    return policy(device, unset.word());
  }

  static boolean reaches(CaseFields entry, PciAddress address) {
    for (JsonNode device : entry.list("devs")) {
      if (address(device).equals(address)) {
        return true;
      }
    }
    return false;
  }

  static PciAddress address(JsonNode value) {
    PciAddress address = value.isString() ? PciAddress.parse(value.stringValue()) : null;
    if (address == null) {
      throw new IllegalArgumentException("bdf and devs must be addresses like `00:05.0`");
    }
    return address;
  }

  private static RdmPolicy policy(CaseFields from, String unset) {
    return from.word("policy", POLICIES, unset).equals("strict")
        ? RdmPolicy.STRICT
        : RdmPolicy.RELAXED;
  }

  private static BuilderRequest.Rdm rdm(CaseFields entry, RdmPolicy policy) {
    long[] range = range(entry);
    return new BuilderRequest.Rdm(range[0], range[1], policy);
  }

  /** Start and end of an entry that has a size or an inclusive end. */
  static long[] range(CaseFields entry) {
    long start = entry.bytes("start", -1);
    long end = entry.has("end") ? entry.bytes("end", -1) + 1 : start + entry.bytes("size", -1);
    if (start % 4096 != 0 || end % 4096 != 0 || start >= end || end > CaseFields.MOST_BYTES) {
      throw new IllegalArgumentException(
          "host_rdm must be whole pages below 2^52: start=0x%x end=0x%x".formatted(start, end));
    }
    return new long[] {start, end};
  }

  private static List<PciFunction> functions(List<CaseFields> devices) {
    List<PciFunction> functions = new ArrayList<>(EmulatedDevices.platform());
    int slot = FIRST_FREE_SLOT;
    for (CaseFields device : devices) {
      slot = slot(device, slot);
      List<Bar> bars = new ArrayList<>();
      for (CaseFields bar : device.objects("bars")) {
        bars.add(
            HvmloaderCases.bar(
                (int) bar.number("i", 0, Bar.ROM - 1, -1),
                space(bar.word("type", List.of("mem32", "mem64", "io"), null)),
                bar.bytes("size", -1),
                bar.bytes("init", 0)));
      }
      if (device.has("rom")) {
        bars.add(
            HvmloaderCases.bar(
                Bar.ROM,
                Bar.Space.MEMORY_32,
                device.bytes("rom", -1),
                device.bytes("rom_init", 0)));
      }
      functions.add(new PciFunction(slot << 3, "slot " + slot, false, bars));
      slot++;
    }
    return functions;
  }

  /** The slot that a device is in; {@code next} when it does not say. */
  static int slot(CaseFields device, int next) {
    int slot = (int) device.number("slot", FIRST_FREE_SLOT, 31, next);
    if (slot > 31) {
      throw new IllegalArgumentException("devices must fit into slots 3 to 31");
    }
    return slot;
  }

  private static Bar.Space space(String word) {
    return switch (word) {
      case "io" -> Bar.Space.IO;
      case "mem32" -> Bar.Space.MEMORY_32;
      default -> Bar.Space.MEMORY_64;
    };
  }
}
