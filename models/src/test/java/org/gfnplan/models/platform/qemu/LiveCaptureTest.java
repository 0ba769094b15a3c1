package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.capture.Captured;
import org.gfnplan.models.capture.QemuTree;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a real QEMU answers is read as what it does. */
class LiveCaptureTest {
  @Test
  void theTreeOfARealQemuIsRead(@TempDir Path folder) throws IOException, UnusableInput {
    LiveQemu.mustBeInstalled();
    List<String> command =
        List.of(
            (LiveQemu.PROGRAM
                    + " -S -display none -nodefaults -no-user-config -qmp stdio"
                    + " -accel tcg,thread=single,tb-size=1 -M pc,nvdimm=on"
                    + " -m 5G,slots=2,maxmem=9G"
                    + " -object memory-backend-ram,id=m1,size=1G,reserve=off"
                    + " -device nvdimm,memdev=m1,id=nv0")
                .split(" "));
    String text;
    try (LiveQemu qemu = new LiveQemu(command, folder.resolve("errors"))) {
      qemu.ask("{\"execute\":\"qmp_capabilities\"}");
      JsonNode tree =
          qemu.ask(
              "{\"execute\":\"human-monitor-command\",\"arguments\":{\"command-line\":\"info"
                  + " mtree\"}}");
      JsonNode devices = qemu.ask("{\"execute\":\"query-memory-devices\"}");
      text = "{\"return\":%s}%n{\"return\":%s}".formatted(tree, devices);
      qemu.ask("{\"execute\":\"quit\"}");
    }
    QemuTree read = (QemuTree) Captured.read("qmp", text.getBytes(StandardCharsets.UTF_8));
    assertEquals(GfnRange.coveringBytes(0, 0xc000_0000L), read.low());
    assertEquals(GfnRange.coveringBytes(1L << 32, 6L << 30), read.high());
    assertEquals(Map.of("nv0", GfnRange.coveringBytes(6L << 30, 7L << 30)), read.devices());
  }
}
