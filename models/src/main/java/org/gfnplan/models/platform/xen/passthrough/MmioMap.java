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
  private final boolean everyCall;
  private final Consumer<MapCall> log;
  private final P2mMap map = new P2mMap();

  /** Blocks of 2 MiB that have a table of small entries. */
  private final P2mMap tables = new P2mMap();

  private boolean crashed;

  MmioMap(boolean hap, List<GfnRange> identity, boolean everyCall, Consumer<MapCall> log) {
    this.hap = hap;
    this.everyCall = everyCall;
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
    long inTheWay = firstInTheWay(new GfnRange(first, end), mfn);
    calls(Kind.ADD, first, inTheWay, end, mfn);
    if (inTheWay > first) {
      map.replace(
          new Extent(
              new GfnRange(first, inTheWay),
              mfn < 0 ? Extent.ANYWHERE : mfn,
              P2mType.DEVICE,
              Access.READ_WRITE_EXECUTE));
      addTables(first, inTheWay, toMfn(first, mfn));
    }
    if (inTheWay < end) {
      call(Kind.FAIL, first, inTheWay, end, mfn);
      crashed = true;
      remove(piece);
    }
  }

  void remove(RegisterView.Piece piece) {
    long first = first(piece);
    long end = end(piece);
    long mfn = mfn(piece);
    long reached = mappedUntil(first, end);
    calls(Kind.REMOVE, first, reached, end, mfn);
    if (reached > first) {
      addTables(first, reached, toMfn(first, mfn));
      map.remove(new GfnRange(first, reached));
    }
  }

  /** The first call, and those that go on until one finds that it cannot: each does its part. */
  private void calls(Kind kind, long first, long reached, long end, long mfn) {
    call(kind, first, first, end, mfn);
    if (!everyCall) {
      return;
    }
    long toMfn = toMfn(first, mfn);
    for (long at = next(first, end, toMfn); at < reached; at = next(at, end, toMfn)) {
      call(kind, first, at, end, mfn);
    }
    if (first < reached && reached < end) {
      call(kind, first, reached, end, mfn);
    }
  }

  private static long toMfn(long first, long mfn) {
    return mfn < 0 ? 0 : mfn - first;
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

  /** Small entries are those of blocks that are not whole, or all. */
  private void addTables(long from, long to, long toMfn) {
    long head = Gfn.roundUp(from, LARGE);
    long tail = Gfn.roundDown(to, LARGE);
    if (!hap || toMfn % LARGE != 0 || head > tail) {
      addTable(from, to);
      return;
    }
    if (from < head) {
      addTable(from, head);
    }
    if (tail < to) {
      addTable(tail, to);
    }
  }

  private void addTable(long from, long to) {
    long start = from - from % LARGE;
    long end = (to + LARGE - 1) / LARGE * LARGE;
    tables.replace(
        Extent.anywhere(new GfnRange(start, end), P2mType.SPECIAL, Access.READ_WRITE_EXECUTE));
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
