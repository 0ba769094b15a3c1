package org.gfnplan.models.guest.qemu;

import static org.gfnplan.models.guest.Reading.guest;
import static org.gfnplan.models.guest.Reading.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QemuCommandReaderTest {
  private static final String SCRIPT =
      """
      #!/bin/sh
      set -e   # stop early
      modprobe vfio-pci
      LC_ALL=C exec /usr/bin/qemu-system-x86_64 -name guest='big one',debug-threads=on \\
        -machine pc-q35-7.2,nvdimm=on,max-ram-below-4g=1G -enable-kvm \\
        -m 64G,slots=4,maxmem=256G \\
        -cpu host,phys-bits=46 \\
        -object memory-backend-file,id=m0,size=128G,mem-path=/dev/dax0.0,align=2M,pmem=on \\
        -device '{"driver":"nvdimm","id":"nv0","memdev":"m0","label-size":131072,"slot":2}' \\
        -object memory-backend-ram,id=n0,size=48G -numa node,memdev=n0 -numa node,mem=16384 \\
        -device pcie-root-port,id=rp0,mem-reserve=64M,pref64-reserve=64G \\
        -device vfio-pci,host=65:00.0,bus=rp0 -device vfio-pci,host=0001:66:00.1 \\
        -global q35-pcihost.pci-hole64-size=512G \\
        -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=262144 \\
        -drive if=pflash,format=raw,file=OVMF_CODE.fd -device VGA,vgamem_mb=32 -nographic
      echo done
      """;

  @Test
  void aScriptIsReadWithItsLines() {
    Guest guest = guest(SCRIPT);
    assertEquals("big one", guest.name());
    assertEquals(PlatformName.QEMU_Q35, guest.platform().value());
    assertEquals("pc-q35-7.2", guest.machine().version().value());
    assertEquals(64L << 20, guest.memory().startKib().value());
    assertEquals("g:6", guest.memory().startKib().origin().shortForm());
    MemorySlots slots = Objects.requireNonNull(guest.memory().slots());
    assertEquals(256L << 30, slots.mostBytes().value());
    assertEquals(4, slots.slots().value());
    assertEquals(
        List.of(48L << 20, 16L << 20), guest.memory().nodes().stream().map(n -> n.kib()).toList());
    assertEquals(1L << 30, guest.machine().maxRamBelow4gBytes().value());
    assertEquals(512L << 30, guest.machine().pciHole64Bytes().value());
    assertEquals(256L << 30, guest.machine().firmwareWindow64Bytes().value());
    assertEquals(46, guest.machine().physicalBits().value());
    assertNull(guest.machine().cpuVendor());
    assertEquals("ovmf", guest.firmware().value());
  }

  @Test
  void devicesArriveWithPortsAndBackends() {
    Guest guest = guest(SCRIPT);
    PciAssignment first = guest.devices().get(0);
    assertEquals("0000:65:00.0", first.address().toString());
    assertEquals("rp0", first.port().value());
    assertEquals("0001:66:00.1", guest.devices().get(1).address().toString());
    assertEquals(64L << 30, guest.pci().ports().get(0).prefetchableBytes());
    PmemWindow window = guest.pmem().get(0);
    assertEquals("nv0", window.name());
    assertEquals(128L << 30, window.bytes().value());
    assertEquals(128 << 10, window.labelBytes());
    assertEquals(2 << 20, window.alignmentBytes().value());
    assertEquals(2, window.slot().value());
    assertTrue(window.isFile());
  }

  @Test
  void whatDoesNotShapeTheLayoutIsOneNote() {
    Guest guest = guest(SCRIPT);
    assertEquals(1, guest.findings().size());
    assertEquals("g:15", guest.findings().get(0).origin().shortForm());
    assertEquals(
        "not looked at, from here on: -nographic, -device VGA", guest.findings().get(0).message());
  }

  @Test
  void bareArgumentsHaveTheDefaultsOfQemu() {
    Guest guest = guest("# a guest\n-m 3000\n-smp 2\n");
    assertEquals(3000L << 10, guest.memory().startKib().value());
    assertEquals(PlatformName.QEMU_PC, guest.platform().value());
    assertTrue(guest.platform().isDefault());
    assertEquals("g", guest.name());
    assertEquals(CpuVendor.AMD, guest.machine().cpuVendor().value());
    assertEquals(40, guest.machine().physicalBits().value());
    assertEquals(128 << 10, guest("kvm -cpu EPYC").memory().startKib().value());
    assertNull(guest("kvm -cpu EPYC").machine().cpuVendor());
    assertNull(guest("kvm -cpu host").machine().physicalBits());
    assertEquals(8, guest("qemu-system-x86_64 -m 1048577b").memory().startKib().value() % 1024);
  }

  @Test
  void otherFormsAreNotTakenForACommand() {
    assertEquals(
        "x",
        guest("name='x'\ntype='hvm'\nmemory=64\ndevice_model_override='/bin/qemu-system-i386'")
            .name());
    assertTrue(problems("qemu: yes\n").get(0).contains("is no xl.cfg file"));
  }

  @Test
  void argumentsWithoutMeaningAreNoGuest() {
    assertEquals(List.of("g: holds no option of QEMU that shapes the layout"), problems("-x y\n"));
    assertEquals(List.of("g:1: the quote is not closed"), problems("-m 4G -name 'x\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-m 64G, | -m $MEM, | g:6: what a shell makes of `$MEM,slots=4,maxmem=256G` is not known",
        "-m 64G, | -m 64Q, | g:6: `size` must be a size, this is `64Q`",
        "-m 64G, | -m 64P, | g:6: memory must be from 1 MiB to 16 TiB, this is 65536 TiB",
        "slots=4 | slots=257 | g:6: slots must be from 0 to 256, this is 257",
        "maxmem=256G | maxmem=8 | g:6: maximum memory must be whole pages",
        "maxmem=256G | maxmem=32G | g:6: maximum memory is less than memory at start",
        ",maxmem=256G | ,prealloc=on | g:6: `slots` needs `maxmem`",
        "pc-q35-7.2 | xenfv | g:5: the machine `xenfv` is none of",
        "below-4g=1G | below-4g=5G | g:5: `max-ram-below-4g` must be at most 4 GiB",
        "phys-bits=46 | phys-bits=53 | g:7: guest physical address bits must be from 32 to 52",
        "memdev=n0 | memdev=n1 | g:10: the memory of this NUMA node is not known",
        "mem=16384 | mem=8192 | g:10: the NUMA nodes have 56 GiB, the guest has 64 GiB",
        "slot\":2 | slot\":5 | g:9: slot 5 is not one of the guest's 4",
        "\"memdev\" | \"memory\" | g:9: no `-object memory-backend-...` is called ``",
        "131072,\"slot | 131072,,\"slot | g:9: the JSON of this option cannot be read",
        "host=65:00.0 | host=65:00 | g:12: `65:00` is not the address of a host device",
        "0001:66:00.1 | 65:00.0 | g:12: device 0000:65:00.0 is assigned twice, first in g:12",
        "align=2M | align=3M | g:9: an alignment is a power of two, this is 3 MiB",
        "string=262144 | string=much | g:14: `string` must be a number of MiB, this is `much`",
        "x86_64 | aarch64 | g: `/usr/bin/qemu-system-aarch64` is not a program for x86 guests",
      })
  void eachMistakeIsNamedOnItsLine(String good, String bad, String problem) {
    List<String> found = problems(SCRIPT.replace(good, bad));
    assertTrue(found.stream().anyMatch(text -> text.startsWith(problem)), found::toString);
  }
}
