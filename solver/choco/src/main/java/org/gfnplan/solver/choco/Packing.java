package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.space.GfnRange;

/** Counts, for regions that exclude each other, the aligned blocks of each gap. */
final class Packing {
  /*
   * At step a, a region whose start is a multiple of a uses up ceil(length / a) multiples of a, the
   * ones from its start to its end, and no other such region uses these. A gap has as many as lie
   * in it, less the last one if no region leaves so much of its last block unused. So per step the regions are items and the gaps are bins, one binPacking each: that
   * refutes pigeonholes and 3-partitions which the pairs cannot. The bound of a load must be no
   * larger than what its eligible items can bring, or binPacking misses that slack is used up.
   */
  private static final int MOST_BINS = 256;

  private final Model model;
  private final Spans spans;

  Packing(Model model, Spans spans) {
    this.model = model;
    this.spans = spans;
  }

  void post(List<Region> clique) throws Impossible {
    List<GfnRange> bins = spans.usable(clique);
    if (bins.size() > MOST_BINS) {
      return;
    }
    long[] starts = spans.starts(bins);
    long[] ends = spans.ends(bins);
    List<Item> items = new ArrayList<>();
    TreeSet<Long> steps = new TreeSet<>(List.of(1L));
    for (Region region : clique) {
      Span span = spans.of(region);
      IntVar bin = bin(span, spans.usable(region), bins);
      long step = span.step();
      items.add(new Item(bin, span.length().getLB(), step));
      steps.add(step);
    }
    for (long step : steps) {
      post(step, items, starts, ends);
    }
  }

  /** A region as an item: its bin, its least length, and what its start is a multiple of. */
  private record Item(IntVar bin, long length, long step) {}

  private IntVar bin(Span span, List<GfnRange> gaps, List<GfnRange> bins) {
    int[] binOfGap = new int[gaps.size()];
    for (int i = 0; i < binOfGap.length; i++) {
      while (!bins.get(binOfGap[i]).contains(gaps.get(i))) {
        binOfGap[i]++;
      }
    }
    IntVar gap = span.gap();
    if (gap == null) {
      return model.intVar(binOfGap[0]);
    }
    if (gaps.equals(bins)) {
      return gap;
    }
    IntVar bin = model.intVar(gap.getName() + ".bin", binOfGap);
    model.element(bin, binOfGap, gap).post();
    return bin;
  }

  private void post(long step, List<Item> items, long[] starts, long[] ends) throws Impossible {
    List<Item> aligned = items.stream().filter(item -> item.step() % step == 0).toList();
    long sum = 0;
    long[] eligible = new long[starts.length];
    long[] most = new long[starts.length];
    for (Item item : aligned) {
      sum += blocks(item.length(), step);
      for (int bin = 0; bin < starts.length; bin++) {
        if (item.bin().contains(bin)) {
          eligible[bin] += blocks(item.length(), step);
          most[bin] = Math.max(most[bin], capacity(item, step, starts[bin], ends[bin]));
        }
      }
    }
    long room = 0;
    for (int bin = 0; bin < starts.length; bin++) {
      most[bin] = Math.min(eligible[bin], most[bin]);
      room += most[bin];
    }
    if (sum > room) {
      throw new Impossible();
    }
    if (aligned.size() < 2 || starts.length < 2 || !DoesNotFit.fits(sum)) {
      return;
    }
    IntVar[] loads = new IntVar[starts.length];
    for (int bin = 0; bin < loads.length; bin++) {
      loads[bin] = model.intVar("load", 0, DoesNotFit.guard("load", most[bin]));
    }
    int[] sizes = aligned.stream().mapToInt(item -> (int) blocks(item.length(), step)).toArray();
    IntVar[] bins = aligned.stream().map(Item::bin).toArray(IntVar[]::new);
    model.binPacking(bins, sizes, loads, 0).post();
  }

  /** The blocks of a gap up to the last one that this item may begin to use and not fill. */
  private static long capacity(Item item, long step, long start, long end) {
    long rest = item.length() % step;
    long partly = 0 < rest && rest <= end % step ? 1 : 0;
    return Math.max(0, end / step - blocks(start, step) + partly);
  }

  /** The multiples of {@code step} in {@code [0, end)}. */
  private static long blocks(long end, long step) {
    return -Math.floorDiv(-end, step);
  }
}
