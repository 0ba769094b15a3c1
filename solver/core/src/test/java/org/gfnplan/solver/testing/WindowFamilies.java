package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * Problems of bars in a window that is as large as what it has to hold.
 *
 * <p>{@code W:n:f:w:mode:seed} has {@code n} bars in a window above the memory that stretches to a
 * grid of 1 GiB and is to be as short as possible, {@code f} fixed frames that all of them keep
 * clear of, and {@code w} device windows. Mode 0: the memory is fixed and the device windows lie in
 * a device memory of a fixed length. Mode 1: low memory stretches, its other part follows the sum,
 * the device memory is to be as short as possible, too, and the window follows it: three addresses
 * are unknown. Mode 2 is mode 0 with some bars of 2^25 + 2^8 frames aligned to 2^25. Mode 3 is mode
 * 1 with more bars than the space can hold.
 */
final class WindowFamilies {
  private static final long MIB = 256;
  private static final long GIB = 1024 * MIB;
  private static final long LARGE = 128 * GIB;
  private static final GfnSet HIGH = GfnSet.of(new GfnRange(4 * GIB, Gfn.LIMIT));

  private final String spec;
  private final SplitMix64 random;
  private final List<Region> regions = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Region> memory = new ArrayList<>();
  private final List<Region> fixed = new ArrayList<>();
  private final List<Region> placed = new ArrayList<>();
  private final List<Preference> costs = new ArrayList<>();
  private int statements;

  private WindowFamilies(String spec, long seed) {
    this.spec = spec;
    random = new SplitMix64(seed);
  }

  /** Whether this name is of the family. */
  static boolean knows(String spec) {
    return spec.startsWith("W:");
  }

  /** Whether the problem of a name has a layout. */
  static boolean isPossible(String spec) {
    return numbers(spec)[3] < 3;
  }

  private static long[] numbers(String spec) {
    return Arrays.stream(spec.split(":")).skip(1).mapToLong(Long::parseLong).toArray();
  }

  /** The problem of a name. */
  static Problem problem(String spec) {
    long[] n = numbers(spec);
    if (n.length != 5 || n[3] < 0 || n[3] > 3) {
      throw new IllegalArgumentException("the name must be of a known family: spec=" + spec);
    }
    WindowFamilies draft = new WindowFamilies(spec, n[4]);
    draft.build((int) n[0], n[1], n[2], (int) n[3]);
    return new Problem(draft.regions, draft.rules, draft.costs);
  }

  private void build(int bars, long frames, long windows, int mode) {
    boolean open = mode == 1 || mode == 3;
    addMemory(open);
    Region high = memory.get(1);
    Statement says = says("device memory");
    Length length = open ? new Length(0, 1L << 38) : Length.fixed((windows + 1) * 64 * GIB);
    Region device = region("device", length, 1, says);
    rules.add(new Rule.Follows(says, device, List.of(high), new Alignment(GIB)));
    Statement bridge = says("window");
    Region window = region("window", new Length(0, 1L << 38), 1, bridge);
    rules.add(new Rule.Follows(bridge, window, List.of(high, device), new Alignment(GIB)));
    for (Region each : List.of(device, window)) {
      rules.add(new Rule.Within(says, each, HIGH));
      rules.add(new Rule.OnGrid(says, each.end(), GIB));
      if (each.length().min() < each.length().max()) {
        costs.add(new Preference.Shortest(List.of(each)));
      }
    }
    for (long i = 0; i < frames; i++) {
      addFixed(
          random.below(3) == 0
              ? 4 * GIB + random.below(16384 * GIB)
              : 0xF0000 + random.below(0xC000),
          1 + random.below(64));
    }
    for (long i = 0; i < windows; i++) {
      long step = random.below(2) == 0 ? 512 : GIB;
      add("dimm", (1 + random.below(16)) * GIB + 512 * random.below(2), step, device);
    }
    for (int i = 0; i < bars; i++) {
      boolean odd = mode == 2 && i % 50 == 7;
      long size = mode == 3 ? 1L << 33 : 1L << random.below(i % 20 == 0 ? 25 : 14);
      add("bar", odd ? LARGE + MIB : size, odd ? LARGE : size, window);
    }
  }

  private void addMemory(boolean open) {
    Statement says = says("memory");
    Length lower = open ? new Length(GIB, 0xF0000) : Length.fixed(3 * GIB);
    Length upper = open ? new Length(0, 1L << 38) : Length.fixed(61 * GIB);
    Region low = region("low", lower, 1, says);
    Region high = region("high", upper, 1, says);
    rules.add(new Rule.Pinned(says, low, 0));
    rules.add(new Rule.Pinned(says, high, 4 * GIB));
    memory.add(low);
    memory.add(high);
    if (open) {
      rules.add(new Rule.TotalLength(says, memory, GfnSet.empty(), 64 * GIB));
      rules.add(new Rule.OnGrid(says, low.end(), MIB));
      costs.add(new Preference.Shortest(List.of(high)));
    }
  }

  private void addFixed(long start, long length) {
    Statement says = says("taken: " + GfnRange.at(start, length));
    Region taken = region("taken", Length.fixed(length), 1, says);
    rules.add(new Rule.Pinned(says, taken, start));
    fixed.add(taken);
  }

  /** Something inside of a container, clear of memory, of what is fixed and of what came before. */
  private void add(String name, long size, long alignment, Region container) {
    Statement says = says("%s of 0x%x".formatted(name, size));
    Region region = region(name, Length.fixed(size), alignment, says);
    List<Region> others = new ArrayList<>(memory);
    others.addAll(fixed);
    others.addAll(placed);
    rules.add(new Rule.Inside(says, region, container));
    rules.add(new Rule.Apart(says, region, others));
    placed.add(region);
  }

  private Region region(String name, Length length, long alignment, Statement says) {
    String number = name + regions.size();
    Region region = new Region(number, "thing", length, new Alignment(alignment), says);
    regions.add(region);
    return region;
  }

  private Statement says(String text) {
    int number = ++statements;
    return Statement.required("W" + number, text, Origin.line(spec, number, text));
  }
}
