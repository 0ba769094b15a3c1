package org.gfnplan.models.host.acpi;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.problems;
import static org.gfnplan.models.host.HostText.reserved;
import static org.gfnplan.models.host.acpi.TableBuilder.endpoint;
import static org.gfnplan.models.host.acpi.TableBuilder.scope;
import static org.gfnplan.models.host.acpi.TableBuilder.withChecksum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.pci.PciAddress;
import org.junit.jupiter.api.Test;

class DmarTest {
  private static final int FIRST_RMRR = 48;

  @Test
  void aDeviceBehindTwoBridgesKeepsItsPath() {
    Host host =
        host(
            TableBuilder.dmar(46)
                .rmrr(0xbdf6f000L, 0xbdf7efffL, endpoint("00:1c.7/00.0/01.2"))
                .bytes());
    assertEquals(List.of("RMRR 0xbdf6f000-0xbdf7efff [0000:00:1c.7/00.0/01.2]"), reserved(host));
    assertTrue(host.reserved().get(0).devices().get(0).mayBe(new PciAddress(0, 5, 1, 2)));
    assertFalse(host.reserved().get(0).devices().get(0).mayBe(new PciAddress(0, 0, 1, 2)));
  }

  @Test
  void aTableWithoutRmrrsIsKnownToHaveNone() {
    Host host = host(TableBuilder.dmar(39).drhd(1, 0xfed91000L).bytes());
    assertTrue(host.reservedKnown());
    assertEquals(List.of(), host.reserved());
    assertEquals(Host.Iommu.INTEL, host.iommu());
  }

  @Test
  void aTableThatXenHidTheNameOfIsRead() {
    byte[] table =
        TableBuilder.dmar(39).rmrr(0x7a000000L, 0x7a000fffL, endpoint("00:14.0")).bytes();
    byte[] hidden = table.clone();
    hidden[0] = 'R';
    hidden[1] = 'M';
    hidden[2] = 'A';
    hidden[3] = 'D';
    assertEquals(reserved(host(table)), reserved(host(hidden)));
  }

  @Test
  void anEndBeforeTheBaseIsAProblem() {
    assertEquals(
        List.of("in+0x30: RMRR end 0x79ffffff is before its base 0x7a000000"),
        problems(TableBuilder.dmar(39).rmrr(0x7a000000L, 0x79ffffffL).bytes()));
  }

  @Test
  void unalignedAddressesAreBothProblems() {
    assertEquals(
        List.of(
            "in+0x30: RMRR base 0xe4400 is not on a 4 KiB boundary",
            "in+0x30: RMRR end 0xe8bff is not the last byte of a 4 KiB page"),
        problems(TableBuilder.dmar(39).rmrr(0xe4400L, 0xe8bffL).bytes()));
  }

  @Test
  void anEndBeyondTheAddressWidthIsAProblem() {
    assertEquals(
        List.of("in+0x30: RMRR end 0x8000000fff is beyond the host's 39 address bits"),
        problems(TableBuilder.dmar(39).rmrr(0x7f_ffff_f000L, 0x80_0000_0fffL).bytes()));
    assertEquals(
        List.of("in+0x30: RMRR end 0xffffffffffffffff is beyond the host's 39 address bits"),
        problems(TableBuilder.dmar(39).rmrr(-0x1000L, -1L).bytes()));
  }

  @Test
  void aPlaceholderOfOneByteTakesItsPage() {
    Host host = host(TableBuilder.dmar(39).rmrr(0, 0, endpoint("00:1d.0")).bytes());
    assertEquals(List.of("RMRR 0x0-0xfff [0000:00:1d.0]"), reserved(host));
    assertEquals(
        List.of(
            "rmrr-one-byte in+0x30: RMRR at 0x0 is one byte long;"
                + " a whole page is reserved for it"),
        findings(host));
  }

  @Test
  void rmrrsThatOverlapAreFoundAndThoseThatTouchAreNot() {
    Host host =
        host(
            TableBuilder.dmar(39)
                .rmrr(0x1000L, 0x4fffL, endpoint("00:14.0"))
                .rmrr(0x2000L, 0x2fffL, endpoint("00:1d.0"))
                .rmrr(0x4000L, 0x5fffL, endpoint("00:1a.0"))
                .rmrr(0x6000L, 0x6fffL, endpoint("00:02.0"))
                .bytes());
    assertEquals(
        List.of(
            "rmrrs-overlap in+0x50: RMRR 0x2000-0x2fff overlaps RMRR 0x1000-0x4fff of in+0x30;"
                + " Xen turns VT-d off for that",
            "rmrrs-overlap in+0x70: RMRR 0x4000-0x5fff overlaps RMRR 0x1000-0x4fff of in+0x30;"
                + " Xen turns VT-d off for that"),
        findings(host));
  }

  @Test
  void theSameRangeTwiceIsForTheDevicesOfBoth() {
    Host host =
        host(
            TableBuilder.dmar(39)
                .rmrr(0x1000L, 0x1fffL, endpoint("00:14.0"))
                .rmrr(0x1000L, 0x1fffL, endpoint("00:1d.0"))
                .bytes());
    assertEquals(List.of("RMRR 0x1000-0x1fff [0000:00:14.0, 0000:00:1d.0]"), reserved(host));
    assertTrue(findings(host).get(0).startsWith("rmrrs-overlap "), () -> "" + findings(host));
  }

  @Test
  void rmrrsOfNobodyAndOfBridgesAreFound() {
    Host host =
        host(
            TableBuilder.dmar(39)
                .rmrr(0x1000L, 0x1fffL)
                .rmrr(0x3000L, 0x3fffL, scope(2, 0, "1c.0"))
                .bytes());
    assertEquals(
        List.of(
            "rmrr-without-device in+0x30: RMRR 0x1000-0x1fff names no device",
            "rmrr-names-bridge in+0x48: RMRR 0x3000-0x3fff for 0000:00:1c.0 names a bridge;"
                + " the devices behind it are not taken as its users"),
        findings(host));
  }

  @Test
  void aStructureOfAnUnknownTypeIsSkippedByItsLength() {
    Host host =
        host(
            TableBuilder.dmar(39)
                .dmarStructure(0x99, new byte[7])
                .rmrr(0x1000L, 0x1fffL, endpoint("00:14.0"))
                .bytes());
    assertEquals(List.of("RMRR 0x1000-0x1fff [0000:00:14.0]"), reserved(host));
    assertEquals(
        List.of("unknown-structure in+0x30: DMAR structure of unknown type 0x99 was skipped"),
        findings(host));
  }

  @Test
  void aTruncatedTableIsAProblemAtEveryLength() {
    byte[] table = TableBuilder.dmar(39).rmrr(0x1000L, 0x1fffL, endpoint("00:14.0")).bytes();
    for (int length = 4; length < table.length; length++) {
      List<String> problems = problems(Arrays.copyOf(table, length));
      assertEquals(1, problems.size(), problems::toString);
      assertTrue(problems.get(0).startsWith("in+0x"), problems::toString);
    }
    assertEquals(
        List.of("in+0x4: DMAR table says it is 80 bytes long, 79 bytes are there"),
        problems(Arrays.copyOf(table, 79)));
    assertEquals(
        List.of("in+0x4: DMAR table says it is 80 bytes long, 81 bytes are there"),
        problems(Arrays.copyOf(table, 81)));
    assertEquals(
        List.of("in+0x0: DMAR table ends after 10 bytes, within its header of 36"),
        problems(Arrays.copyOf(table, 10)));
  }

  @Test
  void aWrongChecksumIsAProblemBesideTheOthers() {
    byte[] table = TableBuilder.dmar(39).rmrr(0x1000L, 0x0fffL).bytes();
    table[9]++;
    assertEquals(
        List.of(
            "in+0x9: DMAR table has checksum 0x%02x, its bytes need 0x%02x"
                .formatted(table[9] & 0xff, table[9] - 1 & 0xff),
            "in+0x30: RMRR end 0xfff is before its base 0x1000"),
        problems(table));
  }

  @Test
  void structureLengthsThatLeadAstrayAreProblems() {
    byte[] table = TableBuilder.dmar(39).rmrr(0x1000L, 0x1fffL, endpoint("00:14.0")).bytes();
    assertEquals(
        List.of("in+0x30: DMAR structure of type 1 says it is 0 bytes long, 32 bytes are left"),
        problems(changed(table, FIRST_RMRR + 2, 0)));
    assertEquals(
        List.of("in+0x30: DMAR structure of type 1 says it is 33 bytes long, 32 bytes are left"),
        problems(changed(table, FIRST_RMRR + 2, 33)));
    assertEquals(
        List.of(
            "in+0x30: DMAR structure of type 1 says it is 16 bytes long, it has at least 24",
            "in+0x40: DMAR structure of type 8191 says it is 0 bytes long, 16 bytes are left"),
        problems(changed(table, FIRST_RMRR + 2, 16)));
  }

  @Test
  void scopeLengthsThatLeadAstrayAreProblems() {
    byte[] table = TableBuilder.dmar(39).rmrr(0x1000L, 0x1fffL, endpoint("00:14.0")).bytes();
    for (int length : new int[] {0, 5, 6, 7, 9, 10, 255}) {
      assertEquals(
          List.of(
              "in+0x48: device scope says it is %d bytes long, 8 bytes are left".formatted(length)),
          problems(changed(table, FIRST_RMRR + 25, length)));
    }
  }

  @Test
  void aDeviceThatCannotBeIsAProblem() {
    byte[] table = TableBuilder.dmar(39).rmrr(0x1000L, 0x1fffL, endpoint("00:14.0")).bytes();
    assertEquals(
        List.of("in+0x30: RMRR names device 0x20 function 0x00, at most 0x1f and 0x7 can be"),
        problems(changed(table, table.length - 2, 0x20)));
  }

  @Test
  void anAddressWidthThatCannotBeIsAProblem() {
    assertEquals(
        List.of("in+0x24: host address width 1 is not within 32..52"),
        problems(TableBuilder.dmar(1).bytes()));
    assertEquals(
        List.of("in+0x24: host address width 256 is not within 32..52"),
        problems(TableBuilder.dmar(256).bytes()));
  }

  private static byte[] changed(byte[] table, int offset, int value) {
    byte[] copy = table.clone();
    copy[offset] = (byte) value;
    return withChecksum(copy);
  }
}
