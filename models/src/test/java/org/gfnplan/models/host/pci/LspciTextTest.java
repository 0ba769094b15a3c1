package org.gfnplan.models.host.pci;

import static org.gfnplan.models.host.HostText.bars;
import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

class LspciTextTest {
  private static final String VERY_VERBOSE =
      """
      00:00.0 Host bridge [0600]: Intel Corporation Device [8086:9a14] (rev 01)
      \tControl: I/O- Mem+ BusMaster+
      \tIOMMU group: 0

      03:00.0 VGA compatible controller [0300]: AMD Navi 21 [1002:73bf] (rev c1)
      \tControl: I/O+ Mem+ BusMaster+
      \tRegion 0: Memory at 7c00000000 (64-bit, prefetchable) [size=16G]
      \tRegion 2: Memory at 8000000000 (64-bit, prefetchable) [disabled] [size=256M]
      \tRegion 4: I/O ports at 4000 [size=256]
      \tRegion 5: Memory at 6a500000 (32-bit, non-prefetchable) [virtual] [size=1M]
      \tExpansion ROM at 6a600000 [disabled] [size=128K]
      \tCapabilities: [200 v1] Physical Resizable BAR
      \t\tBAR 0: current size: 16GB, supported: 256MB 512MB 1GB 2GB 4GB 8GB 16GB
      \tCapabilities: [2a0 v1] Virtual Resizable BAR
      \t\tBAR 2: current size: 2MB, supported: 1MB 2MB
      \tCapabilities: [330 v1] Single Root I/O Virtualization (SR-IOV)
      \t\tRegion 0: Memory at 0000007800000000 (64-bit, prefetchable)
      \t\tRegion 1: Memory at 0000007800000000 (32-bit, prefetchable)
      \tIOMMU group: 17
      \tKernel driver in use: amdgpu
      """;

  @Test
  void registersGroupsAndResizableSizesAreRead() {
    Host host = host(VERY_VERBOSE);
    assertTrue(host.devicesComplete());
    assertEquals(2, host.devices().size());
    assertEquals(
        List.of(
            "0000:03:00.0 0 MEMORY_64 0x400000000 prefetchable at 0x7c00000000"
                + " [268435456, 536870912, 1073741824, 2147483648, 4294967296, 8589934592,"
                + " 17179869184]",
            "0000:03:00.0 2 MEMORY_64 0x10000000 prefetchable at 0x8000000000",
            "0000:03:00.0 4 IO 0x100 at 0x4000",
            "0000:03:00.0 5 MEMORY_32 0x100000 at 0x6a500000",
            "0000:03:00.0 6 MEMORY_32 0x20000 at 0x6a600000"),
        bars(host));
    assertEquals(17, host.devices().get(1).iommuGroup());
    assertEquals(
        "VGA compatible controller [0300]: AMD Navi 21 [1002:73bf] (rev c1)",
        host.devices().get(1).description());
    assertTrue(host.devices().stream().allMatch(device -> device.barsKnown()));
    assertEquals("in:8", host.devices().get(1).bars().get(1).origin().shortForm());
  }

  @Test
  void theRegistersOfVirtualFunctionsAreNotThoseOfTheFunction() {
    String flat =
        """
            01:00.0 Ethernet controller: Intel X710
            Region 0: Memory at 4000000000 (64-bit, prefetchable) [size=8M]
            Region 0: Memory at 4010000000 (64-bit, prefetchable)
            """;
    assertEquals(
        List.of("0000:01:00.0 0 MEMORY_64 0x800000 prefetchable at 0x4000000000"),
        bars(host(flat)));
    assertTrue(host(flat).devices().get(0).barsKnown());
  }

  @Test
  void withoutNumbersALongRegisterTakesTwo() {
    Host host =
        host(
            """
            0001:01:00.0 3D controller: NVIDIA Corporation Device 20b2 (rev a1)
                    Memory at db000000 (32-bit, non-prefetchable) [size=16M]
                    Memory at 2000000000 (64-bit, prefetchable) [size=128G]
                    Memory at <unassigned> (64-bit, prefetchable) [size=32M]
            """);
    assertEquals(
        List.of(
            "0001:01:00.0 0 MEMORY_32 0x1000000 at 0xdb000000",
            "0001:01:00.0 1 MEMORY_64 0x2000000000 prefetchable at 0x2000000000",
            "0001:01:00.0 3 MEMORY_64 0x2000000 prefetchable"),
        bars(host));
    assertFalse(host.devicesComplete(), "an excerpt does not say what is not there");
  }

  @Test
  void aRegisterWithoutSizeIsFoundAndTheListIsNotWhole() {
    Host host =
        host("0c:00.0 3D controller: NVIDIA\n\tMemory at &lt;ignored&gt; (64-bit, prefetchable)\n");
    assertFalse(host.devices().get(0).barsKnown());
    assertTrue(
        findings(host).stream()
            .anyMatch(text -> text.startsWith("bar-size-unknown in:2: BAR 0 of 0000:0c:00.0 has")));
  }

  @Test
  void withoutVerbosityRegistersAreNotKnown() {
    Host host = host("00:00.0 Host bridge: Intel\n00:02.0 VGA compatible controller: Intel UHD\n");
    assertTrue(host.devicesComplete());
    assertFalse(host.devices().get(1).barsKnown());
  }

  @Test
  void portsOfAnOldDiskControllerAndAShadowOfTheVideoRomAreNoRegisters() {
    Host host =
        host(
            """
            00:01.1 IDE interface: Intel Corporation 82371SB PIIX3 IDE
            \tRegion 0: [virtual] Memory at 000001f0 (32-bit, non-prefetchable) [size=8]
            \tRegion 1: [virtual] Memory at 000003f0 (type 3, non-prefetchable)
            \tRegion 4: I/O ports at c040 [size=16]
            00:02.0 VGA compatible controller: Intel
            \t[virtual] Expansion ROM at 000c0000 [disabled] [size=128K]
            """);
    assertEquals(List.of("0000:00:01.1 4 IO 0x10 at 0xc040"), bars(host));
    assertTrue(host.devices().get(0).barsKnown());
  }

  @Test
  void functionsOnMadeUpBusesAreLeftOutInWords() {
    Host host = host("10000:e1:00.0 Non-Volatile memory controller: Samsung\n");
    assertEquals(List.of(), host.devices());
    assertTrue(findings(host).stream().anyMatch(text -> text.startsWith("device-not-on-pci")));
  }

  @Test
  void allThatCannotBeIsReportedWithItsLine() {
    assertEquals(
        List.of(
            "in:2: BAR 0 of 0000:01:00.0: size of 3 MiB is no power of two",
            "in:3: BAR 1 of 0000:01:00.0: size of 4 GiB is above 2 GiB",
            "in:4: BAR 2 of 0000:01:00.0: size of 4096 TiB is above 2048 TiB",
            "in:5: BAR 7 of 0000:01:00.0: index is above 5",
            "in:6: `zz` is no address",
            "in:7: BAR 4 of 0000:01:00.0: is given twice",
            "in:8: BAR 5 of 0000:01:00.0: at 0x10000000000000 is beyond 52 address bits",
            "in:10: `3MB` is no size of a resizable BAR",
            "in:11: `00:20.0` is no address of a function"),
        problems(
            """
            01:00.0 3D controller: somebody
            \tRegion 0: Memory at db000000 (32-bit, non-prefetchable) [size=3M]
            \tRegion 1: Memory at db000000 (32-bit, non-prefetchable) [size=4G]
            \tRegion 2: Memory at db000000 (64-bit, non-prefetchable) [size=4096T]
            \tRegion 6: Memory at db000000 (32-bit, non-prefetchable) [size=4K]
            \tRegion 4: Memory at zz (32-bit, non-prefetchable) [size=4K]
            \tRegion 4: Memory at db000000 (32-bit, non-prefetchable) [size=4K]
            \tRegion 5: Memory at 10000000000000 (64-bit, non-prefetchable) [size=4K]
            \tCapabilities: [200 v1] Physical Resizable BAR
            \t\tBAR 0: current size: 1MB, supported: 1MB 3MB
            00:20.0 3D controller: somebody
            """));
  }

  @Test
  void theLargestRegisterThatIsBelievedHasTwoPebibytes() {
    String head = "01:00.0 3D controller: x\n\tRegion 0: Memory at <unassigned> (64-bit) [size=";
    assertEquals(
        List.of("0000:01:00.0 0 MEMORY_64 0x8000000000000"), bars(host(head + "2048T]\n")));
    assertEquals(List.of("0000:01:00.0 0 MEMORY_64 0x400000000000"), bars(host(head + "64T]\n")));
    assertEquals(1, problems(head + "999999999999T]\n").size());
  }

  @Test
  void moreFunctionsThanAHostCanHaveAreOneProblem() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= 1 << 16; i++) {
      text.append(
          "%04x:%02x:%02x.%x Bridge: x\n".formatted(i >> 16, i >> 8 & 255, i >> 3 & 31, i & 7));
    }
    assertEquals(
        List.of("in:65537: more than 65536 PCI functions are listed"), problems(text.toString()));
  }
}
