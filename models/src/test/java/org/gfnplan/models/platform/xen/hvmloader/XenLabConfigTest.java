package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The configurations that a real Xen 4.17 was given, against what is read from them. */
class XenLabConfigTest {
  /** The one case that ran with xl's own parser, which drops the line. */
  private static final String STOCK_PARSER = "A16-stock-xl-host-strict-3000";

  @Test
  void theConfigurationOfEachCaseSaysWhatLibxlWasTold() throws IOException, UnusableInput {
    for (LabCase lab : LabCase.all()) {
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
          guest.pci().devices().stream().map(XenLabConfigTest::spelled).toList(),
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
    for (LabCase lab : LabCase.all()) {
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
                  .formatted(
                      LabText.register(function.devfn(), register, bar.bytes(), 0),
                      bar.prefetchable()));
        }
      }
      int last = standard ? 3 : 2;
      List<String> real = new ArrayList<>();
      for (JsonNode bar : lab.real().path("bars")) {
        if (bar.path("dev").asInt() <= last) {
          real.add(
              "%s %s"
                  .formatted(
                      LabText.register(
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
