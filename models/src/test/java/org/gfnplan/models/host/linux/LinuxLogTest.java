package org.gfnplan.models.host.linux;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.problems;
import static org.gfnplan.models.host.HostText.reserved;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

class LinuxLogTest {
  private static final String DMESG =
      """
      [    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable
      [    0.000000] BIOS-e820: [mem 0x000000007a000000-0x000000007fffffff] reserved
      [    0.073879] DMAR: Host address width 39
      [    0.073880] DMAR: DRHD base: 0x000000fed91000 flags: 0x1
      [    0.073899] DMAR: RMRR base: 0x0000007b800000 end: 0x0000007fffffff
      """;

  @Test
  void aLogGivesReservedMemoryWithoutDevices() {
    Host host = host(DMESG);
    assertEquals(List.of("RMRR 0x7b800000-0x7fffffff []"), reserved(host));
    assertEquals(39, host.addressWidth().value());
    assertEquals(Host.Iommu.INTEL, host.iommu());
    assertTrue(host.reservedKnown());
    assertEquals(0x9f000, host.memoryMap().get(0).endByte());
    assertEquals("usable", host.memoryMap().get(0).type());
    assertEquals("in:5", host.reserved().get(0).origin().shortForm());
    assertEquals(
        "[    0.073899] DMAR: RMRR base: 0x0000007b800000 end: 0x0000007fffffff",
        host.reserved().get(0).origin().text());
    assertEquals(List.of(), findings(host));
  }

  @Test
  void wordsBeforeTheMessageDoNotMatter() {
    String bare = DMESG.replaceAll("(?m)^\\[.{12}\\] ", "");
    String journal = DMESG.replaceAll("(?m)^\\[.{12}\\] ", "Feb 01 15:38:31 host kernel: ");
    String coloured =
        DMESG.replaceAll("(?m)^(\\[.{12}\\]) (\\S+:)", "\033[32m$1 \033[0m\033[33m$2\033[0m");
    for (String log : List.of(bare, journal, coloured, DMESG.replace("\n", "\r\n"))) {
      assertEquals(reserved(host(DMESG)), reserved(host(log)), log);
      assertEquals(2, host(log).memoryMap().size(), log);
    }
  }

  @Test
  void theOldSpellingOfTheMapHasExclusiveEnds() {
    Host host =
        host(
            """
            BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)
             BIOS-e820: 000000000009fc00 - 00000000000a0000 (reserved)
            BIOS-e820: 0000000000100000 - 0000000000100000 (usable)
            """);
    assertEquals(2, host.memoryMap().size());
    assertEquals(0x9fc00, host.memoryMap().get(0).endByte());
    assertEquals("reserved", host.memoryMap().get(1).type());
    assertFalse(host.reservedKnown());
  }

  @Test
  void theNewSpellingOfTheMapHasGapsAndOtherWords() {
    Host host =
        host(
            """
            BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  639   KB System RAM
            BIOS-e820: [mem 0x000000000009fc00-0x000000000009ffff]  device reserved
            BIOS-e820: [gap 0x00000000000a0000-0x00000000000effff]
            BIOS-e820: [mem 0x0000000000100000-0x000000007ffdbfff]    1.9 GB ACPI NVS
            """);
    assertEquals(
        List.of("usable", "reserved", "ACPI NVS"),
        host.memoryMap().stream().map(entry -> entry.type()).toList());
  }

  @Test
  void theOldestSpellingOfRmrrsIsRead() {
    Host host =
        host(
            """
            ACPI DMAR:Host address width 36
            ACPI DMAR:DRHD (flags: 0x00000001)base: 0x00000000fed93000
            ACPI DMAR:RMRR base: 0x00000000000ed000 end: 0x00000000000effff
            """);
    assertEquals(List.of("RMRR 0xed000-0xeffff []"), reserved(host));
    assertTrue(host.reservedKnown());
  }

  @Test
  void aMapAloneDoesNotSayThatThereAreNoRmrrs() {
    Host host = host("BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable\n");
    assertFalse(host.reservedKnown());
    assertEquals(
        List.of(
            "reserved-memory-unknown in: no source lists reserved device memory; there may"
                + " be some that is not known"),
        findings(host));
  }

  @Test
  void aLogWithUnitsAndWithoutRmrrsSaysThatThereAreNone() {
    assertTrue(host("DMAR: DRHD base: 0x000000fed91000 flags: 0x1\n").reservedKnown());
    assertFalse(host("DMAR: Host address width 39\n").reservedKnown());
  }

  @Test
  void anRmrrThatTheMapDoesNotReserveIsFoundOnce() {
    String complaint =
        "DMAR: [Firmware Bug]: No firmware reserved region can cover this RMRR"
            + " [0x0000000080000000-0x0000000080ffffff], contact BIOS vendor for fixes\n";
    String rmrr = "DMAR: RMRR base: 0x00000080000000 end: 0x00000080ffffff\n";
    List<String> expected =
        List.of(
            "rmrr-not-in-reserved-memory in:6: RMRR 0x80000000-0x80ffffff is not within reserved"
                + " memory of the memory map");
    assertEquals(expected, findings(host(DMESG + rmrr)));
    assertEquals(expected, findings(host(DMESG + rmrr + complaint)));
    assertEquals(1, findings(host(rmrr + complaint)).size());
  }

  @Test
  void neighbouringReservedRangesReserveWhatSpansThem() {
    Host host =
        host(
            """
            BIOS-e820: [mem 0x0000000000002000-0x0000000000002fff] reserved
            BIOS-e820: [mem 0x0000000000001000-0x0000000000001fff] reserved
            DMAR: RMRR base: 0x00000000001000 end: 0x00000000002fff
            """);
    assertEquals(List.of(), findings(host));
  }

  @Test
  void theKernelsBadWordIsAFindingWhenNothingElseIsWrong() {
    Host host =
        host(
            """
            DMAR: RMRR base: 0x00000080000000 end: 0x00000080ffffff
            DMAR: [Firmware Bug]: Your BIOS is broken; bad RMRR \
            [0x0000000080000000-0x0000000080ffffff]
            """);
    assertEquals(
        List.of(
            "rmrr-bad-says-kernel in:1: the kernel says that RMRR 0x80000000-0x80ffffff is bad"),
        findings(host));
  }

  @Test
  void allThatIsWrongIsReportedWithItsLine() {
    assertEquals(
        List.of(
            "in:1: RMRR end 0xcf7fffff is before its base 0xcf800000",
            "in:2: RMRR base 0xe4400 is not on a 4 KiB boundary",
            "in:3: address 0x123456789abcdef01 has more than 64 bits",
            "in:4: line with an RMRR cannot be read",
            "in:5: memory map range 0x2000-0x1fff ends before it starts",
            "in:6: memory map range 0x0-0xffffffffffffffff is beyond 52 address bits",
            "in:7: line of the memory map cannot be read",
            "in:8: host address width 2147483647 is not within 32..52"),
        problems(
            """
            DMAR: RMRR base: 0x000000cf800000 end: 0x000000cf7fffff
            DMAR: RMRR base: 0x000000000e4400 end: 0x000000000e8fff
            DMAR: RMRR base: 0x123456789abcdef01 end: 0x000000000e8fff
            DMAR: RMRR base: 0x0000000@0e4400 end: 0x000000000e8fff
            BIOS-e820: [mem 0x0000000000002000-0x0000000000001fff] usable
            BIOS-e820: [mem 0x0000000000000000-0xffffffffffffffff] usable
            BIOS-e820: [mem 0x000000000000g000-0x0000000000001fff] usable
            DMAR: Host address width 99999999999999999999
            """));
  }

  @Test
  void theLastOfSeveralBootsCounts() {
    String version = "[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\n";
    String other = DMESG.replace("7b800000", "7c000000");
    Host host = host(version + other + version + DMESG);
    assertEquals(List.of("RMRR 0x7b800000-0x7fffffff []"), reserved(host));
    assertEquals(
        List.of(
            "several-boots in:7: the log holds several boots; the last one, which starts here,"
                + " is used"),
        findings(host));
    assertEquals(List.of(), findings(host(version + DMESG)));
  }

  @Test
  void configurationWindowsAreReadInBothSpellings() {
    Host host =
        host(
            """
            PCI: MMCONFIG for domain 0000 [bus 00-ff] at [mem 0xe0000000-0xefffffff] \
            (base 0xe0000000)
            PCI: ECAM [mem 0xf8000000-0xfbffffff] (base 0xf8000000) for domain 0001 [bus 00-3f]
            """);
    assertEquals(0xe0000000L, host.configWindows().get(0).baseByte());
    assertEquals(0x3f, host.configWindows().get(1).endBus());
  }

  @Test
  void aConfigurationWindowThatCannotBeIsAProblem() {
    assertEquals(
        List.of("in:1: configuration window at 0xe0000000 for buses 10-0f cannot be"),
        problems("PCI: ECAM [mem 0] (base 0xe0000000) for domain 0000 [bus 10-0f]\n"));
  }

  @Test
  void aNulByteMakesALogBinary() {
    assertEquals(
        List.of("in+0x%x: binary data where text is expected".formatted(DMESG.length())),
        problems(DMESG + "\0\0\0"));
  }

  @Test
  void bytesThatAreNotUtf8DoNotHideTheRest() {
    byte[] log = ("x\n" + DMESG).getBytes(StandardCharsets.UTF_8);
    log[0] = (byte) 0xff;
    assertEquals(reserved(host(DMESG)), reserved(host(log)));
  }

  @Test
  void aLogOfEndlessRmrrsIsCutShort() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      log.append("DMAR: RMRR base: 0x%x000 end: 0x0\n".formatted(i + 1));
    }
    List<String> problems = problems(log.toString());
    assertEquals(101, problems.size());
    assertEquals("in: further problems that are not shown: 19901", problems.get(0));
    assertTrue(
        problems.contains(
            "in:20001: more than 20000 lines say something about the host, the rest is not read"),
        problems::toString);
  }
}
