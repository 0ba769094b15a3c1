package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderResult;
import org.gfnplan.solver.space.Gfn;

/** What a user should know of a layout that holds. */
final class XenAdvice {
  /** Variable-range MTRRs of an HVM guest (public arch-x86/hvm/save.h, MTRR_VCNT). */
  private static final int MTRRS = 8;

  /** Entries that hvmloader has room for (hvmloader e820.c; it does not check). */
  private static final int E820_ENTRIES = 16;

  private XenAdvice() {}

  /** What there is to know of a guest that was built so and started so. */
  static List<Finding> of(Guest guest, BuilderResult built, HvmloaderResult started) {
    List<Finding> found = new ArrayList<>();
    long ram = built.lowmemEnd() + Math.max(0, built.highmemEnd() - XenLayout.FOUR_GIB);
    long usualLow = Math.min(ram, XenLayout.HVM_LOW_RAM_LIMIT);
    long usualHigh = ram > usualLow ? XenLayout.FOUR_GIB + ram - usualLow : 0;
    long usual = Extents.of(Guest.Type.HVM, usualLow, usualHigh).huge();
    long huge = Extents.of(Guest.Type.HVM, built.lowmemEnd(), built.highmemEnd()).huge();
    if (huge < usual) {
      found.add(
          new Finding(
              Severity.NOTE,
              "hole-splits-gigabytes",
              "with low RAM ending at 0x%x, %d pages of 1 GiB back RAM; by default %d do"
                  .formatted(built.lowmemEnd(), huge, usual),
              guest.document()));
    }
    int mtrrs =
        blocks(started.lowStart(), started.lowEnd())
            + blocks(started.highStart(), started.highEnd());
    if (mtrrs > MTRRS) {
      found.add(
          new Finding(
              Severity.WARNING,
              "mtrrs-run-out",
              "the PCI windows from 0x%x need %d variable MTRRs, a guest has %d; the rest of them"
                      .formatted(started.lowStart(), mtrrs, MTRRS)
                  + " stays cached by MTRR",
              guest.document()));
    }
    if (started.e820().size() > E820_ENTRIES) {
      found.add(
          new Finding(
              Severity.WARNING,
              "e820-runs-over",
              "hvmloader's memory map takes %d entries and has room for %d; it writes on without a"
                      .formatted(started.e820().size(), E820_ENTRIES)
                  + " check",
              guest.document()));
    }
    return found;
  }

  /** How many naturally aligned blocks cover a range, as hvmloader cacheattr.c takes them. */
  static int blocks(long start, long end) {
    int count = 0;
    for (long base = start; base < end; count++) {
      long size = base == 0 ? Long.highestOneBit(end) : Long.lowestOneBit(base);
      while (base + size > end && size > Gfn.BYTES) {
        size >>= 1;
      }
      base += size;
    }
    return count;
  }
}
