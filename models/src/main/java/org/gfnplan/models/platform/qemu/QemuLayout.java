package org.gfnplan.models.platform.qemu;

import java.util.List;
import java.util.Optional;
import org.gfnplan.models.platform.E820Entry;

/**
 * Where QEMU puts memory, before firmware runs.
 *
 * @param lowEnd the end of low RAM, which starts at 0
 * @param high RAM above the hole
 * @param deviceMemory the region of memory devices
 * @param placed memory devices, by address
 * @param pciHole the 32-bit PCI hole
 * @param hole64Start the first byte of the 64-bit PCI hole as QEMU reports it; 0 when it does not
 * @param hole64End one past its last byte; equal to {@code hole64Start} when the hole is empty
 * @param reservedMemoryEnd {@code etc/reserved-memory-end}, 0 when there is none
 * @param e820 {@code etc/e820}; empty under Xen, where there is none
 * @param cmos what the CMOS says about RAM
 * @param physicalBits address bits of the vCPU
 * @param ownFrames memory QEMU makes for itself under Xen, in gfn space
 * @param warnings in the order QEMU prints them
 */
public record QemuLayout(
    long lowEnd,
    Optional<ByteRange> high,
    Optional<ByteRange> deviceMemory,
    List<Placed> placed,
    Optional<ByteRange> pciHole,
    long hole64Start,
    long hole64End,
    long reservedMemoryEnd,
    List<E820Entry> e820,
    Cmos cmos,
    int physicalBits,
    List<ByteRange> ownFrames,
    List<QemuWarning> warnings)
    implements QemuAnswer {
  public QemuLayout {
    placed = List.copyOf(placed);
    e820 = List.copyOf(e820);
    ownFrames = List.copyOf(ownFrames);
    warnings = List.copyOf(warnings);
  }

  /**
   * A memory device in its place.
   *
   * @param device what was asked for
   * @param start its first byte
   * @param slot its slot, {@link QemuDevice#ANY_SLOT} for none
   */
  public record Placed(QemuDevice device, long start, int slot) {
    /** One past its last byte. */
    public long end() {
      return start + device.guestSize();
    }

    /** The bytes it takes. */
    public ByteRange range() {
      return new ByteRange(start, end());
    }
  }

  /**
   * RAM sizes in the CMOS (pc.c, pc_cmos_init).
   *
   * @param baseKib registers 15 and 16
   * @param extendedKib registers 17 and 18, again in 30 and 31
   * @param above16MibBlocks registers 34 and 35, in 64 KiB
   * @param above4GibBlocks registers 5B to 5D, in 64 KiB
   */
  public record Cmos(long baseKib, long extendedKib, long above16MibBlocks, long above4GibBlocks) {
    private static final long MOST = 65535;

    static Cmos of(long below, long above) {
      return new Cmos(
          Math.min(below >> 10, 640),
          Math.min(Math.max(below - (1L << 20), 0) >> 10, MOST),
          Math.min(Math.max(below - (16L << 20), 0) >> 16, MOST),
          above >> 16 & 0xff_ffff);
    }
  }
}
