package org.gfnplan.solver.p2m;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** A map of single frames with the hypervisor's loop over them: slow, and easy to believe. */
final class FrameByFrame {
  private TreeMap<Long, Frame> frames = new TreeMap<>();
  private List<Held> held = new ArrayList<>();

  record Frame(long mfn, P2mType type, Access access) {}

  record Held(GfnRange range, Access access, int holders) {}

  FrameByFrame copy() {
    FrameByFrame copy = new FrameByFrame();
    copy.frames = new TreeMap<>(frames);
    copy.held = new ArrayList<>(held);
    return copy;
  }

  /** Whether every frame was free; otherwise nothing changes. */
  boolean insert(Extent extent) {
    if (!frames.subMap(extent.range().start(), extent.range().end()).isEmpty()) {
      return false;
    }
    replace(extent);
    return true;
  }

  void replace(Extent extent) {
    for (long gfn = extent.range().start(); gfn < extent.range().end(); gfn++) {
      frames.put(gfn, new Frame(extent.mfnAt(gfn), extent.type(), extent.access()));
    }
  }

  long remove(GfnRange range) {
    var there = frames.subMap(range.start(), range.end());
    long count = there.size();
    there.clear();
    return count;
  }

  /** The word for what came of it: mapped, counted, partial, taken or held. */
  String add(GfnRange range, Access access, boolean skips) {
    for (int i = 0; i < held.size(); i++) {
      Held other = held.get(i);
      if (other.range.equals(range) && other.access == access) {
        held.set(i, new Held(range, access, other.holders + 1));
        return "counted " + (other.holders + 1);
      }
      if (other.range.overlaps(range)) {
        return "held " + other.range + " " + other.access;
      }
    }
    TreeMap<Long, Frame> before = new TreeMap<>(frames);
    List<Long> left = new ArrayList<>();
    for (long gfn = range.start(); gfn < range.end(); gfn++) {
      Frame there = frames.get(gfn);
      if (there == null) {
        frames.put(gfn, new Frame(gfn, P2mType.IDENTITY, access));
      } else if (!isIdentity(gfn, there) || there.access != access) {
        if (!skips) {
          frames = before;
          return "taken " + gfn;
        }
        left.add(gfn);
      }
    }
    held.add(new Held(range, access, 1));
    held.sort(Comparator.comparing(Held::range));
    return left.isEmpty() ? "mapped" : "partial " + left;
  }

  int release(GfnRange range) {
    for (int i = 0; i < held.size(); i++) {
      Held other = held.get(i);
      if (other.range.equals(range)) {
        if (other.holders > 1) {
          held.set(i, new Held(range, other.access, other.holders - 1));
          return other.holders - 1;
        }
        held.remove(i);
        frames
            .subMap(range.start(), range.end())
            .entrySet()
            .removeIf(e -> isIdentity(e.getKey(), e.getValue()));
        return 0;
      }
    }
    return IdentityMappings.UNKNOWN;
  }

  private static boolean isIdentity(long gfn, Frame frame) {
    return frame.mfn == gfn && (frame.type == P2mType.DEVICE || frame.type == P2mType.IDENTITY);
  }

  /** What is mapped, joined frame by frame. */
  List<Extent> extents() {
    List<Extent> found = new ArrayList<>();
    Extent last = null;
    for (var entry : frames.entrySet()) {
      long gfn = entry.getKey();
      Frame frame = entry.getValue();
      Extent next = new Extent(new GfnRange(gfn, gfn + 1), frame.mfn, frame.type, frame.access);
      if (last != null && joins(last, next)) {
        GfnRange both = new GfnRange(last.range().start(), gfn + 1);
        last = new Extent(both, last.mfn(), last.type(), last.access());
        found.set(found.size() - 1, last);
      } else {
        found.add(next);
        last = next;
      }
    }
    return found;
  }

  private static boolean joins(Extent last, Extent next) {
    long expected =
        last.mfn() == Extent.ANYWHERE ? Extent.ANYWHERE : last.mfn() + last.range().length();
    return last.range().end() == next.range().start()
        && last.type() == next.type()
        && last.access() == next.access()
        && expected == next.mfn();
  }

  /** Pages as a page table is filled: the largest that is aligned and whole, from the start. */
  static PageCounts pages(List<Extent> extents) {
    long[] pages = new long[3];
    for (Extent extent : extents) {
      long gfn = extent.range().start();
      while (gfn < extent.range().end()) {
        int size = fits(extent, gfn, 18) ? 2 : fits(extent, gfn, 9) ? 1 : 0;
        pages[size]++;
        gfn += 1L << (9 * size);
      }
    }
    return new PageCounts(pages[0], pages[1], pages[2]);
  }

  private static boolean fits(Extent extent, long gfn, int order) {
    long low = (1L << order) - 1;
    boolean large = extent.type() != P2mType.IDENTITY && extent.type() != P2mType.SPECIAL;
    long mfn = extent.mfn() == Extent.ANYWHERE ? 0 : extent.mfnAt(gfn);
    return large && ((gfn | mfn) & low) == 0 && gfn + low < extent.range().end();
  }

  @Nullable Frame at(long gfn) {
    return frames.get(gfn);
  }
}
