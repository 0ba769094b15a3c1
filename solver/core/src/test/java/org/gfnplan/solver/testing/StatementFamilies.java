package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * Problems of many statements of which a few cannot hold together, for explaining.
 *
 * <p>{@code X:n:c:seed} has {@code n} statements beside the memory and {@code c} planted conflicts:
 * a block of 2^16 in a hole with one slot for it that is taken; a window of 2^28 in 24 address
 * bits; two blocks pinned at the same frame; a block pinned on a taken frame. {@code H:b:h} has
 * {@code b} blocks of 1024, {@code h} taken frames and a hole of 112 slots.
 */
final class StatementFamilies {
  private static final long FOUR_GIB = Instance.FOUR_GIB;
  private static final GfnSet LOW_ZONE = GfnSet.of(new GfnRange(0, 0xFC000));

  private final String spec;
  private final List<Region> regions = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Region> blocks = new ArrayList<>();
  private final List<Region> taken = new ArrayList<>();
  private final List<Region> windows = new ArrayList<>();
  private final Region low;
  private final Region high;
  private int statements;

  private StatementFamilies(String spec) {
    this.spec = spec;
    Statement memory = says("memory: 4 GiB");
    low = region("low", new Length(0x40000, 0xE0000), 1, memory);
    high = region("high", new Length(0, 1L << 40), 1, memory);
    rules.add(new Rule.Pinned(memory, low, 0));
    rules.add(new Rule.Pinned(memory, high, FOUR_GIB));
    GfnSet legacy = GfnSet.of(new GfnRange(0xA0, 0x100));
    rules.add(new Rule.TotalLength(memory, List.of(low, high), legacy, FOUR_GIB));
  }

  /** Whether this name is of a statement family. */
  static boolean knows(String spec) {
    return spec.startsWith("X:") || (spec.startsWith("H:") && spec.split(":").length == 3);
  }

  /** The problem of a name. */
  static Problem problem(String spec) {
    StatementFamilies draft = new StatementFamilies(spec);
    long[] n = Arrays.stream(spec.split(":")).skip(1).mapToLong(Long::parseLong).toArray();
    if (spec.startsWith("X:")) {
      draft.planted(n[0] + 1, n[1], new SplitMix64(n[2]));
    } else {
      draft.pigeons(n[0], n[1]);
    }
    return new Problem(draft.regions, draft.rules, List.of());
  }

  private void planted(long count, long conflicts, SplitMix64 random) {
    addHolePolicy();
    Statement bits = says("36 address bits");
    if (conflicts >= 1) {
      addBlock(1 << 16);
      addTaken(0xE4321, 0xE4400);
    }
    if (conflicts >= 2) {
      addWindow(1 << 28);
    }
    if (conflicts >= 3) {
      addPin(addBlock(64), 0xF8000);
      addPin(addBlock(64), 0xF8000);
    }
    if (conflicts >= 4) {
      addPin(addBlock(16), 0xF9000);
      addTaken(0xF9008, 0xF900C);
    }
    while (statements < count) {
      switch (random.index(3)) {
        case 0 -> {
          long start = 0xE0000 + random.below(0x10000);
          addTaken(start, start + 1 + random.below(4));
        }
        case 1 -> addBlock(1L << random.below(7));
        default -> addWindow(512 * (1 + random.below(64)));
      }
    }
    GfnSet reachable = GfnSet.of(new GfnRange(0, 1L << 24));
    rules.add(new Rule.Within(bits, high, reachable));
    windows.forEach(window -> rules.add(new Rule.Within(bits, window, reachable)));
  }

  private void pigeons(long blockCount, long takenCount) {
    addHolePolicy();
    for (long i = 0; i < takenCount; i++) {
      long start = 0xE0000 + 1024 * i + 77;
      addTaken(start, start + 1);
    }
    for (long i = 0; i < blockCount; i++) {
      addBlock(1024);
    }
  }

  private void addHolePolicy() {
    rules.add(new Rule.Sized(says("low memory ends at 0xe0000 at least"), low, 0xE0000, 1L << 40));
  }

  /** A block in the low zone, clear of low memory, of other blocks and of what is taken. */
  private Region addBlock(long size) {
    Statement says = says("block of 0x%x".formatted(size));
    Region block = region("block" + statements, Length.fixed(size), size, says);
    rules.add(new Rule.Within(says, block, LOW_ZONE));
    apart(says, block, List.of(low));
    apart(says, block, blocks);
    apart(says, block, taken);
    blocks.add(block);
    return block;
  }

  private void addWindow(long size) {
    Statement says = says("window of 0x%x".formatted(size));
    Region window = region("window" + statements, Length.fixed(size), 512, says);
    rules.add(new Rule.Within(says, window, GfnSet.of(new GfnRange(FOUR_GIB, 1L << 40))));
    apart(says, window, List.of(high));
    apart(says, window, windows);
    windows.add(window);
  }

  /** A taken range; such ranges may overlap each other. */
  private void addTaken(long start, long end) {
    Statement says = says("taken: " + new GfnRange(start, end));
    Region range = region("taken" + statements, Length.fixed(end - start), 1, says);
    rules.add(new Rule.Pinned(says, range, start));
    apart(says, range, blocks);
    taken.add(range);
  }

  private void addPin(Region block, long start) {
    rules.add(new Rule.Pinned(says("`%s` stays".formatted(block.name())), block, start));
  }

  private void apart(Statement says, Region region, List<Region> others) {
    if (!others.isEmpty()) {
      rules.add(new Rule.Apart(says, region, others));
    }
  }

  private Region region(String name, Length length, long alignment, Statement says) {
    Region region = new Region(name, "thing", length, new Alignment(alignment), says);
    regions.add(region);
    return region;
  }

  private Statement says(String text) {
    int number = ++statements;
    return Statement.required("X" + number, text, Origin.line(spec, number, text));
  }
}
