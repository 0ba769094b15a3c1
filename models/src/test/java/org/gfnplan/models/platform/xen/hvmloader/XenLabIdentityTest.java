package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.xen.AssignCases;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.CaseFields;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.models.platform.xen.XenLayout;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Identity mappings that a real Xen 4.17 made for reserved memory, and what they met. */
class XenLabIdentityTest {
  /** The devices are assigned after libxl has made RAM, and before hvmloader runs. */
  @Test
  void xenLeavesOutTheFramesThatTheRealOneLeftOut() throws IOException {
    int compared = 0;
    for (LabCase lab : LabCase.all()) {
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
              LabText.range(
                  CaseFields.bytes("left", one.path(0)) << 12,
                  CaseFields.bytes("left", one.path(1)) << 12));
        }
      }
      List<String> real = new ArrayList<>();
      lab.real()
          .path("identity_conflict")
          .forEach(one -> real.add(LabText.range(one.path(0).asLong(), one.path(1).asLong())));
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
    for (LabCase lab : LabCase.all()) {
      HvmloaderResult loaded = lab.boot().loaded();
      boolean real = lab.real().path("domain_crash").asBoolean();
      killed += real ? 1 : 0;
      assertEquals(
          real,
          loaded != null
              && !loaded.refused()
              && lab.identityMapped().stream().anyMatch(rdm -> meetsWhatIsMade(rdm, loaded)),
          lab.name());
    }
    assertEquals(3, killed);
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
}
