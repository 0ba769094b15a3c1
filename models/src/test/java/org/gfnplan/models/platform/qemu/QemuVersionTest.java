package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs between the versions; every text and number is what the real programs print. */
class QemuVersionTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "7.2, V7_2",
    "7.2.22, V7_2",
    "8.0, V7_2",
    "9.2.4, V7_2",
    "10, V10_0",
    "10.0.2, V10_0",
    "11.1, V10_0"
  })
  void aVersionIsTakenForTheNearestThatIsNotNewer(String text, QemuVersion version) {
    assertEquals(version, QemuVersion.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "7.1.9", "0.9", "ten", "10.", "v10.0", "10.0.2-3", "-10"})
  void anOlderVersionOrNoneIsNotTaken(String text) {
    assertEquals(null, QemuVersion.of(text));
  }

  /** {@code qemu-system-x86_64 -M help} of both. */
  @ParameterizedTest
  @CsvSource({
    "pc-i440fx-1.4, true, false",
    "pc-i440fx-2.3, true, false",
    "pc-i440fx-2.4, true, true",
    "pc-q35-2.4, true, true",
    "pc-q35-4.0.1, true, true",
    "pc-q35-7.2, true, true",
    "pc-i440fx-8.0, false, true",
    "pc-q35-9.2, false, true",
    "pc-q35-9.3, false, false",
    "pc-i440fx-10.0, false, true",
    "pc-i440fx-10.1, false, false",
    "pc-i440fx-010.0, false, false",
    "microvm, true, true",
    "isapc, true, true"
  })
  void eachHasItsMachines(String name, boolean seven, boolean ten) {
    assertEquals(seven, QemuMachine.named(name, QemuVersion.V7_2).isPresent());
    assertEquals(ten, QemuMachine.named(name, QemuVersion.V10_0).isPresent());
  }

  @Test
  void anAliasIsTheNewestMachine() {
    assertEquals("pc-i440fx-7.2", machine("pc", QemuVersion.V7_2).name());
    assertEquals("pc-q35-10.0", machine("q35", QemuVersion.V10_0).name());
  }

  /** QEMU include/hw/boards.h, MACHINE_VER_DEPRECATION. */
  @Test
  void tenWantsToDropWhatSevenStillKeeps() {
    assertEquals(List.of(), warnings("pc-i440fx-7.0", QemuVersion.V7_2));
    assertEquals(
        List.of(
            "warning: Machine type 'pc-i440fx-7.0' is deprecated: machines more than 3 years old"
                + " are subject to deletion after 6 years"),
        warnings("pc-i440fx-7.0", QemuVersion.V10_0));
    assertEquals(List.of(), warnings("pc-i440fx-7.1", QemuVersion.V10_0));
  }

  /** QEMU hw/i386/pc.c, pc_max_used_gpa: since 8.2 not the bits but 64-bit mode decides. */
  @Test
  void sevenDoesNotCheck32AddressBits() {
    assertEquals("", refusal("pc", 2, "qemu64,phys-bits=32", QemuVersion.V7_2));
    assertEquals(
        "Address space limit 0xffffffff < 0x17fffffff phys-bits too low (32)",
        refusal("pc", 2, "qemu64,phys-bits=32", QemuVersion.V10_0));
    assertEquals(
        "Address space limit 0xffffffff < 0x17fffffff phys-bits too low (32)",
        refusal("pc-i440fx-7.2", 2, "qemu64,phys-bits=32", QemuVersion.V10_0));
  }

  /** The same, broken_32bit_mem_addr_check: machine types up to 8.1 stay as they were. */
  @Test
  void tenChecks32BitProcessorsOnNewMachinesOnly() {
    String tooLow = "Address space limit 0xffffffff < 0x13fffffff phys-bits too low (32)";
    assertEquals("", refusal("pc", 4, "486", QemuVersion.V7_2));
    assertEquals(tooLow, refusal("pc", 4, "486", QemuVersion.V10_0));
    assertEquals(tooLow, refusal("pc-i440fx-8.2", 4, "486", QemuVersion.V10_0));
    assertEquals("", refusal("pc-i440fx-8.1", 4, "486", QemuVersion.V10_0));
    assertEquals(
        "Address space limit 0xffffffff < 0x11fffffff phys-bits too low (32)",
        refusal("isapc", 4, "486", QemuVersion.V10_0));
    QemuConfig room = config("pc", 2, "pentium", QemuVersion.V10_0);
    assertEquals(
        "Address space limit 0xffffffff < 0x1bfffffff phys-bits too low (32)",
        refusal(room.withDevices(4 * GIB, 1, List.of())));
  }

  /** QEMU target/i386/cpu.c, x86_cpu_realizefn: PAE gives 36 bits since 8.2. */
  @ParameterizedTest
  @CsvSource({
    "486, 32, 32",
    "pentium, 32, 32",
    "base, 32, 32",
    "qemu32, 32, 36",
    "coreduo, 32, 36",
    "n270, 32, 36",
    "pentium2, 36, 36",
    "'athlon,-pse36', 32, 36",
    "'qemu64,-pse36', 40, 40"
  })
  void pageTablesGiveTenMoreAddressBits(String cpu, int seven, int ten) {
    assertEquals(seven, QemuCpu.of(cpu).physicalBits(QemuVersion.V7_2));
    assertEquals(ten, QemuCpu.of(cpu).physicalBits(QemuVersion.V10_0));
  }

  /** The text is in the program of 7.2 and not in that of 10.0 (hw/i386/acpi-build.c). */
  @Test
  void tenDoesNotWarnOfLargeTables() {
    QemuDevice nvdimm = QemuDevice.ram(QemuDevice.Kind.NVDIMM, "d0", 2L << 20);
    for (QemuVersion version : QemuVersion.values()) {
      QemuConfig config =
          config("pc-i440fx-7.2", 1, "qemu64", version).withDevices(2 * GIB, 256, List.of(nvdimm));
      QemuLayout made = (QemuLayout) QemuReplay.layout(config);
      assertEquals(version == QemuVersion.V7_2 ? 1 : 0, made.warnings().size());
    }
  }

  /** QEMU softmmu/physmem.c; up to 3.1 x-use-canonical-path-for-ramblock-id is on. */
  @ParameterizedTest
  @CsvSource({
    "V7_2, pc, 'backing store size 0x1 does not match ''size'' option 0x1000'",
    "V10_0, pc, 'm-d0 backing store size 0x1 is too small for ''size'' option 0x1000 plus"
        + " ''offset'' option 0x0'",
    "V10_0, pc-i440fx-4.0, 'm-d0 backing store size 0x1 is too small for ''size'' option 0x1000"
        + " plus ''offset'' option 0x0'",
    "V10_0, pc-i440fx-3.1, '/objects/m-d0 backing store size 0x1 is too small for ''size'' option"
        + " 0x1000 plus ''offset'' option 0x0'"
  })
  void eachRefusesAShortFileInItsWords(QemuVersion version, String name, String text) {
    QemuDevice file =
        new QemuDevice(QemuDevice.Kind.DIMM, "d0", "m-d0", 1, true, 0, 0, 0, QemuDevice.ANY_SLOT);
    assertEquals(
        text, refusal(config(name, 1, "qemu64", version).withDevices(2 * GIB, 0, List.of(file))));
  }

  /** QEMU hw/mem/memory-device.c. */
  @Test
  void eachRefusesADeviceWithoutRoomInItsWords() {
    QemuDevice pmem = QemuDevice.ram(QemuDevice.Kind.VIRTIO_PMEM, "d0", GIB);
    for (QemuVersion version : QemuVersion.values()) {
      String text = refusal(config("pc", 1, "qemu64", version).withDevices(0, 0, List.of(pmem)));
      assertEquals(
          "-device virtio-pmem-pci,id=d0,memdev=m-d0: "
              + (version == QemuVersion.V7_2
                  ? "memory devices (e.g. for memory hotplug) are not enabled, please specify the"
                      + " maxmem option"
                  : "the configuration is not prepared for memory devices (e.g., for memory"
                      + " hotplug), consider specifying the maxmem option"),
          text);
    }
  }

  /** QEMU hw/mem/memory-device.c, memory_device_pre_plug: 10.0 looks at the size first. */
  @Test
  void eachFindsAnotherOfTwoThingsWrongWithADevice() {
    QemuDevice device =
        new QemuDevice(
            QemuDevice.Kind.DIMM, "d0", "m-d0", 4096, true, 1L << 28, 0, 4 * GIB + 4096, 0);
    for (QemuVersion version : QemuVersion.values()) {
      QemuConfig config =
          config("pc", 1, "qemu64", version).withDevices(2 * GIB, 1, List.of(device));
      QemuRefusal refusal = (QemuRefusal) QemuReplay.layout(config);
      assertEquals(
          version == QemuVersion.V7_2
              ? QemuRefusal.Reason.ADDRESS_UNALIGNED
              : QemuRefusal.Reason.SIZE_UNALIGNED,
          refusal.reason());
    }
  }

  /** QEMU include/qemu/range.h has two more lines. */
  @Test
  void eachDiesAtItsOwnLine() {
    QemuConfig seven = config("pc", 1, "qemu64", QemuVersion.V7_2);
    assertTrue(atIoapic(seven, 0).contains("range.h:77: range_set_bounds"));
    assertTrue(atIoapic(seven, 2).contains("range.h:41: range_invariant"));
    QemuConfig ten = config("pc", 1, "qemu64", QemuVersion.V10_0);
    assertTrue(atIoapic(ten, 0).contains("range.h:79: range_set_bounds"));
    assertTrue(atIoapic(ten, 2).contains("range.h:43: range_invariant"));
  }

  private static String atIoapic(QemuConfig config, long mib) {
    QemuConfig large = QemuConfig.of(config.machine(), QemuMachine.PCI_HOLE_END + (mib << 20));
    return refusal(large.withMaxRamBelow4g(QemuMachine.FOUR_GIB));
  }

  private static QemuMachine machine(String name, QemuVersion version) {
    return QemuMachine.named(name, version).orElseThrow();
  }

  private static QemuConfig config(String name, long gib, String cpu, QemuVersion version) {
    return QemuConfig.of(machine(name, version), gib * GIB).withCpu(QemuCpu.of(cpu));
  }

  private static List<String> warnings(String name, QemuVersion version) {
    QemuAnswer answer = QemuReplay.layout(config(name, 1, "qemu64", version));
    return ((QemuLayout) answer).warnings().stream().map(QemuWarning::text).toList();
  }

  private static String refusal(String name, long gib, String cpu, QemuVersion version) {
    return refusal(config(name, gib, cpu, version));
  }

  private static String refusal(QemuConfig config) {
    return QemuReplay.layout(config) instanceof QemuRefusal no ? no.text() : "";
  }
}
