package org.gfnplan.models.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.linux.LinuxLog;
import org.gfnplan.models.host.xen.XenLog;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares what stands in real logs with what a person read in them. */
class CorpusLogsTest {
  @Test
  void everyLogSaysWhatTheIndexHas() {
    List<String> read = new ArrayList<>();
    for (JsonNode text : Corpus.texts().toList()) {
      String name = text.get("file").asString();
      if (!name.matches("(dmesg|journal|xen)-.*")) {
        continue;
      }
      SourceFile file = new SourceFile(name, Corpus.bytes(Corpus.path("text").resolve(name)));
      BootLog log =
          name.startsWith("xen")
              ? XenLog.read(name, file.text())
              : LinuxLog.read(name, file.text());
      compare(name, text.get("expected"), log);
      read.add(name);
    }
    assertTrue(read.size() >= 7, read::toString);
  }

  private static void compare(String name, JsonNode expected, BootLog log) {
    assertEquals(
        List.of(expected.get("host_address_width").asInt()),
        log.addressWidths().stream().map(width -> width.value()).toList(),
        name);
    List<String> map = new ArrayList<>();
    expected
        .path("e820")
        .forEach(
            e -> map.add("%s-%s %s".formatted(hex(e.get(0)), hex(e.get(1)), e.get(2).asString())));
    assertEquals(
        map,
        log.memoryMap().stream()
            .map(e -> "%x-%x %s".formatted(e.startByte(), e.endByte() - 1, e.type()))
            .toList(),
        name);
    List<String> rmrrs = new ArrayList<>();
    for (JsonNode rmrr : expected.get("rmrr")) {
      List<String> devices = new ArrayList<>();
      rmrr.path("devices").forEach(device -> devices.add(device.asString()));
      rmrrs.add(
          "%s-%s %s %s"
              .formatted(
                  hex(rmrr.get("start")),
                  hex(rmrr.get("end")),
                  devices,
                  rmrr.path("ignored_by_xen").asBoolean(false)));
    }
    assertEquals(
        rmrrs,
        log.rmrrs().stream()
            .map(r -> "%x-%x %s %s".formatted(r.base(), r.last(), r.devices(), r.ignored()))
            .toList(),
        name);
    List<String> bad = new ArrayList<>();
    expected
        .path("bad_rmrr_said_by_kernel")
        .forEach(range -> bad.add(hex(range.get(0)) + "-" + hex(range.get(1))));
    assertEquals(
        bad,
        log.complaints().stream()
            .filter(complaint -> !complaint.notReserved())
            .map(complaint -> "%x-%x".formatted(complaint.base(), complaint.last()))
            .toList(),
        name);
  }

  private static String hex(JsonNode node) {
    return node.asString().replaceFirst("^0x", "");
  }
}
