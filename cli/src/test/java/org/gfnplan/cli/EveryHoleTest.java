package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.export.Export;
import org.gfnplan.models.export.ExportFormat;
import org.gfnplan.models.export.Planned;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.BuilderResult;
import org.gfnplan.models.platform.xen.LibxlBuilder;
import org.gfnplan.models.platform.xen.QemuView;
import org.gfnplan.models.platform.xen.hvmloader.EmulatedDevices;
import org.gfnplan.models.platform.xen.hvmloader.Firmware;
import org.gfnplan.models.platform.xen.hvmloader.Hvmloader;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderRequest;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderResult;
import org.gfnplan.models.platform.xen.hvmloader.PciFunction;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;

/**
 * A plan against every hole there is: random guests are replayed, from libxl to hvmloader, with
 * each {@code mmio_hole} that xl takes, and with none. There is a layout exactly when one of these
 * works, and the plan gives up no more reserved memory than the best of them.
 */
class EveryHoleTest {
  private static final int SCENES = 400;
  private static final long MIB = 1L << 20;
  private static final long FOUR_GIB = 1L << 32;
  private static final long QEMU_STEP = 256 << 10;
  private static final List<PciFunction> CARDS = cards();

  private final Planner planner = new Planner(EngineChoice.EXACT.solver(), Budget.DEFAULT);

  /**
   * Reserved memory of one device.
   *
   * @param start the first byte
   * @param end one past the last byte
   * @param policy what its device says
   */
  private record Rdm(long start, long end, RdmPolicy policy) {}

  @Test
  void aPlanIsALayoutExactlyWhenSomeHoleWorks() throws UnusableInput {
    int layouts = 0;
    for (long seed = 0; seed < SCENES; seed++) {
      Random random = new Random(seed);
      int memory = 64 + random.nextInt(random.nextBoolean() ? 4200 : 20_000);
      boolean hap = random.nextInt(4) != 0;
      Integer hole = random.nextInt(4) == 0 ? 256 + random.nextInt(3585) : null;
      List<Rdm> reserved = reserved(random);
      List<Bar> bars = random.nextBoolean() ? List.of() : bars(random);
      Plan plan = plan(memory, hap, hole, reserved, bars);
      int fewest = fewestGivenUp(plan.scene().guest(), hole, reserved, bars);
      String label = "seed " + seed;
      assertEquals(fewest >= 0 ? Verdict.LAYOUT : Verdict.CONFLICT, plan.verdict(), label);
      if (plan.answer() instanceof Layout layout) {
        layouts++;
        assertEquals(fewest, layout.givenUp().size(), label);
        startsAsPlanned(plan, label);
      }
    }
    int found = layouts;
    assertTrue(SCENES / 5 < found && found < SCENES * 4 / 5, () -> found + " layouts");
  }

  /** The settings as a file that is read again: nothing that {@code check} says contradicts it. */
  private static void startsAsPlanned(Plan plan, String label) throws UnusableInput {
    Realised realised = Objects.requireNonNull(plan.realised());
    Planned planned = new Planned(PlatformName.XEN_HVM, plan.scene(), realised);
    Guest read = GuestReader.read("guest.cfg", Export.of(ExportFormat.XL, planned));
    Today today = Platforms.of(read.platform()).today(plan.scene().with(read));
    assertTrue(today.works(), () -> label + ": " + today.summary());
    assertEquals(realised.lowmemEnd(), today.lowmemEnd(), label);
    assertEquals(realised.highmemEnd(), today.highmemEnd(), label);
  }

  /** Registers of a device without reserved memory, from a page to 4 GiB. */
  private static List<Bar> bars(Random random) {
    List<Bar> found = new ArrayList<>();
    for (int index = 0; index < 6; index += 2) {
      boolean wide = random.nextBoolean();
      int bits = 12 + random.nextInt(wide ? 21 : 19);
      bits = random.nextInt(3) == 0 ? Math.max(bits, 26) : bits;
      if (random.nextInt(4) != 0) {
        found.add(
            new Bar(
                index,
                wide ? Bar.Space.MEMORY_64 : Bar.Space.MEMORY_32,
                1L << bits,
                wide,
                List.of(),
                null,
                Origin.builtIn("test", "")));
      }
    }
    return found;
  }

  private static List<Rdm> reserved(Random random) {
    List<Rdm> found = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      long start =
          switch (random.nextInt(12)) {
            case 0 -> 0x1000L * random.nextInt(256);
            case 1 -> MIB * (1 + random.nextInt(255));
            case 2 -> 0xf000_0000L + 0x1000L * random.nextInt(0x1_0000);
            case 4 -> FOUR_GIB - 0x1000L * (1 + random.nextInt(64));
            case 3 -> FOUR_GIB + 0x1000L * random.nextInt(1 << 21);
            default -> 0x1000_0000L + 0x1000L * random.nextInt(0xe_0000);
          };
      long end = start + 0x1000L * (1 + random.nextInt(random.nextBoolean() ? 64 : 18_432));
      RdmPolicy policy = random.nextInt(3) == 0 ? RdmPolicy.RELAXED : RdmPolicy.STRICT;
      if (found.stream().allMatch(other -> end <= other.start || other.end <= start)) {
        found.add(new Rdm(start, end, policy));
      }
    }
    return found;
  }

  private Plan plan(int memory, boolean hap, Integer hole, List<Rdm> reserved, List<Bar> bars)
      throws UnusableInput {
    StringBuilder host = new StringBuilder("gfnplan: host/1\niommu: intel\nreserved:\n");
    StringBuilder guest =
        new StringBuilder(
            "name='g'\ntype='hvm'\nmemory=%d\nhap=%d\n".formatted(memory, hap ? 1 : 0));
    guest.append(hole == null ? "" : "mmio_hole=%d\n".formatted(hole)).append("pci=[");
    for (int i = 0; i < reserved.size(); i++) {
      Rdm rdm = reserved.get(i);
      host.append(
          "  - {start: 0x%x, end: 0x%x, kind: rmrr, devices: [\"0000:00:%02x.0\"]}\n"
              .formatted(rdm.start, rdm.end, i + 1));
      guest.append("'00:%02x.0,rdm_policy=%s',".formatted(i + 1, rdm.policy.word()));
    }
    if (reserved.isEmpty()) {
      host.append("  []\n");
    }
    if (!bars.isEmpty()) {
      host.append("devices:\n");
      for (int i = 0; i < reserved.size(); i++) {
        host.append("  - \"0000:00:%02x.0\"\n".formatted(i + 1));
      }
      host.append("  - address: \"0000:03:00.0\"\n    bars:\n");
      for (Bar bar : bars) {
        host.append(
            "      - {bar: %d, space: %s, size: %d}\n"
                .formatted(bar.index(), bar.space().word(), bar.bytes()));
      }
      guest.append("'03:00.0'");
    }
    Host read = HostReader.readText("host", bytes(host.toString()));
    Guest made = GuestReader.read("guest", bytes(guest.append("]\n").toString()));
    return planner.plan(new Scene(read, made), Platforms.of(made.platform()));
  }

  /** The video card that xl gives a guest which names none. */
  private static List<PciFunction> cards() {
    try {
      Guest guest = GuestReader.read("guest", bytes("name='g'\ntype='hvm'\nmemory=64\n"));
      return EmulatedDevices.of(guest, GuestCards.Video.CIRRUS, List.of()).stream()
          .filter(function -> function.name().equals("cirrus-vga"))
          .toList();
    } catch (UnusableInput e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The fewest relaxed entries that any hole leaves out, or -1 when no hole works. */
  private static int fewestGivenUp(
      Guest guest, Integer stated, List<Rdm> reserved, List<Bar> bars) {
    int fewest = -1;
    for (int hole = 255; hole <= 3840; hole++) {
      if (stated != null && hole != stated) {
        continue;
      }
      int given = givenUp(guest, hole == 255 ? 0 : hole, reserved, bars);
      fewest = given >= 0 && (fewest < 0 || given < fewest) ? given : fewest;
    }
    return fewest;
  }

  private static int givenUp(Guest guest, int hole, List<Rdm> reserved, List<Bar> bars) {
    List<BuilderRequest.Rdm> entries =
        reserved.stream()
            .map(rdm -> new BuilderRequest.Rdm(rdm.start, rdm.end, rdm.policy))
            .toList();
    // A boundary above everything: libxl never moves RAM, and masks what is relaxed.
    BuilderRequest request =
        new BuilderRequest(
            guest.type(),
            guest.memory().mostKib().value(),
            guest.memory().videoKib().value(),
            hole,
            guest.hap().value(),
            1L << 50,
            entries);
    BuilderResult built = LibxlBuilder.build(request);
    if (!built.isBuilt()
        || !QemuView.of(request).agreesWith(built)
        || built.lowmemEnd() < 2 * MIB
        || !hvmloaderPlacesAll(built, hole, bars)) {
      return -1;
    }
    long video = guest.memory().videoKib().value() * 1024;
    long ramEnd = built.highmemEnd() == 0 ? built.lowmemEnd() : built.highmemEnd();
    long frames = (ramEnd + QEMU_STEP - 1) / QEMU_STEP * QEMU_STEP;
    long framesEnd = frames + (video + QEMU_STEP - 1) / QEMU_STEP * QEMU_STEP + (64 << 10);
    int given = 0;
    for (Rdm rdm : reserved) {
      if (onFirmware(rdm)) {
        return -1;
      }
      boolean masked = built.masked().stream().anyMatch(entry -> entry.startByte() == rdm.start);
      boolean underQemu = video > 0 && rdm.start < framesEnd && frames < rdm.end;
      boolean underPages = rdm.start < 0xff00_0000L && 0xfeff_0000L < rdm.end;
      if ((underQemu || underPages) && rdm.policy == RdmPolicy.STRICT) {
        return -1;
      }
      given += masked || underQemu || underPages ? 1 : 0;
    }
    return given;
  }

  private static boolean hvmloaderPlacesAll(BuilderResult built, int hole, List<Bar> bars) {
    List<PciFunction> functions = new ArrayList<>(EmulatedDevices.platform());
    functions.addAll(CARDS);
    functions.add(new PciFunction(4 << 3, "03:00.0", false, bars));
    HvmloaderResult result =
        Hvmloader.run(
            new HvmloaderRequest(
                built.lowmemEnd(),
                built.highmemEnd(),
                false,
                hole,
                39,
                false,
                built.memoryMap(),
                Firmware.seabios(),
                functions));
    if (result.refused()) {
      return false;
    }
    for (HvmloaderResult.Register register : result.registers()) {
      long at = register.address();
      if (!register.isPlaced()
          || (register.bar().isMemory()
              && result.memoryMap().stream()
                  .anyMatch(
                      entry ->
                          entry.startByte() < at + register.bar().bytes()
                              && at < entry.endByte()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean onFirmware(Rdm rdm) {
    long[][] areas = {
      {0xfc00_0000L, 0xfc01_0000L},
      {0xfc10_0000L, 0xfe00_0000L},
      {0xfe70_0000L, 0xfe80_0000L},
      {0xfec0_0000L, 0xfec0_1000L},
      {0xfed0_0000L, 0xfed0_1000L},
      {0xfed4_0000L, 0xfed6_0000L},
      {0xfee0_0000L, 0xfee0_1000L}
    };
    for (long[] area : areas) {
      if (rdm.start < area[1] && area[0] < rdm.end) {
        return true;
      }
    }
    return false;
  }
}
