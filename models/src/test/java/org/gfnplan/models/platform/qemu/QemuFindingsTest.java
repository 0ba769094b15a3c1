package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.junit.jupiter.api.Test;

/** What is said about guests of QEMU besides their layout. */
class QemuFindingsTest {
  private static final String GROUP =
      """
      devices:
        - {address: "00:01.0", iommu_group: 5, description: PCI bridge, bars: []}
        - {address: "03:00.0", iommu_group: 5, bars: []}
        - {address: "03:00.1", iommu_group: 5, bars: []}
        - {address: "04:00.0", iommu_group: 6, bars: []}
      """;

  @Test
  void registersThatNoSourceKnowsAreNoted() throws UnusableInput {
    assertEquals(
        List.of(
            "bars-unknown guest:5: no source says how large the registers of 03:00.0, 04:00.0 are,"
                + " so no room is planned for them; `lspci -vvv` of the host would"),
        findings("", "qemu-q35", "devices: [{address: \"03:00.0\"}, {address: \"04:00.0\"}]"));
  }

  @Test
  void whatQemuWarnsAboutIsToldAtTheLineThatLeadsToIt() throws UnusableInput {
    assertEquals(
        List.of(
            "qemu-warning guest:5: QEMU says: Large machine and max_ram_below_4g (2684354560) not a"
                + " multiple of 1G; possible bad performance."),
        findings("", "qemu-pc", "max_ram_below_4g: 2560MiB"));
  }

  @Test
  void aGroupThatIsPartlyAssignedIsWarnedAboutButForBridges() throws UnusableInput {
    assertEquals(
        List.of(
            "iommu-group-shared guest:5: 03:00.0 is in IOMMU group 5 with 03:00.1, which must go to"
                + " the guest or to no driver"),
        findings(GROUP, "qemu-q35", "devices: [{address: \"03:00.0\"}]"));
    assertEquals(
        List.of(),
        findings(GROUP, "qemu-q35", "devices: [{address: \"03:00.0\"}, {address: \"03:00.1\"}]"));
    assertEquals(List.of(), findings(GROUP, "qemu-q35", "devices: [{address: \"04:00.0\"}]"));
  }

  @Test
  void aDeviceWithoutARootPortCannotBePluggedIntoQ35() throws UnusableInput {
    assertEquals(
        List.of(
            "later-device-not-planned guest:5: 03:00.0 may come later and no room is planned for it:"
                + " it is behind no root port, where QEMU could plug it in"),
        findings(GROUP, "qemu-q35", "pool: [{address: \"03:00.0\"}]"));
  }

  @Test
  void aBackingThatTheHostDoesNotListIsTold() throws UnusableInput {
    assertEquals(
        List.of(
            "pmem-backing-unknown guest:5: the host has no persistent memory `ns1`, so what backs"
                + " `p` is not checked"),
        findings(
            "pmem: [{name: ns0, extents: [{start: 0x1000000000, size: 1GiB}]}]\n",
            "qemu-q35",
            "pmem: [{name: p, size: 1GiB, backing: ns1}]"));
  }

  private static List<String> findings(String host, String platform, String line)
      throws UnusableInput {
    Host there = HostReader.readText("host", bytes("gfnplan: host/1\nreserved: []\n" + host));
    Guest guest =
        GuestReader.read(
            "guest",
            bytes(
                "gfnplan: guest/1\nname: g\nplatform: %s\nmemory: 4GiB\n%s\n"
                    .formatted(platform, line)));
    return new QemuPlatform(guest.platform().value())
        .findings(new Scene(there, guest)).stream().map(QemuFindingsTest::words).toList();
  }

  private static String words(Finding finding) {
    return "%s %s: %s".formatted(finding.id(), finding.origin().shortForm(), finding.message());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
