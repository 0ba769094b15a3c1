package org.gfnplan.models.guest.libvirt;

import static org.gfnplan.models.guest.Reading.findings;
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
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainReaderTest {
  private static final String DOMAIN =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <!-- made by hand -->
      <domain type='kvm' xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>big</name>
        <maxMemory slots='4' unit='GiB'>256</maxMemory>
        <memory unit='KiB'>201326592</memory>
        <currentMemory unit='GiB'>64</currentMemory>
        <vcpu>4</vcpu>
        <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
          <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader></os>
        <cpu mode='custom'><model>EPYC</model><vendor>AMD</vendor>
          <maxphysaddr mode='emulate' bits='46'/>
          <numa><cell id='0' memory='48' unit='GiB'/>
          <cell id='1' memory='16777216'/></numa>
        </cpu>
        <devices>
          <controller type='pci' index='0' model='pcie-root'><pcihole64 unit='GiB'>512</pcihole64></controller>
          <controller type='pci' index='1' model='pcie-root-port'><target port='0x10' memReserve='65536'/></controller>
          <disk type='file'/><disk type='file'/>
          <hostdev mode='subsystem' type='pci' managed='yes'>
            <source><address domain='0x0000' bus='0x65' slot='0x00' function='0x1'/></source>
            <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
          </hostdev>
          <memory model='nvdimm'>
            <source><path>/dev/dax0.0</path><alignsize unit='KiB'>2048</alignsize><pmem/></source>
            <target><size unit='GiB'>128</size><node>0</node><label><size unit='KiB'>128</size></label></target>
            <address type='dimm' slot='2' base='0x2000000000'/>
          </memory>
        </devices>
        <launchSecurity type='sev'><cbitpos>47</cbitpos></launchSecurity>
        <q:commandline><q:arg value='-fw_cfg'/>
          <q:arg value='name=opt/ovmf/X-PciMmio64Mb,string=65536'/></q:commandline>
      </domain>
      """;

  @Test
  void memoryIsWhatLibvirtStartsQemuWith() {
    Guest guest = guest(DOMAIN);
    assertEquals("big", guest.name());
    assertEquals(PlatformName.QEMU_Q35, guest.platform().value());
    assertEquals(64L << 20, guest.memory().startKib().value());
    assertEquals(
        List.of(48L << 20, 16L << 20), guest.memory().nodes().stream().map(NumaNode::kib).toList());
    MemorySlots slots = Objects.requireNonNull(guest.memory().slots());
    assertEquals(256L << 30, slots.mostBytes().value());
    assertEquals("g:5", slots.mostBytes().origin().shortForm());
    assertEquals(4, slots.slots().value());
    String plain =
        DOMAIN
                .replaceAll("(?s)<numa>.*</numa>", "")
                .replaceAll("<q:.*", "")
                .replace("</domain>", "")
            + "</domain>";
    assertEquals(
        64L << 20,
        guest(plain.replaceAll("(?s)\\n\\s*<q:arg.*commandline>", "")).memory().startKib().value());
  }

  @Test
  void theMachineIsReadFromWhereverItIsStated() {
    Guest guest = guest(DOMAIN);
    assertEquals("ovmf", guest.firmware().value());
    assertEquals(CpuVendor.AMD, guest.machine().cpuVendor().value());
    assertEquals(46, guest.machine().physicalBits().value());
    assertEquals("g:12", guest.machine().physicalBits().origin().shortForm());
    assertEquals(512L << 30, guest.machine().pciHole64Bytes().value());
    assertEquals(64L << 30, guest.machine().firmwareWindow64Bytes().value());
    assertEquals(47, guest.machine().privateBit().value());
    assertNull(guest(DOMAIN.replace("<vendor>AMD</vendor>", "")).machine().cpuVendor());
    String width = "<maxphysaddr mode='emulate' bits='46'/>";
    String plain = DOMAIN.replace(width, "");
    assertEquals(40, guest(plain).machine().physicalBits().value());
    assertNull(guest(plain.replace("mode='custom'", "mode='maximum'")).machine().physicalBits());
  }

  @Test
  void devicesKnowTheirPortAndMemoryItsPlace() {
    Guest guest = guest(DOMAIN);
    PciAssignment device = guest.devices().get(0);
    assertEquals("0000:65:00.1", device.address().toString());
    assertEquals("pci.1", device.port().value());
    assertEquals(64 << 20, guest.pci().ports().get(0).memoryBytes());
    PmemWindow window = guest.pmem().get(0);
    assertEquals(128L << 30, window.bytes().value());
    assertEquals(128 << 10, window.labelBytes());
    assertEquals(2 << 20, window.alignmentBytes().value());
    assertEquals(0x2000000000L, window.startByte().value());
    assertEquals(2, window.slot().value());
    assertEquals("/dev/dax0.0", window.backing().value());
  }

  @Test
  void aHostDeviceWithoutAModeIsOneOfTheSubsystem() {
    assertEquals(
        guest(DOMAIN).devices().get(0).address(),
        guest(DOMAIN.replace("<hostdev mode='subsystem'", "<hostdev")).devices().get(0).address());
  }

  @Test
  void otherElementsAreNamedOnceInOneNote() {
    assertEquals(List.of("not-planned g:8"), findings(guest(DOMAIN)));
    assertEquals(
        "not looked at, from here on: vcpu, disk", guest(DOMAIN).findings().get(0).message());
  }

  @Test
  void unitsAreThoseOfLibvirt() {
    assertEquals(1024L, DomainUnits.bytes("1", ""));
    assertEquals(1000L, DomainUnits.bytes("1", "KB"));
    assertEquals(1024L, DomainUnits.bytes("1", "k"));
    assertEquals(1L << 40, DomainUnits.bytes("1", "TiB"));
    assertEquals(7L, DomainUnits.bytes("7", "bytes"));
    assertNull(DomainUnits.bytes("-7", "b"));
    assertNull(DomainUnits.bytes("7", "KiBs"));
    assertNull(DomainUnits.bytes("9999999999999999999", "EiB"));
  }

  @Test
  void entitiesAreNeverResolved() {
    String bomb =
        "<!DOCTYPE domain [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>\n";
    assertEquals(
        List.of("g:2: a document type cannot be used, it could name entities"),
        problems(DOMAIN.replaceFirst("<!-- .*-->\n", bomb)));
    assertTrue(
        problems(DOMAIN.replace(">big<", ">&b;<")).get(0).startsWith("g:4: is not well-formed"));
  }

  @Test
  void depthAndNumberAreBounded() {
    String deep = "<domain>" + "<a>".repeat(100_000);
    assertEquals(List.of("g:1: elements are more than 64 deep"), problems(deep));
    String many = "<domain>" + "<a/>".repeat(200_000) + "</domain>";
    assertEquals(List.of("g:1: there are more than 100000 elements"), problems(many));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "type='kvm' | type='xen' | g:3: a domain of type `xen` cannot be read yet",
        ">201326592< | >-1< | g:6: `memory` must be a size of at most 16 TiB, this is `-1` KiB",
        "slots='4' | slots='1000' | g:5: slots must be from 0 to 256, this is 1000",
        ">256< | >32< | g:5: maximum memory is less than memory at start",
        "pc-q35-7.2 | xenfv | g:9: the machine `xenfv` is none of `pc`, `q35` and `microvm`",
        "arch='x86_64' | arch='aarch64' | g:9: `aarch64` is not x86",
        "bits='46' | bits='460' | g:12: guest physical address bits must be from 32 to 52, this is 460",
        "bits='46' | bits='37' | g:27: `nvdimm0` ends beyond the 37 address bits of the guest",
        "id='1' | id='0' | g:14: the cell is given twice, first in g:13",
        ">512< | >32768< | g:17: a 64-bit PCI window has at most 16 TiB, this is 32 TiB",
        "slot='0x00' function='0x1' | slot='0x20' function='0x1' | g:21: `source` of a host device needs an `address`",
        "model='nvdimm' | model='virtio-mem' | g:24: a memory device `virtio-mem` cannot be planned",
        ">128</size></label> | >64</size></label> | g:24: a label area has at least 128 KiB",
        "slot='2' | slot='4' | g:27: slot 4 is not one of the guest's 4",
        "<cbitpos>47 | <cbitpos>x | g:30: `cbitpos` must be a number, this is `x`",
        "</os> | </so> | g:10: is not well-formed XML",
      })
  void eachMistakeIsNamedOnItsLine(String good, String bad, String problem) {
    List<String> found = problems(DOMAIN.replace(good, bad));
    assertTrue(found.stream().anyMatch(text -> text.startsWith(problem)), found::toString);
  }
}
