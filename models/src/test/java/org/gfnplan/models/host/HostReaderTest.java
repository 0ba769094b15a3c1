package org.gfnplan.models.host;

import static org.gfnplan.models.host.acpi.TableBuilder.endpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gfnplan.models.host.acpi.TableBuilder;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReaderTest {
  private static final byte[] DMAR =
      TableBuilder.dmar(39)
          .drhd(1, 0xfed91000L)
          .rmrr(0x7b800000L, 0x7fffffffL, endpoint("00:02.0"))
          .rmrr(0x7a000000L, 0x7a01ffffL, endpoint("00:14.0"), endpoint("00:1c.0/00.0"))
          .bytes();

  @TempDir Path directory;

  @Test
  void aTableInADirectoryBecomesReservedMemory() throws Exception {
    write("DMAR.dat", DMAR);
    Host host = HostReader.read(List.of(directory));
    assertEquals(Host.Iommu.INTEL, host.iommu());
    assertTrue(host.reservedKnown());
    assertEquals(2, host.reserved().size());
    ReservedMemory usb = host.reserved().get(0);
    assertEquals(0x7a000000L, usb.startByte());
    assertEquals(0x7a020000L, usb.endByte());
    assertEquals("[0000:00:14.0, 0000:00:1c.0/00.0]", usb.devices().toString());
    ReservedMemory graphics = host.reserved().get(1);
    assertEquals(List.of(DeviceScope.of(new PciAddress(0, 0, 2, 0))), graphics.devices());
    assertEquals("RMRR 0x7b800000-0x7fffffff for 0000:00:02.0", graphics.origin().text());
    assertEquals(
        directory.toString().replace('\\', '/') + "/DMAR.dat+0x40", graphics.origin().shortForm());
    assertEquals(39, host.addressWidth().value());
    assertEquals(List.of(), host.findings());
  }

  @Test
  void aDirectoryWithoutFilesIsAProblem() {
    UnusableInput problem =
        assertThrows(UnusableInput.class, () -> HostReader.read(List.of(directory)));
    assertEquals("the directory holds no file", problem.problems().get(0).message());
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }
}
