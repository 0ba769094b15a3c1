package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the releases of Xen differ in, and what not. */
class XenVersionTest {
  private static final List<String> KILLED = List.of("A10-4G-bar-over-highrdm", "RD013", "RD014");

  @Test
  void everyWordNamesItsRelease() {
    for (XenVersion version : XenVersion.values()) {
      assertEquals(version, XenVersion.of(version.word()));
    }
    assertEquals(null, XenVersion.of("4.18"));
    assertEquals(List.of("4.17", "4.21"), XenVersion.words());
  }

  /** A booted 4.17 printed these lines, places included; of two kinds, as files of users ask. */
  @Test
  void theLinesOf417AreThoseOfABootedOne() throws IOException, UnusableInput {
    int refused = 0;
    int warned = 0;
    for (JsonNode lab : cases()) {
      // The recordings with a global policy ran with a parser that xl does not ship.
      if (lab.path("xl_cfg").asString().contains("policy=\"")
          || lab.path("xl_cfg").asString().contains(",policy=")) {
        continue;
      }
      List<String> real = new ArrayList<>();
      for (String kind : List.of("warnings", "errors")) {
        for (JsonNode line : lab.path("real").path(kind)) {
          real.add("libxl: " + line.asString().replaceFirst("Domain \\d+:", "Domain N:"));
        }
      }
      String name = lab.path("case").asString();
      Today today = new XenHvm(XenVersion.V4_17).today(scene(lab));
      List<String> said =
          today.messages().stream().filter(line -> line.startsWith("libxl: ")).toList();
      assertEquals(real, said, name);
      refused += lab.path("real").path("errors").isEmpty() ? 0 : 1;
      warned += lab.path("real").path("warnings").isEmpty() ? 0 : 1;
    }
    assertTrue(refused >= 3 && warned >= 5, "refused=%d warned=%d".formatted(refused, warned));
  }

  /** The places are those of p2m.c in 4.17.7: set_typed_p2m_entry and p2m_add_page. */
  @Test
  void the417NamesWhereItKillsAGuest() throws IOException, UnusableInput {
    List<String> lines = new ArrayList<>();
    for (JsonNode lab : cases()) {
      if (KILLED.contains(lab.path("case").asString())) {
        Today today = new XenHvm(XenVersion.V4_17).today(scene(lab));
        assertEquals(Stage.Verdict.FAILS, today.stages().get(today.stages().size() - 1).verdict());
        lines.addAll(
            today.messages().stream().filter(line -> line.contains("domain_crash")).toList());
      }
    }
    String place = "Xen: domain_crash called from arch/x86/mm/p2m.c:";
    assertEquals(List.of(place + 1057, place + 673, place + 673), lines);
  }

  /** Recorded 4.17 and the code of later ones place everything alike: only words differ. */
  @Test
  void nothingButLinesDiffers() throws IOException, UnusableInput {
    boolean differ = false;
    for (JsonNode lab : cases()) {
      Scene scene = scene(lab);
      Today old = new XenHvm(XenVersion.V4_17).today(scene);
      Today now = new XenHvm(XenVersion.V4_21).today(scene);
      assertEquals(shape(old), shape(now), lab.path("case").asString());
      assertEquals(now, new XenHvm().today(scene));
      differ |= !old.messages().equals(now.messages());
      assertTrue(now.messages().stream().noneMatch(line -> line.contains(".c:")));
    }
    assertTrue(differ);
  }

  private static List<Object> shape(Today today) {
    return List.of(
        today.summary(),
        today.lowmemEnd(),
        today.highmemEnd(),
        today.masked(),
        today.qemuLowEnd(),
        today.stages().stream().map(Stage::verdict).toList());
  }

  private static List<JsonNode> cases() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(Shared.folder().resolve("golden/xen-lab.jsonl"))) {
      cases.add(CaseText.object(line));
    }
    assertEquals(49, cases.size());
    return cases;
  }

  /** The recorded host and guest, without the devices that only QEMU knew of. */
  private static Scene scene(JsonNode lab) throws UnusableInput {
    JsonNode input = lab.path("harness_input");
    StringBuilder host = new StringBuilder("gfnplan: host/1\niommu: intel\nreserved:\n");
    for (JsonNode entry : input.path("libxl").path("host_rdm")) {
      List<String> devices = new ArrayList<>();
      entry.path("devs").forEach(one -> devices.add("\"0000:%s\"".formatted(one.asString())));
      host.append(
          "  - {start: %s, end: 0x%x, kind: rmrr, devices: [%s]}\n"
              .formatted(
                  entry.path("start").asString(),
                  Long.decode(entry.path("end").asString()) + 1,
                  String.join(", ", devices)));
    }
    host.append("devices_complete: false\ndevices:\n");
    List<JsonNode> assigned = new ArrayList<>();
    input.path("devices").forEach(device -> addAssigned(assigned, device));
    int next = 0;
    for (JsonNode device : input.path("libxl").path("pci")) {
      host.append("  - address: \"0000:%s\"\n".formatted(device.path("bdf").asString()));
      if (next < assigned.size()) {
        host.append("    bars:\n");
        assigned.get(next++).path("bars").forEach(bar -> host.append(bar(bar)));
      }
    }
    if (input.path("libxl").path("pci").isEmpty()) {
      host.append("  []\n");
    }
    return new Scene(
        HostReader.readText("host", bytes(host.toString())),
        GuestReader.read("g.cfg", bytes(lab.path("xl_cfg").asString())));
  }

  private static void addAssigned(List<JsonNode> to, JsonNode device) {
    for (JsonNode bar : device.path("bars")) {
      if (bar.path("init").asLong() != 0) {
        to.add(device);
        return;
      }
    }
  }

  private static String bar(JsonNode bar) {
    String space =
        switch (bar.path("type").asString()) {
          case "io" -> "io";
          case "mem64" -> "memory-64";
          default -> "memory-32";
        };
    return "      - {bar: %d, space: %s, size: %d}\n"
        .formatted(bar.path("i").asInt(), space, bar.path("size").asLong());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
