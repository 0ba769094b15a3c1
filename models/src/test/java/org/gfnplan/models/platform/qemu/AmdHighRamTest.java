package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;

class AmdHighRamTest {
  private static final QemuPlatform Q35 = new QemuPlatform(PlatformName.QEMU_Q35);
  private static final String NO_RESERVED = "reserved: []";

  @Test
  void aWindowOfOvmfBehindAmdsRangeDoesNotMoveHighRam() throws UnusableInput {
    for (String memory : List.of("600GiB", "900GiB")) {
      Scene scene = scene(memory, 4, "128GiB", NO_RESERVED);
      assertFalse(QemuPlan.of(scene, QemuTarget.of(PlatformName.QEMU_Q35)).isRelocated());
      Settings settings = settings(scene);
      assertEquals(null, settings.get("pci-hole64-size"));
      Setting window = settings.get("X-PciMmio64Mb");
      assertEquals(1L << 19, window == null ? null : window.value());
    }
  }

  @Test
  void registersThatOvmfWouldPutInAmdsRangeMoveHighRam() throws UnusableInput {
    // 64 GiB each from 896 GiB on: the second one ends at 1 TiB.
    Scene scene = scene("800GiB", 2, "64GiB", NO_RESERVED);
    assertTrue(QemuPlan.of(scene, QemuTarget.of(PlatformName.QEMU_Q35)).isRelocated());
    assertNotNull(settings(scene).get("pci-hole64-size"));
  }

  @Test
  void anRmrrWithoutNamedDevicesIsNotSaidToBeTheDevices() throws UnusableInput {
    Scene scene =
        scene("4GiB", 1, "1MiB", "reserved: [{start: 0x6c000000, size: 1MiB, kind: rmrr}]");
    assertEquals(
        "Linux does not assign 20:00.0 if it is the device of RMRR 0x6c000000, which no source"
            + " names",
        Q35.today(scene).summary());
    assertEquals(
        List.of("reserved-memory-owner-unknown"),
        Q35.findings(scene).stream().map(Finding::id).toList());
  }

  private static Settings settings(Scene scene) {
    Outcome outcome =
        new ExactEngine().solve(Q35.model(scene).problem(), Goal.CANONICAL, Budget.DEFAULT);
    assertTrue(outcome instanceof Outcome.Found, outcome::toString);
    return Q35.realise(scene, ((Outcome.Found) outcome).layout()).settings();
  }

  private static Scene scene(String memory, int cards, String size, String reserved)
      throws UnusableInput {
    StringBuilder guest =
        new StringBuilder(
            """
            gfnplan: guest/1
            name: train
            platform: qemu-q35
            machine: pc-q35-7.2
            cpu_vendor: amd
            physical_bits: 48
            firmware: ovmf
            memory: %s
            devices:
            """
                .formatted(memory));
    for (int card = 0; card < cards; card++) {
      guest.append(
          "  - {address: \"%x:00.0\", bars: [".formatted(0x20 + card)
              + "{bar: 0, size: %s, space: memory-64, prefetchable: true}]}\n".formatted(size));
    }
    return new Scene(
        HostReader.readText("host", bytes("gfnplan: host/1\n" + reserved + "\n")),
        GuestReader.read("guest", bytes(guest.toString())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
