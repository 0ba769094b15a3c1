package org.gfnplan.models.host;

import static org.gfnplan.models.host.HostText.bars;
import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.iova;
import static org.gfnplan.models.host.HostText.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
  private static final String NONE = "0x0000000000000000 0x0000000000000000 0x0000000000000000\n";
  private static final String GRAPHICS =
      "0x000000603c000000 0x000000603cffffff 0x0000000000140204\n"
          + NONE
          + "0x0000004000000000 0x000000400fffffff 0x000000000014220c\n"
          + NONE
          + """
            0x0000000000004000 0x000000000000403f 0x0000000000040101
            0x0000000000000000 0x00000000000fffff 0x0000000020040200
            0x00000000000c0000 0x00000000000dffff 0x0000000000000212
            """
          // The windows of a bridge.
          + "0x0000000000000123 0x0000000000000177 0x0000000000000200\n";

  @TempDir Path root;

  @Test
  void theFilesOfAFunctionAreRead() throws Exception {
    Path device = device("0000:03:00.0", GRAPHICS);
    device("0000:00:00.0", NONE.repeat(7));
    Files.writeString(device.resolve("resource2_resize"), "0000000000000380\n");
    Files.writeString(device.resolve("class"), "0x030000\n");
    Files.writeString(device.resolve("vendor"), "0x8086\n");
    Files.writeString(device.resolve("device"), "0x9a49\n");
    Files.createSymbolicLink(
        device.resolve("iommu_group"), Path.of("../../../../kernel/iommu_groups/14"));
    Host host = read();
    assertEquals(
        List.of(
            "0000:03:00.0 0 MEMORY_64 0x1000000 at 0x603c000000",
            "0000:03:00.0 2 MEMORY_64 0x10000000 prefetchable at 0x4000000000 [134217728,"
                + " 268435456, 536870912]",
            "0000:03:00.0 4 IO 0x40 at 0x4000",
            "0000:03:00.0 5 MEMORY_32 0x100000"),
        bars(host));
    assertTrue(host.devicesComplete());
    assertEquals(14, host.devices().get(1).iommuGroup());
    assertEquals("[0300] 8086:9a49", host.devices().get(1).description());
    assertEquals(
        name("devices/0000:03:00.0/resource") + ":1",
        host.devices().get(1).bars().get(0).origin().shortForm());
  }

  @Test
  void configurationSpaceGivesResizableSizesAndNames() throws Exception {
    Path device = device("0000:03:00.0", GRAPHICS);
    ByteBuffer config = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    config.putShort(0, (short) 0x1002).putShort(2, (short) 0x73bf).putShort(10, (short) 0x300);
    config.putInt(0x100, 0x2001_000b);
    config.putInt(0x200, 0x1001_0015);
    config.putInt(0x204, 0x3000).putInt(0x208, 2 << 5);
    config.putInt(0x20c, 0x0010).putInt(0x210, 2);
    Files.write(device.resolve("config"), config.array());
    Files.writeString(device.resolve("iommu_group"), "3\n");
    Host host = read();
    assertEquals("[0300] 1002:73bf", host.devices().get(0).description());
    assertEquals(
        List.of(256L << 20, 512L << 20), host.devices().get(0).bars().get(0).resizableTo());
    assertEquals(List.of(1L << 20), host.devices().get(0).bars().get(1).resizableTo());
    assertEquals(3, host.devices().get(0).iommuGroup());
    // Capabilities that lead in a circle, and one that ends where the file does.
    config.putInt(0x200, 0x1001_0015);
    Files.write(device.resolve("config"), Arrays.copyOf(config.array(), 0x20a));
    assertEquals(List.of(), read().devices().get(0).bars().get(0).resizableTo());
  }

  @Test
  void groupsAndTheirRegionsAreRead() throws Exception {
    Path groups = Files.createDirectories(root.resolve("sys/kernel/iommu_groups"));
    Path devices = Files.createDirectories(groups.resolve("19/devices"));
    Files.createSymbolicLink(devices.resolve("0000:00:1f.0"), Path.of("/no/such/place"));
    Files.createFile(devices.resolve("0000:00:1f.2"));
    Files.writeString(
        groups.resolve("19/reserved_regions"),
        """
        0x0000000000000000 0x0000000000ffffff direct
        0x00000000fee00000 0x00000000feefffff msi
        """);
    Files.createDirectories(groups.resolve("2"));
    Files.writeString(groups.resolve("2/reserved_regions"), "");
    Host host = read();
    assertEquals(List.of("0x0-0xffffff direct 19", "0xfee00000-0xfeefffff msi 19"), iova(host));
    assertEquals(
        List.of("0000:00:1f.0", "0000:00:1f.2"),
        host.devices().stream().map(device -> device.address().toString()).toList());
    assertFalse(host.devicesComplete());
    assertFalse(host.devices().get(0).barsKnown());
  }

  @Test
  void aTreeAndLspciAreOneHost() throws Exception {
    device("0000:03:00.0", GRAPHICS);
    Files.writeString(
        root.resolve("lspci.txt"),
        """
        00:00.0 Host bridge: Intel
        \tFlags: fast devsel
        03:00.0 VGA compatible controller: Intel Iris
        \tRegion 0: Memory at 603c000000 (64-bit, non-prefetchable) [size=16M]
        \tRegion 5: Memory at <unassigned> (32-bit, non-prefetchable) [size=2M]
        \tCapabilities: [200 v1] Physical Resizable BAR
        \t\tBAR 0: current size: 16MB, supported: 16MB 32MB
        """);
    Host host = read();
    HostDevice graphics = host.devices().get(1);
    assertEquals("VGA compatible controller: Intel Iris", graphics.description());
    assertEquals(4, graphics.bars().size());
    assertEquals(List.of(16L << 20, 32L << 20), graphics.bars().get(0).resizableTo());
    assertEquals(
        List.of(
            ("sources-disagree %s:5: BAR 5 of 0000:03:00.0 is 0x200000 bytes (memory-32) here but"
                    + " 0x100000 bytes (memory-32) in %s:6; the latter is used")
                .formatted(name("lspci.txt"), name("devices/0000:03:00.0/resource"))),
        findings(host).stream().filter(text -> text.startsWith("sources")).toList());
  }

  @Test
  void linksOutOfTheTreeAreNotFollowed() throws Exception {
    device("0000:03:00.0", GRAPHICS);
    Files.createSymbolicLink(root.resolve("devices/0000:03:00.0/subsystem"), root);
    Files.createSymbolicLink(root.resolve("devices/again"), root);
    Files.createSymbolicLink(root.resolve("devices/0000:04:00.0"), root);
    assertEquals(1, read().devices().size());
  }

  @Test
  void oneFunctionMayBeNamedByItself() throws Exception {
    Path device = device("0000:03:00.0", GRAPHICS);
    assertEquals(4, bars(HostReader.read(List.of(device))).size());
  }

  @Test
  void whatCannotBeIsReportedForEveryFile() throws Exception {
    device(
        "0000:03:00.0",
        """
            0x0000000000001000 0x0000000000003fff 0x0000000000040200
            0x0000000000004000 0x0000000000003fff 0x0000000000040200
            rubbish
            """
            + NONE.repeat(4));
    device("0000:04:00.0", NONE.repeat(3));
    Path group = Files.createDirectories(root.resolve("groups/7"));
    Files.writeString(
        group.resolve("reserved_regions"), "0x2000 0x1fff msi\n0x1000 0x1fff magic\n");
    Files.writeString(root.resolve("devices/0000:04:00.0/iommu_group"), "none of your business\n");
    UnusableInput thrown = assertThrows(UnusableInput.class, this::read);
    String three = name("devices/0000:03:00.0/resource");
    assertEquals(
        List.of(
            three + ":1: BAR 0 of 0000:03:00.0: size of 12 KiB is no power of two",
            three + ":2: resource 0x4000-0x3fff ends before it starts",
            three + ":3: line is not first byte, last byte and flags of a resource",
            name("devices/0000:04:00.0/iommu_group") + ": holds no number of an IOMMU group",
            name("devices/0000:04:00.0/resource") + ": ends after 3 of 7 lines",
            name("groups/7/reserved_regions") + ":1: region 0x2000-0x1fff ends before it starts",
            name("groups/7/reserved_regions") + ":2: `magic` is no kind of reserved region"),
        lines(thrown));
  }

  private Host read() throws UnusableInput {
    return HostReader.read(List.of(root));
  }

  private String name(String path) {
    return root.resolve(path).toString().replace('\\', '/');
  }

  private Path device(String address, String resource) throws IOException {
    Path folder = Files.createDirectories(root.resolve("devices").resolve(address));
    Files.writeString(folder.resolve("resource"), resource);
    return folder;
  }
}
