package org.gfnplan.models.platform.xen.passthrough;

import java.util.List;
import java.util.function.Consumer;
import org.gfnplan.models.platform.xen.passthrough.MapCall.Kind;
import org.gfnplan.solver.p2m.Access;
import org.gfnplan.solver.p2m.Extent;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/**
 * Xen's map of a guest as far as registers and identity mappings go, and the calls that change it.
 *
 * <p>Restates {@code xc_domain_memory_mapping} (libxc, xc_domain.c), {@code map_mmio_regions},
 * {@code unmap_mmio_regions} and {@code set_typed_p2m_entry} (mm/p2m.c).
 */
final class MmioMap {
  /*
   * A call sets or clears 64 entries at most, of 2 MiB where guest and host frames are so aligned
   * and the guest has HAP, else of 4 KiB; then libxc asks for the rest. Where a table of 4 KiB
   * entries has been, it stays. An entry over another mapping of a device kills the guest; libxc
   * then clears what it has asked for until a frame is empty.
   */
  private static final int MOST_ENTRIES = 64;

  private static final long LARGE = 512;

  private final boolean hap;
  private final Consumer<MapCall> log;
  private final P2mMap map = new P2mMap();

  /** Blocks of 2 MiB that have a table of small entries. */
  private final P2mMap tables = new P2mMap();

  private boolean crashed;

  MmioMap(boolean hap, List<GfnRange> identity, Consumer<MapCall> log) {
    this.hap = hap;
    this.log = log;
    for (GfnRange range : identity) {
      map.replace(Extent.identity(range, Access.READ_WRITE));
      addTable(range.start(), range.end());
    }
  }

  /** Whether Xen has killed the guest. */
  boolean crashed() {
    return crashed;
  }

  void add(RegisterView.Piece piece) {
    long first = first(piece);
    long end = end(piece);
    long mfn = mfn(piece);
    long toMfn = mfn < 0 ? 0 : mfn - first;
    long inTheWay = firstInTheWay(new GfnRange(first, end), mfn);
    for (long at = first; at < end; ) {
      call(Kind.ADD, first, at, end, mfn);
      long next = next(at, end, toMfn);
      if (inTheWay < next) {
        // What the call did before it met the frame is done, and the next call fails at once.
        if (at == inTheWay) {
          call(Kind.FAIL, first, at, end, mfn);
          crashed = true;
          remove(piece);
          return;
        }
        next = inTheWay;
      }
      put(at, next, mfn < 0 ? Extent.ANYWHERE : mfn + (at - first));
      addTables(at, next, toMfn);
      at = next;
    }
  }

  void remove(RegisterView.Piece piece) {
    long first = first(piece);
    long end = end(piece);
    long mfn = mfn(piece);
    long toMfn = mfn < 0 ? 0 : mfn - first;
    for (long at = first; at < end; ) {
      call(Kind.REMOVE, first, at, end, mfn);
      long next = next(at, end, toMfn);
      long reached = mappedUntil(at, next);
      if (reached == at) {
        return;
      }
      addTables(at, reached, toMfn);
      map.remove(new GfnRange(at, reached));
      at = reached;
    }
  }

  private void call(Kind kind, long first, long at, long end, long mfn) {
    log.accept(
        new MapCall(
            kind,
            Gfn.toBytes(at),
            Gfn.toBytes(end),
            mfn < 0 ? -1 : Gfn.toBytes(mfn + (at - first)),
            at > first));
  }

  /** How far 64 entries from {@code at} reach. */
  private long next(long at, long end, long toMfn) {
    long reached = at;
    for (int i = 0; i < MOST_ENTRIES && reached < end; i++) {
      reached += isLarge(reached, end, toMfn) ? LARGE : 1;
    }
    return reached;
  }

  private boolean isLarge(long at, long end, long toMfn) {
    return hap
        && at % LARGE == 0
        && toMfn % LARGE == 0
        && end - at >= LARGE
        && !tables.any(at, at + LARGE);
  }

  private void addTables(long from, long to, long toMfn) {
    for (long at = from; at < to; ) {
      boolean large = isLarge(at, to, toMfn);
      if (!large) {
        addTable(at, at + 1);
      }
      at = large ? at + LARGE : Math.min(to, at - at % LARGE + LARGE);
    }
  }

  private void addTable(long from, long to) {
    long start = from - from % LARGE;
    long end = (to + LARGE - 1) / LARGE * LARGE;
    tables.replace(
        Extent.anywhere(new GfnRange(start, end), P2mType.SPECIAL, Access.READ_WRITE_EXECUTE));
  }

  private void put(long from, long to, long mfn) {
    map.replace(new Extent(new GfnRange(from, to), mfn, P2mType.DEVICE, Access.READ_WRITE_EXECUTE));
  }

  /** The first frame that maps something else of a device; past the end when there is none. */
  private long firstInTheWay(GfnRange range, long mfn) {
    for (Extent there : map.in(range)) {
      if (mfn < 0 || there.mfn() != mfn + (there.range().start() - range.start())) {
        return there.range().start();
      }
    }
    return range.end();
  }

  /** Where the run of mapped frames ends that starts at {@code from}. */
  private long mappedUntil(long from, long to) {
    long reached = from;
    for (Extent there : map.in(new GfnRange(from, to))) {
      if (there.range().start() > reached) {
        break;
      }
      reached = there.range().end();
    }
    return reached;
  }

  /* QEMU rounds all three up to pages (hw/xen/xen_pt.c, xen_pt_region_update). */

  private static long first(RegisterView.Piece piece) {
    return Gfn.ceil(piece.startByte());
  }

  private static long end(RegisterView.Piece piece) {
    return first(piece) + Gfn.ceil(piece.endByte() - piece.startByte());
  }

  private static long mfn(RegisterView.Piece piece) {
    return piece.hostByte() < 0 ? -1 : Gfn.ceil(piece.hostByte());
  }
}
