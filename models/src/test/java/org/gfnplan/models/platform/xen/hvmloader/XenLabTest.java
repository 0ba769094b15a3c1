package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.qemu.ByteRange;
import org.gfnplan.models.platform.qemu.OwnFrames;
import org.gfnplan.models.platform.qemu.QemuCard;
import org.gfnplan.models.platform.xen.AssignCases;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.CaseFields;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.models.platform.xen.QemuView;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.models.platform.xen.passthrough.MapCall;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a booted Xen 4.17 logged, against what the model says from the same inputs. */
class XenLabTest {
  private static final long VM86_TSS = 0xfc10_0000L;
  private static final long SHARED_INFO = 0xfdff_f000L;
  private static final long IOREQ_PAGES = 0xfeff_0000L;

  /** The recorder asked for frames up to here. */
  private static final long LAST_LOOKED_AT = 6L << 30;

  private static final long DISPLAY_ROM = 0xfebc_0000L;

  /** Class code of a display that is no VGA. */
  private static final int OTHER_DISPLAY = 0x0380;

  /** The one case that ran with xl's own parser, which drops the line. */
  private static final String STOCK_PARSER = "A16-stock-xl-host-strict-3000";

  private record Case(String name, JsonNode tree, BootCase boot) {
    JsonNode real() {
      return tree.path("real");
    }
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(Shared.folder().resolve("golden/xen-lab.jsonl"))) {
      JsonNode tree = CaseText.object(line);
      cases.add(
          new Case(
              tree.path("case").asString(),
              tree,
              BootCase.of(new CaseFields(completed(tree.path("harness_input"))))));
    }
    assertEquals(49, cases.size());
    return cases;
  }

  /**
   * The two assigned devices with a ROM are told apart by its size. The network card is an Intel
   * 82574, whose five MSI-X vectors are at the start of its fourth register (datasheet, 9.3.8); the
   * host has the display's ROM where every line with it says.
   */
  private static JsonNode completed(JsonNode input) {
    for (JsonNode device : input.path("devices")) {
      ObjectNode fields = (ObjectNode) device;
      long rom = device.path("rom").asLong();
      if (rom == 256 * XenLayout.KIB) {
        fields.putObject("msix").put("bar", 3).put("entries", 5);
      } else if (rom == 32 * XenLayout.KIB) {
        fields.put("rom_init", DISPLAY_ROM);
      }
    }
    return input;
  }

  @Test
  void libxlRefusesWhatTheRealOneRefused() throws IOException {
    for (Case lab : cases()) {
      BuilderRequest.Rdm conflict = lab.boot().built().conflict();
      boolean refused = lab.real().path("xl_rc").asInt() != 0;
      assertEquals(refused, conflict != null, lab.name());
      if (conflict != null) {
        String first = "RDM conflict at 0x%x.".formatted(conflict.startByte());
        assertTrue(lab.real().path("errors").path(0).asString().endsWith(first), lab.name());
      }
      List<String> ignored = new ArrayList<>();
      lab.real()
          .path("warnings")
          .forEach(line -> ignored.add(line.asString().replaceFirst(".*conflict at ", "")));
      assertEquals(
          ignored,
          lab.boot().built().masked().stream()
              .map(rdm -> "0x%x.".formatted(rdm.startByte()))
              .toList(),
          lab.name());
    }
  }

  @Test
  void hvmloaderStopsWhereTheRealOneStopped() throws IOException {
    int stopped = 0;
    for (Case lab : cases()) {
      HvmloaderResult loaded = lab.boot().loaded();
      boolean real = !lab.real().path("bug").isNull() && lab.real().path("xl_rc").asInt() == 0;
      assertEquals(real, loaded != null && loaded.refused(), lab.name());
      stopped += real ? 1 : 0;
    }
    assertEquals(2, stopped);
  }

  @Test
  void registersAreWhereTheRealLogSays() throws IOException {
    int compared = 0;
    for (Case lab : cases()) {
      HvmloaderResult loaded = lab.boot().loaded();
      if (loaded == null || loaded.refused()) {
        assertTrue(lab.real().path("bars").isEmpty(), lab.name());
        continue;
      }
      assertEquals(logged(lab.real().path("bars"), true), placed(loaded, true), lab.name());
      assertEquals(logged(lab.real().path("no_space"), false), placed(loaded, false), lab.name());
      compared++;
    }
    assertTrue(compared > 30, "compared=" + compared);
  }

  private static List<String> logged(JsonNode bars, boolean withAddress) {
    List<String> lines = new ArrayList<>();
    for (JsonNode bar : bars) {
      lines.add(
          line(
              bar.path("dev").asInt() << 3 | bar.path("fn").asInt(),
              bar.path("reg").asInt(),
              bar.path("size").asLong(),
              withAddress ? bar.path("addr").asLong() : 0));
    }
    lines.sort(Comparator.naturalOrder());
    return lines;
  }

  private static List<String> placed(HvmloaderResult loaded, boolean isPlaced) {
    return loaded.registers().stream()
        .filter(register -> register.isPlaced() == isPlaced)
        .map(
            register ->
                line(
                    register.function().devfn(),
                    register.bar().index() == Bar.ROM ? 0x30 : 0x10 + 4 * register.bar().index(),
                    register.bar().bytes(),
                    isPlaced ? register.address() : 0))
        .sorted()
        .toList();
  }

  private static String line(int devfn, int register, long size, long address) {
    return "%02x %02x 0x%x 0x%x".formatted(devfn, register, size, address);
  }

  @Test
  void theE820IsTheRealOneWhereOneWasPrinted() throws IOException {
    int compared = 0;
    for (Case lab : cases()) {
      HvmloaderResult loaded = lab.boot().loaded();
      JsonNode real = lab.real().path("e820");
      // Xen kills a guest over an identity mapping before hvmloader prints its map.
      if (real.isEmpty()) {
        assertFalse(lab.real().path("ok").asBoolean(), lab.name());
        continue;
      }
      assertNotNull(loaded, lab.name());
      List<E820Entry> entries = new ArrayList<>();
      for (JsonNode entry : real) {
        int type =
            switch (entry.path(2).asString()) {
              case "RAM" -> E820Entry.RAM;
              case "RESERVED" -> E820Entry.RESERVED;
              default -> Hvmloader.NVS;
            };
        entries.add(new E820Entry(entry.path(0).asLong(), entry.path(1).asLong(), type));
      }
      assertEquals(entries, loaded.e820(), lab.name());
      compared++;
    }
    assertTrue(compared > 30, "compared=" + compared);
  }

  /** The devices are assigned after libxl has made RAM, and before hvmloader runs. */
  @Test
  void xenLeavesOutTheFramesThatTheRealOneLeftOut() throws IOException {
    int compared = 0;
    for (Case lab : cases()) {
      if (!lab.boot().built().isBuilt()) {
        continue;
      }
      JsonNode libxl = lab.tree().path("harness_input").path("libxl");
      ObjectNode in = JsonNodeFactory.instance.objectNode();
      ArrayNode map = in.putArray("p2m");
      addRam(map, 0, XenLayout.VGA_HOLE_START);
      addRam(map, XenLayout.VGA_HOLE_END, lab.boot().built().lowmemEnd());
      addRam(map, XenLayout.FOUR_GIB, lab.boot().built().highmemEnd());
      in.set("host_rdm", libxl.path("host_rdm"));
      ArrayNode events = in.putArray("events");
      String unset = libxl.path("rdm").path("policy").asString("strict");
      for (JsonNode device : libxl.path("pci")) {
        events
            .addObject()
            .put("attach", device.path("bdf").asString())
            .put("policy", device.path("policy").asString(unset));
      }
      JsonNode out = CaseText.object(AssignCases.complete("{\"in\":%s}".formatted(in))).path("out");
      List<String> left = new ArrayList<>();
      for (JsonNode event : out.path("events")) {
        assertEquals(0, event.path("rc").asInt(), lab.name());
        for (JsonNode one : event.path("left")) {
          left.add(
              range(
                  CaseFields.bytes("left", one.path(0)) << 12,
                  CaseFields.bytes("left", one.path(1)) << 12));
        }
      }
      List<String> real = new ArrayList<>();
      lab.real()
          .path("identity_conflict")
          .forEach(one -> real.add(range(one.path(0).asLong(), one.path(1).asLong())));
      left.sort(null);
      real.sort(null);
      assertEquals(real, left, lab.name());
      compared += real.size();
    }
    assertEquals(10, compared);
  }

  private static void addRam(ArrayNode map, long start, long end) {
    if (start < end) {
      map.addObject()
          .put("gfn", CaseFields.hex(start >> 12))
          .put("count", (end - start) >> 12)
          .put("type", "ram");
    }
  }

  /** An identity mapping cannot share frames with a register or with ACPI tables. */
  @Test
  void xenKilledTheGuestsWhoseMappedMemoryMeetsARegisterOrAcpiTables() throws IOException {
    int killed = 0;
    for (Case lab : cases()) {
      HvmloaderResult loaded = lab.boot().loaded();
      boolean real = lab.real().path("domain_crash").asBoolean();
      killed += real ? 1 : 0;
      assertEquals(
          real,
          loaded != null
              && !loaded.refused()
              && mapped(lab).stream().anyMatch(rdm -> meetsWhatIsMade(rdm, loaded)),
          lab.name());
    }
    assertEquals(3, killed);
  }

  /** Reserved memory of assigned devices, not of the host at large, that RAM leaves free. */
  private static List<BuilderRequest.Rdm> mapped(Case lab) {
    JsonNode libxl = lab.tree().path("harness_input").path("libxl");
    List<String> assigned = libxl.path("pci").findValuesAsString("bdf");
    List<String> starts = new ArrayList<>();
    for (JsonNode entry : libxl.path("host_rdm")) {
      for (JsonNode device : entry.path("devs")) {
        if (assigned.contains(device.asString())) {
          starts.add(entry.path("start").asString());
        }
      }
    }
    return lab.boot().builder().reserved().stream()
        .filter(rdm -> starts.contains("0x%x".formatted(rdm.startByte())))
        .filter(rdm -> !lab.boot().built().masked().contains(rdm))
        .toList();
  }

  private static boolean meetsWhatIsMade(BuilderRequest.Rdm rdm, HvmloaderResult loaded) {
    return (rdm.startByte() < Firmware.seabios().acpiEnd()
            && rdm.endByte() > XenLayout.RESERVED_MEMBASE)
        || loaded.registers().stream()
            .filter(register -> register.bar().isMemory() && register.isPlaced())
            .anyMatch(
                register ->
                    rdm.startByte() < register.address() + register.bar().bytes()
                        && rdm.endByte() > register.address());
  }

  /**
   * The recorder kept the first call only of a piece that is added: in A10 the line that fails is
   * of a call that is in no other line. Of a piece that is removed it kept all. A recording ends
   * after hvmloader's part, or after SeaBIOS has looked into the display's ROM as well.
   */
  @Test
  void xenMapsTheRegistersThatTheRealOneMapped() throws IOException {
    int mapped = 0;
    int looked = 0;
    for (Case lab : cases()) {
      List<String> real = new ArrayList<>();
      for (JsonNode call : lab.real().path("memory_map")) {
        real.add(
            call(
                call.path(0).asString(),
                call.path(1).asLong(),
                call.path(2).asLong(),
                call.path(3).asLong()));
      }
      BootMappings mappings = lab.boot().mappings();
      if (mappings == null) {
        assertEquals(List.of(), real, lab.name());
        continue;
      }
      assertEquals(
          lab.real().path("domain_crash").asBoolean() && !diesLater(lab),
          mappings.crashed(),
          lab.name());
      List<String> expected = logged(mappings);
      if (real.size() > expected.size()) {
        lookIntoRoms(lab, mappings);
        expected = logged(mappings);
        looked++;
      }
      assertEquals(expected, real, lab.name());
      mapped += real.isEmpty() ? 0 : 1;
    }
    assertEquals(5, looked);
    assertTrue(mapped > 25, "mapped=" + mapped);
  }

  /** Over the ACPI tables Xen kills the guest after registers are mapped. */
  private static boolean diesLater(Case lab) {
    return mapped(lab).stream()
        .anyMatch(
            rdm ->
                rdm.startByte() < Firmware.seabios().acpiEnd()
                    && rdm.endByte() > XenLayout.RESERVED_MEMBASE);
  }

  private static void lookIntoRoms(Case lab, BootMappings mappings) {
    for (JsonNode device : lab.tree().path("harness_input").path("devices")) {
      if (device.path("class").asInt() == OTHER_DISPLAY) {
        mappings.lookIntoRom(device.path("slot").asInt() << 3);
      }
    }
  }

  private static List<String> logged(BootMappings mappings) {
    return mappings.calls().stream()
        .filter(call -> call.kind() != MapCall.Kind.ADD || !call.continues())
        .map(call -> call(call.kind().word(), call.startByte(), call.endByte(), call.hostByte()))
        .toList();
  }

  private static String call(String kind, long start, long end, long host) {
    return "%s 0x%x..0x%x 0x%x".formatted(kind, start, end, host);
  }

  /** A guest that is killed has got what was made until then, in hvmloader's order. */
  @Test
  void theFramesThatWereRamAreThoseOfTheBuilderAndOfFirmware() throws IOException {
    int compared = 0;
    for (Case lab : cases()) {
      JsonNode real = lab.real().path("gfn_ram");
      HvmloaderResult loaded = lab.boot().loaded();
      assertEquals(loaded == null, real.isNull(), lab.name());
      if (loaded == null) {
        continue;
      }
      boolean killedByRegister = lab.boot().mappings() != null && lab.boot().mappings().crashed();
      List<ByteRange> expected = new ArrayList<>();
      expected.add(new ByteRange(0, XenLayout.VGA_HOLE_START));
      expected.add(new ByteRange(XenLayout.VGA_HOLE_END, loaded.lowmemEnd()));
      expected.add(new ByteRange(IOREQ_PAGES, XenLayout.SPECIAL_PAGES_END));
      if (loaded.highmemEnd() != 0) {
        expected.add(
            new ByteRange(XenLayout.FOUR_GIB, Math.min(loaded.highmemEnd(), LAST_LOOKED_AT)));
      }
      if (!loaded.refused()) {
        expected.add(new ByteRange(SHARED_INFO, SHARED_INFO + 4096));
        if (!killedByRegister) {
          expected.add(new ByteRange(VM86_TSS, VM86_TSS + 4096));
        }
        if (lab.real().path("ok").asBoolean()) {
          expected.add(new ByteRange(XenLayout.RESERVED_MEMBASE, Firmware.seabios().acpiEnd()));
        }
      }
      expected.addAll(ofTheCard(lab.boot(), loaded));
      expected.sort(Comparator.comparingLong(ByteRange::start));
      List<String> frames = new ArrayList<>();
      real.forEach(one -> frames.add(range(one.path(0).asLong(), one.path(1).asLong())));
      assertEquals(
          expected.stream().map(one -> range(one.start(), one.end())).toList(), frames, lab.name());
      compared++;
    }
    assertEquals(44, compared);
  }

  /** QEMU makes frames for a card behind RAM; video memory moves to its register, the ROM stays. */
  private static List<ByteRange> ofTheCard(BootCase boot, HvmloaderResult loaded) {
    long video = boot.builder().videoKib() * XenLayout.KIB;
    if (video == 0) {
      return List.of();
    }
    List<ByteRange> made =
        OwnFrames.of(
            List.of(QemuCard.vga(video)),
            OwnFrames.startAfter(QemuView.of(boot.builder()).below()));
    List<ByteRange> left = new ArrayList<>(made.subList(1, made.size()));
    loaded.registers().stream()
        .filter(one -> one.function().name().equals("slot 3") && one.bar().index() == 0)
        .forEach(one -> left.add(new ByteRange(one.address(), one.address() + video)));
    return left;
  }

  /** Line numbers and the number of the domain aside. */
  @Test
  void libxlSaysTheSameOfWhatItRefuses() throws IOException {
    for (Case lab : cases()) {
      List<String> real = new ArrayList<>();
      lab.real()
          .path("errors")
          .forEach(
              line -> real.add(line.asString().replaceFirst("^error: \\S+ (Domain \\d+:)?", "")));
      BuilderRequest.Rdm conflict = lab.boot().built().conflict();
      List<String> expected =
          conflict == null
              ? List.of()
              : List.of(
                  "RDM conflict at 0x%x.".formatted(conflict.startByte()),
                  "checking reserved device memory failed",
                  "cannot (re-)build domain: -3",
                  "Non-existant domain",
                  "Unable to destroy guest",
                  "Destruction of domain failed");
      assertEquals(expected, real, lab.name());
    }
  }

  @Test
  void ramIsWhereTheRealBuilderLogged() throws IOException {
    for (Case lab : cases()) {
      List<String> expected = new ArrayList<>();
      if (lab.boot().built().isBuilt()) {
        expected.add(range(0, lab.boot().built().lowmemEnd()));
        if (lab.boot().built().highmemEnd() != 0) {
          expected.add(range(XenLayout.FOUR_GIB, lab.boot().built().highmemEnd()));
        }
      }
      List<String> real = new ArrayList<>();
      lab.real()
          .path("ranges")
          .forEach(one -> real.add(range(one.path(0).asLong(), one.path(1).asLong())));
      assertEquals(expected, real, lab.name());
    }
  }

  /** The prediction is whole: the guest comes up exactly when the real one did. */
  @Test
  void theGuestsThatCameUpAreThose() throws IOException {
    for (Case lab : cases()) {
      BootMappings mappings = lab.boot().mappings();
      HvmloaderResult loaded = lab.boot().loaded();
      assertEquals(
          lab.real().path("ok").asBoolean(),
          loaded != null
              && !loaded.refused()
              && (mappings == null || !mappings.crashed())
              && !diesLater(lab),
          lab.name());
    }
  }

  private static String range(long start, long end) {
    return "[0x%x, 0x%x)".formatted(start, end);
  }

  @Test
  void theConfigurationOfEachCaseSaysWhatLibxlWasTold() throws IOException, UnusableInput {
    for (Case lab : cases()) {
      JsonNode told = lab.tree().path("harness_input").path("libxl");
      Guest guest =
          GuestReader.read(
              lab.name(), lab.tree().path("xl_cfg").asString().getBytes(StandardCharsets.UTF_8));
      assertEquals(
          lab.boot().builder().memoryKib(), (long) guest.memory().mostKib().value(), lab.name());
      assertEquals(
          lab.boot().builder().videoKib(), (long) guest.memory().videoKib().value(), lab.name());
      assertEquals(
          lab.boot().builder().mmioHoleMib(),
          guest.mmioHoleMib() == null ? 0 : (long) guest.mmioHoleMib().value(),
          lab.name());
      assertEquals(
          lab.boot().builder().boundaryByte(), guest.rdm().boundaryMib().value() << 20, lab.name());
      if (lab.name().equals(STOCK_PARSER)) {
        assertTrue(
            guest.findings().stream().anyMatch(one -> one.id().equals("xl-ignores-rdm-line")));
      } else {
        assertEquals(
            told.path("rdm").path("strategy").asString("ignore"),
            guest.rdm().strategy().value() == Guest.RdmStrategy.HOST ? "host" : "ignore",
            lab.name());
        assertEquals(
            told.path("rdm").path("policy").asString("relaxed"),
            guest.rdm().policy().value().word(),
            lab.name());
      }
      assertEquals(
          devices(told),
          guest.pci().devices().stream().map(XenLabTest::spelled).toList(),
          lab.name());
    }
  }

  private static List<String> devices(JsonNode told) {
    List<String> devices = new ArrayList<>();
    told.path("pci")
        .forEach(
            one ->
                devices.add(
                    "0000:%s %s"
                        .formatted(one.path("bdf").asString(), one.path("policy").asString(""))));
    return devices;
  }

  private static String spelled(PciAssignment device) {
    RdmPolicies stated = device.policies();
    return device.spelling() + " " + (stated == null ? "" : stated.flag().word());
  }

  @Test
  void theEmulatedDevicesAreThoseOfTheRealGuests() throws IOException, UnusableInput {
    for (Case lab : cases()) {
      if (lab.real().path("bars").isEmpty()) {
        continue;
      }
      String config = lab.tree().path("xl_cfg").asString();
      boolean standard = config.contains("vga=\"stdvga\"");
      Guest guest = GuestReader.read(lab.name(), config.getBytes(StandardCharsets.UTF_8));
      List<String> expected = new ArrayList<>();
      for (PciFunction function :
          EmulatedDevices.of(
              guest, standard ? GuestCards.Video.STDVGA : GuestCards.Video.NONE, List.of())) {
        for (Bar bar : function.bars()) {
          int register = bar.index() == Bar.ROM ? 0x30 : 0x10 + 4 * bar.index();
          expected.add(
              "%s %s"
                  .formatted(line(function.devfn(), register, bar.bytes(), 0), bar.prefetchable()));
        }
      }
      int last = standard ? 3 : 2;
      List<String> real = new ArrayList<>();
      for (JsonNode bar : lab.real().path("bars")) {
        if (bar.path("dev").asInt() <= last) {
          real.add(
              "%s %s"
                  .formatted(
                      line(
                          bar.path("dev").asInt() << 3 | bar.path("fn").asInt(),
                          bar.path("reg").asInt(),
                          bar.path("size").asLong(),
                          0),
                      bar.path("pref").asBoolean()));
        }
      }
      expected.sort(Comparator.naturalOrder());
      real.sort(Comparator.naturalOrder());
      assertEquals(expected, real, lab.name());
    }
  }
}
