package org.gfnplan.models.platform.xen.hvmloader;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.xen.XenLayout;

/**
 * hvmloader's rule that gives memory registers their addresses ({@code pci_setup}, hvmloader
 * pci.c), ready to be asked for many windows. Immutable; all addresses are bytes.
 *
 * <p>Placing costs one pass over registers and reserved ranges together and makes no garbage.
 */
public final class BarPlacement {
  /*
   * Largest first, each at the next multiple of its size; what is skipped is never used again.
   * Reserved memory is looked at one entry at a time: the one with the lowest end above the
   * address, and of equal ends the last. An entry that contains others is therefore missed by a
   * register that ends before the inner one starts. Entries that end above 4 GiB are never seen,
   * and none is seen by registers above 4 GiB. Whether the window is large enough is decided on
   * the sum of sizes, without what alignment and reserved memory cost.
   */

  /** The address of a register that found no space. */
  public static final long NO_SPACE = -1;

  /** What {@link #place} answers when every register has an address. */
  public static final int ALL_PLACED = -1;

  /** A 64-bit register above this size is always placed above 4 GiB (BAR_RELOC_THRESH). */
  private static final long LARGEST_LOW = 1L << 30;

  private final long[] sizes;
  private final boolean[] wide;
  private final long total;
  private final boolean hasHuge;

  /** Entries the rule sees, by end; no two ends are equal. */
  private final long[] seenStart;

  private final long[] seenEnd;

  /** All entries, in the order of the map. */
  private final long[] start;

  private final long[] end;

  /**
   * A rule for some registers and reserved ranges.
   *
   * @param sizes bytes of each register, powers of two below 2^52, largest first
   * @param wide whether each can be placed above 4 GiB
   * @param map entries of the guest's map; those that are {@link E820Entry#RESERVED} count
   */
  public BarPlacement(long[] sizes, boolean[] wide, List<E820Entry> map) {
    this.sizes = sizes.clone();
    this.wide = wide.clone();
    long sum = 0;
    boolean huge = false;
    for (int i = 0; i < sizes.length; i++) {
      if (Long.bitCount(sizes[i]) != 1
          || sizes[i] > 1L << 52
          || (i > 0 && sizes[i] > sizes[i - 1])) {
        throw new IllegalArgumentException(
            "registers must be powers of two up to 2^52, largest first: index=%d size=0x%x"
                .formatted(i, sizes[i]));
      }
      if (wide[i] && sizes[i] > LARGEST_LOW) {
        huge = true;
      } else {
        sum += sizes[i];
      }
    }
    total = sum;
    hasHuge = huge;
    List<E820Entry> reserved =
        map.stream().filter(entry -> entry.type() == E820Entry.RESERVED).toList();
    start = reserved.stream().mapToLong(E820Entry::startByte).toArray();
    end = reserved.stream().mapToLong(E820Entry::endByte).toArray();
    List<E820Entry> seen =
        reserved.stream()
            .filter(entry -> entry.endByte() <= XenLayout.FOUR_GIB)
            .sorted(Comparator.comparingLong(E820Entry::endByte))
            .toList();
    long[] starts = new long[seen.size()];
    long[] ends = new long[seen.size()];
    int count = 0;
    for (E820Entry entry : seen) {
      // The sort is stable, so of equal ends the last stays.
      if (count > 0 && ends[count - 1] == entry.endByte()) {
        count--;
      }
      starts[count] = entry.startByte();
      ends[count++] = entry.endByte();
    }
    seenStart = Arrays.copyOf(starts, count);
    seenEnd = Arrays.copyOf(ends, count);
  }

  /** How many registers there are. */
  public int count() {
    return sizes.length;
  }

  /**
   * Where the window below 4 GiB starts when no hole is set: it grows by powers of two as far as
   * RAM lets it, and swallows all above RAM when reserved memory is in it.
   */
  public long windowStart(long lowmemEnd, long windowEnd, boolean mayMoveRam) {
    long grown = XenLayout.HVM_LOW_RAM_LIMIT;
    while (total > windowEnd - grown) {
      long next = grown << 1 & 0xffff_ffffL;
      if (next == 0 || (!mayMoveRam && next < lowmemEnd)) {
        break;
      }
      grown = next;
    }
    return grown > lowmemEnd && anyReservedIn(grown, windowEnd) ? lowmemEnd : grown;
  }

  private boolean anyReservedIn(long from, long to) {
    for (int i = 0; i < start.length; i++) {
      if (start[i] < to && end[i] > from) {
        return true;
      }
    }
    return false;
  }

  /** Whether the window is too small by the sum of sizes, or a register is too large for any. */
  public boolean usesHigh(long windowStart, long windowEnd) {
    return hasHuge || total > windowEnd - windowStart;
  }

  /**
   * Gives every register an address.
   *
   * @param windowStart where the window below 4 GiB starts
   * @param windowEnd where it ends
   * @param highStart where RAM above 4 GiB ends, at least 4 GiB
   * @param highEnd one past the last address the guest can form
   * @param into where the addresses go; it must be for as many registers
   * @return the first register without space, or {@link #ALL_PLACED}
   */
  public int place(
      long windowStart, long windowEnd, long highStart, long highEnd, BarAddresses into) {
    boolean high = usesHigh(windowStart, windowEnd);
    long left = total;
    long low = windowStart;
    long above = highStart;
    long firstHigh = 0;
    int next = 0;
    int unplaced = ALL_PLACED;
    for (int i = 0; i < sizes.length; i++) {
      long size = sizes[i];
      boolean isHigh = high && wide[i] && (left > windowEnd - low || size > LARGEST_LOW);
      if (size <= LARGEST_LOW) {
        left -= size;
      }
      long base;
      boolean fits;
      if (isHigh) {
        base = align(above, size);
        firstHigh = firstHigh == 0 ? base : firstHigh;
        fits = base + size <= highEnd;
        above = fits ? base + size : base;
      } else {
        base = align(low, size);
        int entry = next;
        while (entry < seenEnd.length) {
          if (seenEnd[entry] <= base) {
            entry++;
          } else if (seenStart[entry] < base + size) {
            base = align(seenEnd[entry], size);
          } else {
            break;
          }
        }
        fits = base + size <= windowEnd;
        if (fits) {
          low = base + size;
          next = entry;
        }
      }
      into.addresses[i] = fits ? base : NO_SPACE;
      if (!fits && unplaced == ALL_PLACED) {
        unplaced = i;
      }
    }
    into.setHigh(firstHigh, above);
    return unplaced;
  }

  /**
   * The first register that lies on a reserved range after all, or {@link #ALL_PLACED} when none
   * does.
   */
  public int firstOnReserved(BarAddresses placed) {
    for (int i = 0; i < sizes.length; i++) {
      long at = placed.addresses[i];
      if (at != NO_SPACE && anyReservedIn(at, at + sizes[i])) {
        return i;
      }
    }
    return ALL_PLACED;
  }

  /**
   * The first register that meets {@code [from, to)}, or {@link #ALL_PLACED} when none does. QEMU
   * hides registers behind what it believes to be RAM, so both its ranges are worth asking for.
   */
  public int firstMeeting(BarAddresses placed, long from, long to) {
    for (int i = 0; i < sizes.length; i++) {
      long at = placed.addresses[i];
      if (at != NO_SPACE && at < to && at + sizes[i] > from) {
        return i;
      }
    }
    return ALL_PLACED;
  }

  private static long align(long address, long size) {
    return (address + size - 1) & -size;
  }
}
