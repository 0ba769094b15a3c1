package org.gfnplan.models.host.acpi;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.problems;
import static org.gfnplan.models.host.HostText.reserved;
import static org.gfnplan.models.host.acpi.TableBuilder.withChecksum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.pci.PciAddress;
import org.junit.jupiter.api.Test;

class IvrsTest {
  private static final int UNITY = 7;
  private static final int EXCLUSION = 8;

  @Test
  void unityAndExclusionRangesAreBothReserved() {
    Host host =
        host(
            TableBuilder.ivrs(48)
                .ivhd(2, 0xfd200000L)
                .ivmd(0x21, UNITY, 0x0060, 0, 0x7d900000L, 0x100000)
                .ivmd(0x21, EXCLUSION, 0xc407, 0, 0x75e00000L, 0x20000)
                .bytes());
    assertEquals(
        List.of(
            "IVMD_EXCLUSION 0x75e00000-0x75e1ffff [0000:c4:00.7]",
            "IVMD_UNITY 0x7d900000-0x7d9fffff [0000:00:0c.0]"),
        reserved(host));
    assertEquals(Host.Iommu.AMD, host.iommu());
    assertEquals(48, host.addressWidth().value());
    assertEquals(
        "IVMD 0x75e00000-0x75e1ffff for 0000:c4:00.7", host.reserved().get(0).origin().text());
    assertEquals(List.of(), findings(host));
  }

  @Test
  void aBlockForAllDevicesIsForEachOfThem() {
    Host host = host(TableBuilder.ivrs(48).ivmd(0x20, UNITY, 0, 0, 0x1000, 0x1000).bytes());
    DeviceScope devices = host.reserved().get(0).devices().get(0);
    assertEquals("0000:00:00.0-0000:ff:1f.7", devices.toString());
    assertTrue(devices.mayBe(new PciAddress(0, 0xff, 0x1f, 7)));
    assertFalse(devices.mayBe(new PciAddress(1, 0, 0, 0)));
  }

  @Test
  void aRangeOfDevicesHasBothItsEnds() {
    Host host = host(TableBuilder.ivrs(48).ivmd(0x22, UNITY, 0x0100, 0x0fff, 0x1000, 4096).bytes());
    DeviceScope devices = host.reserved().get(0).devices().get(0);
    assertEquals("0000:01:00.0-0000:0f:1f.7", devices.toString());
    assertTrue(devices.mayBe(new PciAddress(0, 1, 0, 0)));
    assertTrue(devices.mayBe(new PciAddress(0, 0xf, 0x1f, 7)));
    assertFalse(devices.mayBe(new PciAddress(0, 0x10, 0, 0)));
    assertFalse(devices.mayBe(new PciAddress(0, 0, 0x1f, 7)));
  }

  @Test
  void aRangeThatIsNotMadeOfPagesGrowsToPages() {
    Host host =
        host(
            TableBuilder.ivrs(48)
                .ivmd(0x21, EXCLUSION, 8, 0, 0x97b97000L, 1)
                .ivmd(0x21, EXCLUSION, 8, 0, 0x97ba0fffL, 2)
                .bytes());
    assertEquals(
        List.of(
            "IVMD_EXCLUSION 0x97b97000-0x97b97fff [0000:00:01.0]",
            "IVMD_EXCLUSION 0x97ba0000-0x97ba1fff [0000:00:01.0]"),
        reserved(host));
    assertEquals(
        "ivmd-not-whole-pages in+0x30: IVMD 0x97b97000-0x97b97000 for 0000:00:01.0 is not made of"
            + " whole pages; 0x97b97000-0x97b97fff is reserved",
        findings(host).get(0));
  }

  @Test
  void aRangeThatHoldsNothingOrWrapsIsAProblem() {
    assertEquals(
        List.of(
            "in+0x30: IVMD at 0x1000 has length 0x0, which holds no byte or wraps around",
            "in+0x50: IVMD at 0xfffffffffffff000 has length 0x2000, which holds no byte or wraps"
                + " around",
            "in+0x70: IVMD end 0x1000000000fff is beyond the host's 48 address bits",
            "in+0x90: IVMD range of devices ends at 0x0001 before it starts at 0x0002"),
        problems(
            TableBuilder.ivrs(48)
                .ivmd(0x21, UNITY, 0, 0, 0x1000, 0)
                .ivmd(0x21, UNITY, 0, 0, -0x1000, 0x2000)
                .ivmd(0x21, UNITY, 0, 0, (1L << 48) - 0x1000, 0x2000)
                .ivmd(0x22, UNITY, 2, 1, 0x1000, 0x1000)
                .bytes()));
  }

  @Test
  void aRangeThatIsNeitherUnityNorExclusionReservesNothing() {
    Host host = host(TableBuilder.ivrs(48).ivmd(0x21, 6, 8, 0, 0x1000, 0x1000).bytes());
    assertEquals(List.of(), host.reserved());
    assertTrue(findings(host).get(0).startsWith("ivmd-without-purpose in+0x30: "));
  }

  @Test
  void anUnknownBlockIsSkippedByItsLength() {
    Host host =
        host(
            TableBuilder.ivrs(48)
                .ivrsBlock(0x51, new byte[28])
                .ivmd(0x21, UNITY, 8, 0, 0x1000, 0x1000)
                .bytes());
    assertEquals(List.of("IVMD_UNITY 0x1000-0x1fff [0000:00:01.0]"), reserved(host));
    assertEquals(
        List.of("unknown-structure in+0x30: IVRS block of unknown type 0x51 was skipped"),
        findings(host));
  }

  @Test
  void blockAndEntryLengthsThatLeadAstrayAreProblems() {
    byte[] table = TableBuilder.ivrs(48).ivhd(2, 0xfd200000L).bytes();
    byte[] block = table.clone();
    block[50] = 0;
    assertEquals(
        List.of("in+0x30: IVRS block of type 0x10 says it is 0 bytes long, 28 bytes are left"),
        problems(withChecksum(block)));
    byte[] entry = table.clone();
    entry[72] = 0x48;
    assertEquals(
        List.of("in+0x48: IVHD entry of type 0x48 is 8 bytes long, 4 bytes are left"),
        problems(withChecksum(entry)));
  }

  @Test
  void anAddressSizeOfZeroIsOneThatIsNotStated() {
    Host host = host(TableBuilder.ivrs(0).ivhd(2, 0xfd200000L).bytes());
    assertEquals(null, host.addressWidth());
    assertEquals(
        List.of("in+0x24: physical address size 20 is not within 32..52"),
        problems(TableBuilder.ivrs(20).bytes()));
  }
}
