package org.gfnplan.models.host.linux;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.iova;
import static org.gfnplan.models.host.HostText.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

class ReservedRegionsTest {
  @Test
  void oneFileIsReadWhateverItsSpaces() {
    assertEquals(
        List.of(
            "0x0-0xffffff direct null",
            "0x7b800000-0x7fffffff direct-relaxable null",
            "0xfee00000-0xfeefffff msi null",
            "0xfd00000000-0xffffffffff reserved null"),
        iova(
            host(
                """
                  0x000000007b800000   0x000000007FFFFFFF\tdirect-relaxable\s
                0x0 0xffffff direct

                0x00000000fee00000 0x00000000feefffff msi
                0x000000fd00000000 0x000000ffffffffff reserved
                """)));
  }

  @Test
  void listingsGiveTheGroup() {
    List<String> both = List.of("0x1000-0x1fff direct 3", "0xfee00000-0xfeefffff msi 12");
    assertEquals(
        both,
        iova(
            host(
                """
                /sys/kernel/iommu_groups/12/reserved_regions:0xfee00000 0xfeefffff msi
                /sys/kernel/iommu_groups/3/reserved_regions:0x1000 0x1fff direct
                """)));
    assertEquals(
        both,
        iova(
            host(
                """
                ==> /sys/kernel/iommu_groups/12/reserved_regions <==
                0xfee00000 0xfeefffff msi

                ==> 3/reserved_regions <==
                0x1000 0x1fff direct
                """)));
  }

  @Test
  void whatNoAddressReachesIsCut() {
    Host host =
        host("0x1000 0xffffffffffffffff reserved\n0xfff0000000000000 0xfff1000000000000 msi");
    assertEquals(List.of("0x1000-0xfffffffffffff reserved null"), iova(host));
    assertEquals(
        2, findings(host).stream().filter(text -> text.startsWith("reserved-region-cut")).count());
  }

  @Test
  void allThatIsWrongIsReportedWithItsLine() {
    assertEquals(
        List.of(
            "in:2: region 0x2000-0x1fff ends before it starts",
            "in:3: `mis` is no kind of reserved region",
            "in:4: line is not first byte, last byte and kind of a reserved region",
            "in:5: address has more than 64 bits"),
        problems(
            """
            0x1000 0x1fff msi
            0x2000 0x1fff msi
            0x2000 0x2fff mis
            rubbish
            0x0 0x10000000000000000 msi
            """));
  }

  @Test
  void regionsAloneDoNotSayWhatTheFirmwareReserves() {
    Host host = host("0x7b800000 0x7fffffff direct\n");
    assertTrue(!host.reservedKnown() && host.reserved().isEmpty());
  }
}
