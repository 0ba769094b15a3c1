package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.junit.jupiter.api.Test;

/** What becomes of a guest whose registers meet reserved memory of its devices. */
class XenTodayTest {
  private static final String HIGH_RDM = "start: 0x120000000, end: 0x120100000";

  /** Above 4 GiB hvmloader looks at no reserved memory (pci.c), and Xen allows no second owner. */
  @Test
  void aRegisterOverReservedMemoryOfADeviceKillsTheGuest() throws UnusableInput {
    Today today = today("'00:08.0','00:09.0'", "");
    Stage firmware = firmware(today);
    assertEquals(Stage.Verdict.FAILS, firmware.verdict());
    assertEquals(
        "Xen kills the guest: BAR 2 of 00:09.0 at 0x100000000 meets memory of a device at"
            + " 0x120000000",
        firmware.summary());
    assertEquals(
        List.of("Xen: memory_map:fail: dN gfn=120000 mfn=MFN nr=e0000 ret:-1"),
        firmware.messages());
    assertFalse(today.works());
  }

  @Test
  void aGuestWithShadowPagingDiesToo() throws UnusableInput {
    assertEquals(Stage.Verdict.FAILS, firmware(today("'00:08.0','00:09.0'", "hap=0\n")).verdict());
  }

  /** Of 64 TiB every small page would be a step, and every 64 a call. */
  @Test
  void aHugeRegisterWithoutLargePagesIsAnsweredAtOnce() throws UnusableInput {
    String host =
        host()
            .replace("4294967296", "0x400000000000")
            .replace("iommu: intel", "iommu: intel\ncpu_physical_bits: 48");
    Scene scene =
        new Scene(
            HostReader.readText("host", bytes(host)),
            GuestReader.read(
                "g.cfg",
                bytes("name='g'\ntype='hvm'\nmemory=512\nhap=0\npci=['00:08.0','00:09.0']\n")));
    assertEquals(Stage.Verdict.OK, firmware(new XenHvm().today(scene)).verdict());
  }

  /** Reserved memory that no device of the guest reaches is in the map, but Xen maps none of it. */
  @Test
  void aRegisterOverMemoryThatIsOnlyReservedIsSilentlyWrong() throws UnusableInput {
    Stage firmware = firmware(today("'00:09.0'", "rdm='strategy=host'\n"));
    assertEquals(Stage.Verdict.SILENT, firmware.verdict());
    assertTrue(firmware.summary().contains("at 0x100000000"), firmware.summary());
  }

  /** The device's memory hides a register that QEMU emulates; Xen has no frames of it to lose. */
  @Test
  void anEmulatedRegisterThereIsSilentlyWrong() throws UnusableInput {
    String guest =
        """
        gfnplan: guest/1
        name: g
        memory: 512 MiB
        platform: xen-hvm
        devices: [{address: "00:08.0"}]
        emulated:
          - name: accelerator
            bars: [{bar: 2, space: memory-64, size: 4 GiB}]
        """;
    Scene scene =
        new Scene(
            HostReader.readText("host", bytes(host())), GuestReader.read("g.yaml", bytes(guest)));
    assertEquals(Stage.Verdict.SILENT, firmware(new XenHvm().today(scene)).verdict());
  }

  @Test
  void withMoreRamAllIsWell() throws UnusableInput {
    Today today = today("'00:08.0,rdm_policy=relaxed','00:09.0'", "memory=6000\n");
    assertEquals(Stage.Verdict.OK, firmware(today).verdict(), firmware(today).summary());
  }

  private static Stage firmware(Today today) {
    return today.stages().stream()
        .filter(stage -> stage.name() == Stage.Name.FIRMWARE)
        .findFirst()
        .orElseThrow();
  }

  private static String host() {
    return """
        gfnplan: host/1
        iommu: intel
        reserved:
          - {%s, kind: rmrr, devices: ["0000:00:08.0"]}
        devices:
          - "0000:00:08.0"
          - address: "0000:00:09.0"
            bars:
              - {bar: 2, space: memory-64, size: 4294967296}
        """
        .formatted(HIGH_RDM);
  }

  private static Today today(String devices, String more) throws UnusableInput {
    String memory = more.contains("memory") ? "" : "memory=512\n";
    String guest = "name='g'\ntype='hvm'\n%s%spci=[%s]\n".formatted(memory, more, devices);
    return new XenHvm()
        .today(
            new Scene(
                HostReader.readText("host", bytes(host())),
                GuestReader.read("g.cfg", bytes(guest))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
