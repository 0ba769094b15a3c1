package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.QemuView;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real QEMU was given a video card at chosen addresses, and showed what the guest sees. */
class BarOverQemuRamTest {
  private static final long CARD = 16 * XenLayout.MIB;

  @Test
  void aRegisterThatMeetsQemusRamIsHiddenUpToItsEnd() throws IOException {
    // The file is several JSON documents, one after the other.
    String text = Files.readString(Shared.folder().resolve("golden/xen_bar_demo.json"));
    int cases = 0;
    try (var values =
        JsonMapper.builder().build().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      while (values.hasNext()) {
        JsonNode demo = values.next();
        long at = Long.parseLong(demo.path("bar0").asString(), 16);
        QemuView qemu = view(demo);
        BarPlacement rule = new BarPlacement(new long[] {CARD}, new boolean[1], List.of());
        BarAddresses placed = new BarAddresses(1);
        rule.place(at, at + CARD, XenLayout.FOUR_GIB, 1L << 40, placed);
        boolean meets = rule.firstMeeting(placed, 0, qemu.below()) == 0;
        JsonNode shown = demo.path("relocate");
        long first = shown.isEmpty() ? at + CARD : hex(shown.path(0).path("to"));
        assertEquals(meets, first > at, demo.path("case").asString());
        if (meets) {
          assertEquals(Math.min(qemu.below(), at + CARD), first, demo.path("case").asString());
        }
        cases++;
      }
    }
    assertEquals(7, cases);
  }

  private static QemuView view(JsonNode demo) {
    JsonNode told = demo.path("max_ram_below_4g");
    long limit = told.isString() ? 2L << 30 : told.asLong(XenLayout.HVM_LOW_RAM_LIMIT);
    return QemuView.of(
        new BuilderRequest(
            Guest.Type.HVM,
            demo.path("ram").asLong() / XenLayout.KIB,
            0,
            told.isNull() ? 0 : (XenLayout.FOUR_GIB - limit) / XenLayout.MIB,
            true,
            0,
            List.of()));
  }

  private static long hex(JsonNode value) {
    return Long.parseLong(value.asString(), 16);
  }
}
