package org.gfnplan.models.platform.qemu;

import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.solver.problem.Statement;

/**
 * Something on the root bus that firmware gives addresses to: a register, or a window of a port
 * with the registers behind it.
 *
 * @param name unique in its guest
 * @param bytes how much, whole pages
 * @param align a power of two of at least a page
 * @param prefetchable whether reads of it have no side effects
 * @param wide whether it may lie above 4 GiB
 * @param inner the registers in it, in the order firmware places them; none for a register itself
 * @param statement why it is there
 * @param changes what a user can change about it
 */
record PciItem(
    String name,
    long bytes,
    long align,
    boolean prefetchable,
    boolean wide,
    List<Inner> inner,
    Statement statement,
    List<Change> changes) {
  /** How firmware sorts what it places; equal ones keep their order. */
  static final Comparator<PciItem> LARGEST_FIRST =
      Comparator.comparingLong(PciItem::align).thenComparingLong(PciItem::bytes).reversed();

  PciItem {
    inner = List.copyOf(inner);
    changes = List.copyOf(changes);
  }

  /** The same at addresses that are multiples of {@code bytes}, too. */
  PciItem alignedTo(long bytes) {
    return new PciItem(
        name, this.bytes, Math.max(align, bytes), prefetchable, wide, inner, statement, changes);
  }

  /**
   * A register behind a port.
   *
   * @param function whose register it is
   * @param bar the register
   */
  record Inner(GuestFunction function, Bar bar) {}
}
