package org.gfnplan.models.platform.qemu;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.solver.problem.Origin;

/**
 * What the guest's firmware does with registers below 4 GiB.
 *
 * <p>SeaBIOS src/fw/pciinit.c (i440fx_mem_addr_setup, mch_mem_addr_setup) and OVMF
 * OvmfPkg/Library/PlatformInitLib (Platform.c PlatformMemMapInitialization, MemDetect.c
 * PlatformQemuUc32BaseInitialization), as QEMU 7.2 brings them.
 */
enum QemuFirmware {
  /** SeaBIOS. */
  SEABIOS("SeaBIOS", 0xfec0_0000L, 2L << 20, "SeaBIOS src/fw/pciinit.c"),
  /** OVMF. */
  OVMF("OVMF", 0xfc00_0000L, 1L << 20, "OvmfPkg PlatformInitLib/Platform.c");

  private static final long TWO_GIB = 0x8000_0000L;
  private static final long THREE_GIB = 0xc000_0000L;
  private static final long FOUR_GIB = 1L << 32;

  private final String word;
  private final long end;
  private final long bridgeStep;
  private final String source;

  QemuFirmware(String word, long end, long bridgeStep, String source) {
    this.word = word;
    this.end = end;
    this.bridgeStep = bridgeStep;
    this.source = source;
  }

  static QemuFirmware of(Guest guest) {
    return guest.firmware().value().equals("ovmf") ? OVMF : SEABIOS;
  }

  /** What users call it. */
  String word() {
    return word;
  }

  /** Where its window for 32-bit registers ends. */
  long windowEnd() {
    return end;
  }

  /** The least size of the windows of a bridge, and what they are multiples of. */
  long bridgeStep() {
    return bridgeStep;
  }

  /** How large it makes a window that a port wants reserved, 0 for none. */
  long reserved(long wanted) {
    if (wanted == 0) {
      return 0;
    }
    return this == SEABIOS
        ? ByteRange.roundUp(wanted, bridgeStep)
        : Math.max(bridgeStep, Long.highestOneBit(2 * wanted - 1));
  }

  /** The least reserve whose window has aligned room for so much, wherever the window lies. */
  long reserveFor(long bytes, long align) {
    return this == SEABIOS
        ? reserved(bytes + Math.max(0, align - bridgeStep))
        : reserved(Math.max(bytes, align));
  }

  /** What it aligns a window to that it made so large for a reserve. */
  long reserveAlign(long reserved) {
    return this == SEABIOS ? bridgeStep : Math.max(bridgeStep, reserved);
  }

  /** Where its window for 32-bit registers starts when low RAM ends there. */
  long windowStart(QemuMachine.Board board, long lowEnd) {
    if (board == QemuMachine.Board.Q35) {
      return THREE_GIB;
    }
    if (lowEnd <= TWO_GIB) {
      return TWO_GIB;
    }
    if (lowEnd <= THREE_GIB || this == SEABIOS) {
      return Math.max(THREE_GIB, lowEnd);
    }
    return FOUR_GIB - Long.highestOneBit(FOUR_GIB - lowEnd);
  }

  /** What says so. */
  Origin origin(QemuMachine.Board board) {
    boolean q35 = board == QemuMachine.Board.Q35;
    return Origin.builtIn(
        source,
        this == OVMF
            ? "PlatformMemMapInitialization"
            : q35 ? "mch_mem_addr_setup" : "i440fx_mem_addr_setup");
  }
}
