package org.gfnplan.models.pci;

import java.util.List;
import java.util.Locale;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A base address register: a window that a PCI function wants in the address space of whoever
 * drives it. It is naturally aligned: its address is a multiple of its size.
 *
 * @param index 0 to 5, or {@link #ROM} for the expansion ROM
 * @param space what it decodes
 * @param bytes how much, a power of two of at least {@link #least}
 * @param prefetchable whether reads have no side effects, so that a bridge may forward it from its
 *     64-bit window
 * @param resizableTo the sizes in bytes it can be set to, ascending; empty when it has one size
 * @param hostByte where the host has it, or null when it is not placed or not known
 * @param origin what says so
 */
public record Bar(
    int index,
    Space space,
    long bytes,
    boolean prefetchable,
    List<Long> resizableTo,
    @Nullable Stated<Long> hostByte,
    Origin origin) {
  /** The index of the expansion ROM. */
  public static final int ROM = 6;

  /** What a register decodes. */
  public enum Space {
    /** I/O ports. */
    IO,
    /** Memory below 4 GiB. */
    MEMORY_32,
    /** Memory anywhere. */
    MEMORY_64;

    /** The word of host documents: {@code io}, {@code memory-32}, {@code memory-64}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Bar {
    if (index < 0 || index > ROM || bytes < least(space) || Long.bitCount(bytes) != 1) {
      throw new IllegalArgumentException(
          "a bar must have an index of 0..6 and a power of two of at least %d bytes: index=%d"
                  .formatted(least(space), index)
              + " bytes=0x%x".formatted(bytes));
    }
    resizableTo = List.copyOf(resizableTo);
  }

  /** The fewest bytes that a register can decode: 16 of memory, 4 ports. */
  public static long least(Space space) {
    return space == Space.IO ? 4 : 16;
  }

  /** Whether it takes memory, of any width. */
  public boolean isMemory() {
    return space != Space.IO;
  }
}
