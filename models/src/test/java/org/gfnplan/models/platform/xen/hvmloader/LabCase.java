package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.CaseFields;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.models.testing.Shared;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One guest of a real Xen 4.17: what it was given, what was logged, and the model's run of the
 * same.
 *
 * @param name the recorder's name for it
 * @param tree the recorded line
 * @param boot what the model makes of the same inputs
 */
record LabCase(String name, JsonNode tree, BootCase boot) {
  private static final long DISPLAY_ROM = 0xfebc_0000L;

  JsonNode real() {
    return tree.path("real");
  }

  static List<LabCase> all() throws IOException {
    List<LabCase> cases = new ArrayList<>();
    for (String line : Files.readAllLines(Shared.folder().resolve("golden/xen-lab.jsonl"))) {
      JsonNode tree = CaseText.object(line);
      cases.add(
          new LabCase(
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

  /** Reserved memory of assigned devices, not of the host at large, that RAM leaves free. */
  List<BuilderRequest.Rdm> identityMapped() {
    JsonNode libxl = tree.path("harness_input").path("libxl");
    List<String> assigned = libxl.path("pci").findValuesAsString("bdf");
    List<String> starts = new ArrayList<>();
    for (JsonNode entry : libxl.path("host_rdm")) {
      for (JsonNode device : entry.path("devs")) {
        if (assigned.contains(device.asString())) {
          starts.add(entry.path("start").asString());
        }
      }
    }
    return boot.builder().reserved().stream()
        .filter(rdm -> starts.contains("0x%x".formatted(rdm.startByte())))
        .filter(rdm -> !boot.built().masked().contains(rdm))
        .toList();
  }

  /** Over the ACPI tables Xen kills the guest after registers are mapped. */
  boolean diesOverAcpiTables() {
    return identityMapped().stream()
        .anyMatch(
            rdm ->
                rdm.startByte() < Firmware.seabios().acpiEnd()
                    && rdm.endByte() > XenLayout.RESERVED_MEMBASE);
  }
}
