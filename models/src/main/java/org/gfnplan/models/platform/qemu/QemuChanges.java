package org.gfnplan.models.platform.qemu;

import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.solver.problem.Origin;

/** What a user of QEMU can change about a guest. */
final class QemuChanges {
  private QemuChanges() {}

  /** {@code max-ram-below-4g} is left to the planner. */
  static Change lowRam(Origin line) {
    return new Change(
        "max-ram-below-4g",
        "low RAM sized to fit",
        Change.SETTING,
        null,
        line,
        guest -> guest.withMachine(guest.machine().withMaxRamBelow4g(null)));
  }

  /** {@code pci-hole64-size} is left to the planner. */
  static Change hole64(Origin line) {
    return new Change(
        "pci-hole64-size",
        "a 64-bit PCI window sized to fit",
        Change.SETTING,
        null,
        line,
        guest -> guest.withMachine(guest.machine().withPciHole64(null)));
  }

  /** {@code opt/ovmf/X-PciMmio64Mb} is left to the planner. */
  static Change ovmfWindow(Origin line) {
    return new Change(
        "X-PciMmio64Mb",
        "a 64-bit window of OVMF sized to fit",
        Change.SETTING,
        null,
        line,
        guest -> guest.withMachine(guest.machine().withFirmwareWindow64(null)));
  }

  /** {@code phys-bits} is left to the planner. */
  static Change physicalBits(Origin line) {
    return new Change(
        "phys-bits",
        "as many address bits as it takes",
        Change.SETTING,
        null,
        line,
        guest ->
            guest.withMachine(
                guest
                    .machine()
                    .withPhysicalBits(
                        Stated.byDefault(
                            QemuCpu.DEFAULT_BITS,
                            Origin.builtIn("target/i386/cpu.h", "TCG_PHYS_ADDR_BITS")))));
  }

  /** Room for memory devices is left to the planner. */
  static Change slots(Origin line) {
    return new Change(
        "maxmem",
        "room for the memory devices it has",
        Change.SETTING,
        null,
        line,
        guest -> {
          MemorySlots room = guest.memory().slots();
          int count = room == null ? 0 : room.slots().value();
          return guest.withMemory(
              guest
                  .memory()
                  .withSlots(
                      new MemorySlots(
                          Stated.by(QemuGuest.leastMaximum(guest), line),
                          Stated.by(Math.max(count, QemuGuest.leastSlots(guest)), line))));
        });
  }

  /** A memory device has no address of its own. */
  static Change unpin(PmemWindow window) {
    return new Change(
        "addr " + window.name(),
        "no address stated for `%s`".formatted(window.name()),
        Change.SETTING,
        null,
        window.origin(),
        guest ->
            guest.withPmem(
                guest.pmem().stream()
                    .map(
                        other ->
                            other.name().equals(window.name())
                                ? other.placed(other.alignmentBytes(), null)
                                : other)
                    .toList()));
  }
}
