package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.xen.passthrough.MapCall;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The register mappings that a real Xen 4.17 logged, against those of the model. */
class XenLabMappingsTest {
  /** Class code of a display that is no VGA. */
  private static final int OTHER_DISPLAY = 0x0380;

  /**
   * The recorder kept the first call only of a piece that is added: in A10 the line that fails is
   * of a call that is in no other line. Of a piece that is removed it kept all. A recording ends
   * after hvmloader's part, or after SeaBIOS has looked into the display's ROM as well.
   */
  @Test
  void xenMapsTheRegistersThatTheRealOneMapped() throws IOException {
    int mapped = 0;
    int looked = 0;
    for (LabCase lab : LabCase.all()) {
      List<String> real = new ArrayList<>();
      for (JsonNode call : lab.real().path("memory_map")) {
        real.add(
            LabText.mapping(
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
          lab.real().path("domain_crash").asBoolean() && !lab.diesOverAcpiTables(),
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

  private static void lookIntoRoms(LabCase lab, BootMappings mappings) {
    for (JsonNode device : lab.tree().path("harness_input").path("devices")) {
      if (device.path("class").asInt() == OTHER_DISPLAY) {
        mappings.lookIntoRom(device.path("slot").asInt() << 3);
      }
    }
  }

  private static List<String> logged(BootMappings mappings) {
    return mappings.calls().stream()
        .filter(call -> call.kind() != MapCall.Kind.ADD || !call.continues())
        .map(
            call ->
                LabText.mapping(
                    call.kind().word(), call.startByte(), call.endByte(), call.hostByte()))
        .toList();
  }
}
