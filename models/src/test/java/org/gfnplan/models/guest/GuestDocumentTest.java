package org.gfnplan.models.guest;

import static org.gfnplan.models.guest.Reading.guest;
import static org.gfnplan.models.guest.Reading.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.gfnplan.models.pci.Bar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestDocumentTest {
  private static final String Q35 =
      """
      gfnplan: guest/1
      name: big
      platform: qemu-q35
      machine: pc-q35-7.2
      memory: 64GiB
      max_memory: 256GiB
      slots: 4
      max_ram_below_4g: 1GiB
      pci_hole64: 512GiB
      cpu_vendor: amd
      physical_bits: 48
      private_bit: 47
      firmware: ovmf
      vnuma: [{memory: 48GiB}, {memory: 16GiB}]
      rdm:
        mirror_host: true
        policy: strict
        ranges:
        - {name: a, start: 0x7b800000, size: 72MiB}
        - {name: b, start: 0x1000, end: 0x3000, policy: relaxed}
      devices:
      - address: "65:00.0"
        rdm_policy: {sharing: relaxed}
        bars:
        - {bar: 0, size: 16MiB, space: memory-32}
        - {bar: 1, size: 256MiB, space: memory-64, prefetchable: true}
        - {bar: 5, size: 128, space: io}
        - {size: 512KiB, space: rom}
        resize: {1: 32GiB}
        port: rp0
      pool: [{address: "66:00.0"}]
      emulated: [{name: net, bars: [{bar: 0, size: 64KiB, space: memory-32}]}]
      ports: [{name: rp0, memory: 64MiB, prefetchable: 64GiB}]
      pmem:
      - {name: nv0, size: 128GiB, label: 128KiB, alignment: 2MiB, address: 0x2000000000, slot: 3}
      - {name: d0, kind: dimm, size: 1GiB, backing: /dev/dax0.0, file: true}
      """;

  @Test
  void memoryOfAQemuGuestHasSlotsAndNodes() {
    GuestMemory memory = guest(Q35).memory();
    assertEquals(64L << 20, memory.startKib().value());
    assertEquals(64L << 20, memory.mostKib().value());
    assertEquals(0, memory.videoKib().value());
    MemorySlots slots = Objects.requireNonNull(memory.slots());
    assertEquals(256L << 30, slots.mostBytes().value());
    assertEquals(4, slots.slots().value());
    assertEquals(
        List.of(48L << 20, 16L << 20), memory.nodes().stream().map(NumaNode::kib).toList());
    assertEquals("g:5", memory.statedKib().origin().shortForm());
  }

  @Test
  void theMachineIsWhatTheDocumentSays() {
    MachineWishes machine = guest(Q35).machine();
    assertEquals("pc-q35-7.2", machine.version().value());
    assertEquals(1L << 30, machine.maxRamBelow4gBytes().value());
    assertEquals(512L << 30, machine.pciHole64Bytes().value());
    assertEquals(MachineWishes.CpuVendor.AMD, machine.cpuVendor().value());
    assertEquals(48, machine.physicalBits().value());
    assertEquals(47, machine.privateBit().value());
    assertEquals("ovmf", guest(Q35).firmware().value());
  }

  @Test
  void keptRangesHaveTheirOwnPolicyOrThatOfRdm() {
    RdmWishes rdm = guest(Q35).rdm();
    assertEquals("g:16", Objects.requireNonNull(rdm.mirror()).shortForm());
    assertEquals(0x7b800000L, rdm.ranges().get(0).startByte());
    assertEquals(0x80000000L, rdm.ranges().get(0).endByte());
    assertEquals(RdmPolicy.STRICT, rdm.ranges().get(0).policy());
    assertEquals(0x3000, rdm.ranges().get(1).endByte());
    assertEquals(RdmPolicy.RELAXED, rdm.ranges().get(1).policy());
    assertEquals("g:20", rdm.ranges().get(1).origin().shortForm());
  }

  @Test
  void devicesHaveRegistersSizesAndAPort() {
    PciAssignment device = guest(Q35).devices().get(0);
    assertEquals(
        new RdmPolicies(RdmPolicy.STRICT, RdmPolicy.STRICT, RdmPolicy.RELAXED), device.policies());
    assertEquals(
        List.of(
            "0 MEMORY_32 16777216 false",
            "1 MEMORY_64 268435456 true",
            "5 IO 128 false",
            "6 MEMORY_32 524288 false"),
        device.bars().stream()
            .map(b -> b.index() + " " + b.space() + " " + b.bytes() + " " + b.prefetchable())
            .toList());
    assertEquals(1, device.resized().get(0).index());
    assertEquals(32L << 30, device.resized().get(0).bytes());
    assertEquals("rp0", device.port().value());
    GuestPci pci = guest(Q35).pci();
    assertEquals("0000:66:00.0", pci.pool().get(0).address().toString());
    assertEquals(Bar.Space.MEMORY_32, pci.emulated().get(0).bars().get(0).space());
    assertEquals(64L << 30, pci.ports().get(0).prefetchableBytes());
  }

  @Test
  void memoryDevicesKeepTheirOrder() {
    List<PmemWindow> pmem = guest(Q35).pmem();
    assertEquals(PmemWindow.Kind.NVDIMM, pmem.get(0).kind());
    assertEquals(128 << 10, pmem.get(0).labelBytes());
    assertEquals(3, pmem.get(0).slot().value());
    assertEquals(0x2000000000L, pmem.get(0).startByte().value());
    assertEquals(PmemWindow.Kind.DIMM, pmem.get(1).kind());
    assertEquals("/dev/dax0.0", pmem.get(1).backing().value());
    assertTrue(pmem.get(1).isFile());
    assertNull(pmem.get(1).startByte());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pc-q35-7.2 | pc-i440fx-7.2 | g:4: `pc-i440fx-7.2` is not a machine of `qemu-q35`",
        "memory: 64GiB | memory: 68719480832 | g:5: `memory` must be a multiple of 8 KiB",
        "memory: 64GiB | memory: -1 | g:5: `memory` must be from 1 MiB to 16 TiB, this is -1 bytes",
        "max_memory: 256GiB | mmio_hole: 1GiB | g:6: `mmio_hole` goes with `xen-hvm`, not with `qemu-q35`",
        "max_memory: 256GiB | max_memory: 32GiB | g:6: `max_memory` is less than `memory`",
        "max_memory: 256GiB | max_memory: 64GiB | g:7: `slots` are of no use",
        "slots: 4 | slots: 3 | g:35: slot 3 is not one of the guest's 3",
        "slots: 4 | video_memory: 16MiB | g:7: `video_memory` goes with `xen-hvm`, `xen-pvh`, `ideal`",
        "below_4g: 1GiB | below_4g: 5GiB | g:8: `max_ram_below_4g` must be from 1 MiB to 4 GiB",
        "{memory: 16GiB} | {memory: 8GiB} | g:14: the nodes of `vnuma` have 56 GiB, the guest has 64 GiB",
        "size: 72MiB | size: 72 | g:19: `size` must be from 4 KiB to 4096 TiB, this is 72 bytes",
        "0x1000, end: 0x3000 | 0x3000, end: 0x3000 | g:20: the range 0x3000..0x3000 ends before it starts",
        "size: 16MiB | size: 15MiB | g:25: the size of a register is a power of two, this is 15 MiB",
        "size: 256MiB | size: 64TiB | g:26: `size` must be from 16 bytes to 16 TiB, this is 64 TiB",
        "{bar: 0, size: 16MiB | {bar: 2, size: 16MiB | g:26: register 1 is taken",
        "bar: 5, size: 128, space: io | bar: 5, size: 128, space: memory-64 | g:27: a 64-bit register needs two",
        "resize: {1 | resize: {2 | g:29: `bars` has no memory register 2",
        "port: rp0 | port: rp1 | g:30: no item of `ports` is called `rp1`",
        "66:00.0 | 65:00.0 | g:31: device 0000:65:00.0 is assigned twice, first in g:22",
        "label: 128KiB | label: 128GiB | g:35: a label area of 128 GiB leaves nothing of 128 GiB",
        "alignment: 2MiB | alignment: 3MiB | g:35: `alignment` must be a power of two, this is 3 MiB",
        "0x2000000000 | 0xfffff0000000 | g:35: `nv0` ends beyond the 48 address bits of the guest",
        "physical_bits: 48 | physical_bits: 36 | g:35: `nv0` has 128 GiB, 36 address bits reach 64 GiB",
        "name: d0 | name: nv0 | g:36: the name `nv0` is given twice, first in g:35",
      })
  void eachMistakeIsNamedOnItsLine(String good, String bad, String problem) {
    List<String> found = problems(Q35.replace(good, bad));
    assertTrue(found.get(0).startsWith(problem), found::toString);
  }

  @Test
  void moreDevicesThanAnyGuestHasAreOneProblem() {
    StringBuilder json = new StringBuilder("{\"gfnplan\":\"guest/1\",\"name\":\"a\",");
    json.append("\"platform\":\"ideal\",\"memory\":\"1GiB\",\"devices\":[{}");
    json.append(",{}".repeat(1 << 16)).append("]}");
    assertEquals(
        List.of("g:1: `devices` must have at most 1024 items, these are 65537"),
        problems(json.toString()));
  }
}
