package org.gfnplan.models.host.xen;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.problems;
import static org.gfnplan.models.host.HostText.reserved;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

class XenLogTest {
  private static final String LOG =
      """
      (XEN) Xen-e820 RAM map:
      (XEN)  [0000000000000000, 000000000009efff] (usable)
      (XEN)  [000000007a000000, 000000007fffffff] (reserved)
      (XEN) PCI: MCFG configuration 0: base f8000000 segment 0000 buses 00 - 3f
      (XEN) [VT-D]Host address width 39
      (XEN) [VT-D]found ACPI_DMAR_DRHD:
      (XEN) [VT-D] endpoint: 0000:00:02.0
      (XEN) [VT-D]found ACPI_DMAR_RMRR:
      (XEN) [VT-D] endpoint: 0000:00:14.0
      (XEN) [VT-D] endpoint: 0000:03:00.0
      (XEN) [VT-D]drivers/passthrough/vtd/dmar.c:610:  RMRR: [7a000000,7a01ffff]
      (XEN) [VT-D]found ACPI_DMAR_RMRR:
      (XEN) [VT-D] endpoint: 0000:00:02.0
      (XEN) [VT-D]dmar.c:615:   RMRR region: base_addr 7b800000 end_addr 7fffffff
      """;

  @Test
  void aLogGivesReservedMemoryWithItsDevices() {
    Host host = host(LOG);
    assertEquals(
        List.of(
            "RMRR 0x7a000000-0x7a01ffff [0000:00:14.0, 0000:03:00.0]",
            "RMRR 0x7b800000-0x7fffffff [0000:00:02.0]"),
        reserved(host));
    assertTrue(host.reservedKnown());
    assertEquals(39, host.addressWidth().value());
    assertEquals(0x9f000, host.memoryMap().get(0).endByte());
    assertEquals(0xf8000000L, host.configWindows().get(0).baseByte());
    assertEquals(List.of(), findings(host));
  }

  @Test
  void timeStampsDoNotMatter() {
    for (String stamp :
        List.of("[2020-10-20 11:00:00] ", "[    0.148194] ", "[0000001b374dc4b3] ")) {
      Host host = host(LOG.replace("(XEN) ", "(XEN) " + stamp));
      assertEquals(reserved(host(LOG)), reserved(host));
      assertEquals(2, host.memoryMap().size());
    }
  }

  @Test
  void theOldSpellingOfTheMapHasExclusiveEnds() {
    Host host =
        host(
            """
            (XEN) TBOOT RAM map:
            (XEN)  0000000000000000 - 0000000000060000 (usable)
            (XEN)  0000000000060000 - 0000000000068000 (ACPI NVS)
            """);
    assertEquals(0x60000, host.memoryMap().get(0).endByte());
    assertEquals("ACPI NVS", host.memoryMap().get(1).type());
  }

  @Test
  void aSecondMapReplacesTheFirst() {
    Host host =
        host(
            """
            (XEN) Initial Xen-e820 RAM map:
            (XEN)  [0000000000000000, 0000000000ffffff] (usable)
            (XEN) Xen-e820 RAM map:
            (XEN)  [0000000000000000, 000000000009efff] (usable)
            """);
    assertEquals(1, host.memoryMap().size());
    assertEquals(0x9f000, host.memoryMap().get(0).endByte());
  }

  @Test
  void anRmrrThatXenIgnoresIsNotReserved() {
    for (String words :
        List.of(
            "   Ignore the RMRR (78907000, 78986fff) due to devices under its scope are not PCI"
                + " discoverable!",
            " Ignore RMRR [78907000,78986fff] as no device under its scope is PCI discoverable!")) {
      Host host =
          host(
              LOG
                  + "(XEN) [VT-D]found ACPI_DMAR_RMRR:\n(XEN) [VT-D] endpoint: 0000:00:16.7\n"
                  + "(XEN) [VT-D]dmar.c:581:  Non-existent device (0000:00:16.7) is reported in"
                  + " RMRR (78907000, 78986fff)'s scope!\n(XEN) [VT-D]dmar.c:596:"
                  + words
                  + "\n");
      assertEquals(reserved(host(LOG)), reserved(host));
      assertTrue(host.reservedKnown());
      assertEquals(
          List.of(
              "rmrr-ignored-by-xen in:18: Xen ignores RMRR 0x78907000-0x78986fff because none of"
                  + " its devices exists; nothing is reserved for it"),
          findings(host));
    }
  }

  @Test
  void aLogThatHidesAnAddressDoesNotListReservedMemory() {
    Host host =
        host(LOG + "(XEN) [VT-D]found ACPI_DMAR_RMRR:\n(XEN) [VT-D] endpoint: 0000:00:1d.0\n");
    assertEquals(2, host.reserved().size());
    assertFalse(host.reservedKnown());
    assertEquals(
        List.of(
            "reserved-memory-unknown in: no source lists reserved device memory; there may"
                + " be some that is not known",
            "rmrr-without-address in:15: the log names an RMRR but not its addresses, as builds of"
                + " Xen without debugging do"),
        findings(host));
  }

  @Test
  void aConsoleThatShowsLinuxTooIsTwoLogs() {
    Host host =
        host(
            LOG
                + "[    0.000000] Linux version 6.1.0\n"
                + "[    0.000000] DMAR: RMRR base: 0x0000007b800000 end: 0x0000007fffffff\n"
                + "[    0.000000] DMAR: RMRR base: 0x0000007c000000 end: 0x0000007cffffff\n");
    assertEquals(3, host.reserved().size());
    assertTrue(findings(host).toString().contains("sources-disagree in:17"));
  }

  @Test
  void theLastOfSeveralBootsCounts() {
    String version = "(XEN) Xen version 4.17.1 (builder@host)\n";
    Host host = host(version + LOG.replace("7b800000", "7c000000") + version + LOG);
    assertEquals(reserved(host(LOG)), reserved(host));
    assertTrue(findings(host).get(0).startsWith("several-boots in:16: "));
  }

  @Test
  void aListOfDevicesIsNotCutInSilence() {
    String endpoints = "(XEN) [VT-D] endpoint: 0000:00:14.0\n".repeat(257);
    assertEquals(
        List.of("in:258: RMRR of more than 256 devices cannot be read"),
        problems("(XEN) [VT-D]found ACPI_DMAR_RMRR:\n" + endpoints));
  }

  @Test
  void whatCannotBeReadIsAProblem() {
    assertEquals(
        List.of(
            "in:2: device `0000:00:20.0` of an RMRR cannot be read",
            "in:3: line with an RMRR cannot be read"),
        problems(
            """
            (XEN) [VT-D]found ACPI_DMAR_RMRR:
            (XEN) [VT-D] endpoint: 0000:00:20.0
            (XEN) [VT-D]dmar.c:615:   RMRR region: base_addr 7b8#0000 end_addr 7fffffff
            """));
  }
}
