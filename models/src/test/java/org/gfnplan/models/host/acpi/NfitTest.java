package org.gfnplan.models.host.acpi;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.pmem;
import static org.gfnplan.models.host.HostText.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

class NfitTest {
  private static final String PMEM = "66f0d379-b4f3-4074-ac43-0d3318b78cdb";
  private static final String CONTROL = "92f701f6-13b4-405d-910b-299367e8234c";

  @Test
  void rangesOfPersistentMemoryAreRegions() {
    byte[] table =
        TableBuilder.nfit()
            .spa(1, PMEM, 0x880000000L, 0x1f80000000L)
            .nfitStructure(1, new byte[44])
            .spa(2, PMEM, 0x100000000L, 0x40000000L)
            .bytes();
    List<String> expected =
        List.of(
            "region `spa2` 0x40000000 [0x100000000..0x140000000]",
            "region `spa1` 0x1f80000000 [0x880000000..0x2800000000]");
    assertEquals(expected, pmem(host(table)));
    assertEquals("in+0x90", host(table).pmem().get(0).origin().shortForm());
    assertEquals(expected, pmem(host(TableBuilder.acpidump(table))));
  }

  @Test
  void otherRangesAndStructuresAreNamedAndSkipped() {
    Host host =
        host(
            TableBuilder.nfit()
                .spa(1, CONTROL, 0x1000, 0x1000)
                .spa(2, "00112233-4455-6677-8899-aabbccddeeff", 0x1000, 0)
                .nfitStructure(99, new byte[4])
                .bytes());
    assertEquals(List.of(), host.pmem());
    assertEquals(
        List.of(
            "spa-not-persistent in+0x28: NFIT range 1: 0x1000, 0x1000 bytes is a control region,"
                + " not persistent memory",
            "spa-not-persistent in+0x60: NFIT range 2: 0x1000, 0x0 bytes is of unknown type"
                + " 00112233-4455-6677-8899-aabbccddeeff, not persistent memory",
            "unknown-structure in+0x98: NFIT structure of unknown type 0x63 was skipped"),
        findings(host).stream().filter(text -> !text.startsWith("reserved-memory")).toList());
  }

  @Test
  void aTableWithoutStructuresIsATable() {
    assertEquals(List.of(), host(TableBuilder.nfit().bytes()).pmem());
  }

  @Test
  void whatCannotBeIsRefused() {
    byte[] good = TableBuilder.nfit().spa(1, PMEM, 0x1000, 0x1000).bytes();
    assertEquals(
        List.of("in+0x4: NFIT table says it is 96 bytes long, 90 bytes are there"),
        problems(Arrays.copyOf(good, 90)));
    byte[] sum = good.clone();
    sum[9]++;
    assertEquals(1, problems(sum).stream().filter(text -> text.contains("checksum")).count());
    byte[] zero = good.clone();
    zero[42] = 0;
    assertEquals(
        List.of(
            "in+0x28: NFIT structure says it is 0 bytes long, at least 56 are needed and 56 are"
                + " left"),
        problems(TableBuilder.withChecksum(zero)));
    byte[] cut = TableBuilder.nfit().spa(1, PMEM, 0x1000, 0x1000).bytes();
    cut[42] = 57;
    assertEquals(1, problems(TableBuilder.withChecksum(cut)).size());
    assertEquals(
        List.of(
            "in+0x28: NFIT range 1: 0x1000, 0x0 bytes holds no byte",
            "in+0x60: NFIT range 2: 0xfffffffffffff000, 0x1000 bytes is beyond 52 address bits",
            "in+0x98: NFIT range 3: 0xffffffffff000, 0xffffffffffffffff bytes is beyond 52 address"
                + " bits"),
        problems(
            TableBuilder.nfit()
                .spa(1, PMEM, 0x1000, 0)
                .spa(2, PMEM, -0x1000, 0x1000)
                .spa(3, PMEM, (1L << 52) - 0x1000, -1)
                .bytes()));
  }

  @Test
  void rangesThatOverlapAreRefused() {
    assertEquals(
        List.of(
            "in+0x60: extent 0x1000..0x2000 of region `spa2` overlaps extent 0x1000..0x3000 of"
                + " region `spa1` in in+0x28"),
        problems(
            TableBuilder.nfit().spa(1, PMEM, 0x1000, 0x2000).spa(2, PMEM, 0x1000, 0x1000).bytes()));
  }
}
