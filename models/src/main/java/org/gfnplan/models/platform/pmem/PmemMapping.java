package org.gfnplan.models.platform.pmem;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/**
 * How a window of a guest is mapped to the host memory behind it.
 *
 * @param window the name of the window
 * @param backing what is behind it
 * @param runs its pieces by gfn, one for each extent of the backing; none when the place of the
 *     contents is not known, or an extent does not start and end with a page
 */
public record PmemMapping(String window, HostPmem backing, List<Run> runs) {
  private static final List<Long> PAGES = List.of(1L << 18, 1L << 9, 1L);

  /**
   * Frames of the guest that are frames of the host in the same order.
   *
   * @param gfns where the guest sees them
   * @param mfn the first frame of the host
   */
  public record Run(GfnRange gfns, long mfn) {
    /** The frames of the largest page that maps a part of it: 1, 2^9 or 2^18. */
    public long largestPage() {
      return PAGES.stream().filter(this::holds).findFirst().orElse(1L);
    }

    private boolean holds(long page) {
      boolean congruent = Math.floorMod(gfns.start() - mfn, page) == 0;
      return congruent && Gfn.roundUp(gfns.start(), page) + page <= gfns.end();
    }
  }

  public PmemMapping {
    runs = List.copyOf(runs);
  }

  /** The mapping of each window of a layout whose backing the host knows, in order. */
  public static List<PmemMapping> of(Scene scene, List<MapEntry> map) {
    List<PmemMapping> found = new ArrayList<>();
    for (PmemWindow window : scene.guest().pmem()) {
      HostPmem backing = PmemBacking.of(scene.host(), window);
      for (MapEntry entry : map) {
        if (backing != null
            && entry.kind().equals(PmemRules.KIND)
            && entry.name().equals(PmemRules.regionName(window))) {
          found.add(new PmemMapping(window.name(), backing, runs(entry.range(), backing)));
        }
      }
    }
    return found;
  }

  private static List<Run> runs(GfnRange window, HostPmem backing) {
    boolean isFile = backing.kind() == HostPmem.Kind.FILE;
    boolean paged =
        backing.extents().stream().allMatch(e -> (e.startByte() | e.endByte()) % Gfn.BYTES == 0);
    // A namespace that is smaller than its extents keeps data of its own in them, and where it
    // does so is not known here. A file starts at its first block.
    if (!paged || (!isFile && backing.bytes() != ByteRange.sum(backing.extents()))) {
      return List.of();
    }
    List<Run> runs = new ArrayList<>();
    long gfn = window.start();
    for (ByteRange extent : backing.extents()) {
      long frames = Math.min(Gfn.floor(extent.bytes()), window.end() - gfn);
      if (frames > 0) {
        runs.add(new Run(new GfnRange(gfn, gfn + frames), Gfn.floor(extent.startByte())));
        gfn += frames;
      }
    }
    return runs;
  }
}
