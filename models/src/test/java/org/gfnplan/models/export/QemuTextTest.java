package org.gfnplan.models.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.Reading;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** QEMU commands and domain XML: both come from the same guest and lead back to it. */
class QemuTextTest {
  private static final String FILE =
      "-object memory-backend-file,id=f,size=3G,mem-path='/dev/my pmem,,0',align=1G ";

  static Stream<String> commands() {
    return Stream.of(
        "-m 4G",
        "-m 4G -machine q35,max-ram-below-4g=2G",
        "-m 2049K -machine pc-i440fx-7.2 -name 'a b'",
        "-m 4G -accel kvm -cpu host",
        "-m 4G -accel kvm -cpu host,phys-bits=46",
        "-m 4G -accel kvm -cpu EPYC",
        "-m 4G -cpu Skylake-Client,phys-bits=46",
        "-m 4G -machine microvm -bios bios-256k.bin",
        "-m 4G -machine q35 -bios OVMF.fd -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=65536"
            + " -global q35-pcihost.pci-hole64-size=1T",
        "-m 4G -machine pc -global i440FX-pcihost.pci-hole64-size=64G",
        "-m 4G,slots=4,maxmem=24G -machine q35,nvdimm=on "
            + FILE
            + "-device nvdimm,id=nv0,memdev=f,label-size=128K,addr=0x180000000,slot=2"
            + " -object memory-backend-ram,id=r,size=1G -device pc-dimm,id=d,memdev=r",
        "-m 4G,slots=2,maxmem=8G -machine pc,nvdimm=on "
            + FILE
            + "-device nvdimm,id=nv0,memdev=f,label-size=128K",
        "-m 4G -machine q35 -device pcie-root-port,id=rp,pref64-reserve=64G,mem-reserve=32M"
            + " -device vfio-pci,host=03:00.0,bus=rp -device vfio-pci,host=0001:04:00.1",
        "-m 4G -object sev-guest,id=s,cbitpos=47,reduced-phys-bits=1",
        "-m 4G -object memory-backend-ram,id=a,size=3G -object memory-backend-ram,id=b,size=1G"
            + " -numa node,memdev=a -numa node,memdev=b");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandReadsBackAsTheSameGuest(String command) throws UnusableInput {
    Guest guest = Reading.guest(command);
    String text = QemuCommandText.of(guest, guest.platform().value());
    assertEquals(GuestWords.of(guest), GuestWords.of(Reading.guest(text)), text);
  }

  /** libvirt names windows itself, wants a NUMA cell for them, and counts in MiB. */
  @ParameterizedTest
  @MethodSource("commands")
  void aDomainReadsBackAsTheSameGuest(String command) throws UnusableInput {
    Guest guest = Reading.guest(command.replace("2049K", "4G"));
    String text = DomainText.of(guest, guest.platform().value());
    assertEquals(GuestWords.machine(guest), GuestWords.machine(Reading.guest(text)), text);
  }

  @Test
  void aDomainHasElementsForWhatLibvirtKnows() throws UnusableInput {
    Guest guest =
        Reading.guest(
            "-name g -m 4G,slots=4,maxmem=24G -machine q35,nvdimm=on,max-ram-below-4g=2G"
                + " -accel kvm -cpu host,phys-bits=46 -device vfio-pci,host=03:00.0 "
                + FILE
                + "-device nvdimm,id=n,memdev=f,label-size=128K,addr=0x180000000");
    assertEquals(
        """
        <domain type="kvm" xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0">
          <name>g</name>
          <maxMemory slots="4" unit="KiB">25165824</maxMemory>
          <memory unit="KiB">7340032</memory>
          <os>
            <type arch="x86_64" machine="q35">hvm</type>
          </os>
          <cpu mode="host-passthrough">
            <maxphysaddr mode="emulate" bits="46"/>
            <numa>
              <cell id="0" cpus="0" memory="4194304" unit="KiB"/>
            </numa>
          </cpu>
          <devices>
            <hostdev mode="subsystem" type="pci" managed="yes">
              <source>
                <address domain="0x0000" bus="0x03" slot="0x00" function="0x0"/>
              </source>
            </hostdev>
            <memory model="nvdimm">
              <source>
                <path>/dev/my pmem,0</path>
                <alignsize unit="KiB">1048576</alignsize>
              </source>
              <target>
                <size unit="KiB">3145728</size>
                <node>0</node>
                <label>
                  <size unit="KiB">128</size>
                </label>
              </target>
              <address type="dimm" slot="0" base="0x180000000"/>
            </memory>
          </devices>
          <qemu:commandline>
            <qemu:arg value="-machine"/>
            <qemu:arg value="max-ram-below-4g=2048M"/>
          </qemu:commandline>
        </domain>
        """,
        DomainText.of(guest, guest.platform().value()));
  }

  @Test
  void aCommandHasAnOptionOnEachLine() throws UnusableInput {
    Guest guest =
        Reading.guest(
            "-name \"it's\" -m 4G,slots=4,maxmem=24G -machine q35,nvdimm=on -accel kvm -cpu host "
                + FILE
                + "-device nvdimm,id=n,memdev=f -global q35-pcihost.pci-hole64-size=64G");
    assertEquals(
        """
        qemu-system-x86_64 \\
          -name 'guest=it'\\''s' \\
          -machine q35,nvdimm=on \\
          -accel kvm \\
          -cpu host \\
          -m size=4096M,slots=4,maxmem=24576M \\
          -global q35-pcihost.pci-hole64-size=65536M \\
          -object 'memory-backend-file,id=m-n,size=3072M,mem-path=/dev/my pmem,,0,share=on,align=1024M' \\
          -device nvdimm,id=n,memdev=m-n
        """,
        QemuCommandText.of(guest, guest.platform().value()));
  }

  @Test
  void aHostileNameStaysANameInACommand() throws UnusableInput {
    String name = "a'; rm -rf /tmp/x #,id=\n-m 1G `id` $(id) \"</x>";
    Guest guest = document(name);
    String text = QemuCommandText.of(guest, guest.platform().value());
    assertEquals(name, Reading.guest(text).name());
    assertEquals(GuestWords.of(guest), GuestWords.of(Reading.guest(text)), text);
  }

  @Test
  void aHostileNameStaysANameInADomain() throws UnusableInput {
    String name = "a</name><memory>1</memory>]]>&amp;'\"<!-- -->";
    Guest guest = document(name);
    String text = DomainText.of(guest, guest.platform().value());
    assertEquals(name, Reading.guest(text).name());
  }

  @Test
  void aDomainHasNoControlCharacters() {
    Guest guest = document("a\nb");
    UnusableInput refused =
        assertThrows(UnusableInput.class, () -> DomainText.of(guest, guest.platform().value()));
    assertEquals(
        "domain XML cannot hold the character U+000A", refused.problems().get(0).message());
  }

  @Test
  void aWindowWhoseNameQemuWouldNotTakeIsRefused() {
    Guest guest =
        Reading.guest(
            """
            gfnplan: guest/1
            name: g
            platform: qemu-q35
            memory: 4GiB
            max_memory: 8GiB
            slots: 1
            pmem:
              - {name: "a,size=1", size: 1GiB}
            """);
    UnusableInput refused =
        assertThrows(
            UnusableInput.class, () -> QemuCommandText.of(guest, guest.platform().value()));
    assertTrue(refused.problems().get(0).message().startsWith("`a,size=1` cannot be a name"));
  }

  @Test
  void libxlTellsQemuWhereLowRamEndsOnlyWhenAHoleIsSet() {
    assertEquals(
        "qemu-system-i386 \\\n  -machine xenfv \\\n  -m 4088\n",
        QemuCommandText.ofXen(Reading.xl("")));
    assertEquals(
        "qemu-system-i386 \\\n  -machine xenfv,max-ram-below-4g=2071986176 \\\n  -m 4088\n",
        QemuCommandText.ofXen(Reading.xl("mmio_hole = 2120")));
  }

  private static Guest document(String name) {
    StringBuilder escaped = new StringBuilder();
    name.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return Reading.guest(
        "{\"gfnplan\": \"guest/1\", \"platform\": \"qemu-q35\", \"name\": \"%s\", \"memory\": \"4GiB\"}"
            .formatted(escaped));
  }
}
