package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * Random problems of 5 to 19 regions in at most 2^24 frames that look like a guest: a low and a
 * high part of memory with a fixed sum, a hole between them with power-of-two blocks in it, places
 * that are taken, large windows above, sometimes a bridge with blocks inside. Too large to
 * enumerate; for comparing backends.
 */
public final class MediumProblems {
  /*
   * One length sets the scale: the low zone is [0, four), the hole ends a little below, the space
   * ends at 2 to 16 times four. The demand on the hole is drawn first, then the longest low part
   * that is allowed is drawn around what that demand leaves, so that about half of the problems
   * are too tight.
   */
  private final Random random;
  private final long four;
  private final long top;
  private final long space;
  private final List<Region> regions = new ArrayList<>();
  private final List<Region> blocks = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private int statements;

  private MediumProblems(long seed) {
    random = new Random(seed * 0xD1B54A32D192ED03L);
    int scale = 9 + random.nextInt(12);
    four = 1L << scale;
    top = four - (four >> (4 + random.nextInt(3)));
    space = four << (1 + random.nextInt(4));
  }

  /** The problem of a seed. */
  public static Problem random(long seed) {
    MediumProblems draft = new MediumProblems(seed);
    draft.addMemory();
    draft.addTaken();
    draft.addBlocks();
    draft.addWindows();
    draft.addTies();
    List<Preference> costs = new ArrayList<>(draft.preferences());
    // Drawn last, so that the seeds without it give what they gave before there was this rule.
    if (draft.random.nextInt(3) == 0) {
      draft.addBridge(costs);
    }
    return new Problem(draft.regions, draft.rules, costs);
  }

  private void addMemory() {
    long hole = Math.max(8, four >> (1 + random.nextInt(4)));
    long most = Math.min(top, four - hole + below(hole / 2));
    long least = random.nextInt(3) == 0 ? most : most / (1 + random.nextInt(4));
    Statement says = required("memory below");
    Region low = new Region("low", "memory", new Length(least, most), Alignment.NONE, says);
    regions.add(low);
    rules.add(new Rule.Pinned(says, low, 0));
    if (random.nextInt(3) > 0) {
      long step = random.nextInt(4) == 0 ? 3 : 1L << random.nextInt(6);
      rules.add(new Rule.OnGrid(required("grid"), low.end(), step));
    }
    Statement above = required("memory above");
    Region high = new Region("high", "memory", new Length(0, space), Alignment.NONE, above);
    regions.add(high);
    rules.add(new Rule.Pinned(above, high, four));
    rules.add(new Rule.Within(above, high, GfnSet.of(new GfnRange(four, space))));
    GfnSet except = GfnSet.empty();
    if (random.nextBoolean()) {
      long at = four / 16;
      except = GfnSet.of(new GfnRange(at, at + 1 + below(Math.min(at, 96))));
    }
    long ram = least + below(space - four - four / 4);
    ram = random.nextInt(4) == 0 ? least + below(most - least + 1) : ram;
    rules.add(new Rule.TotalLength(required("total"), List.of(low, high), except, ram));
  }

  /** Fixed places that must, or should, be left alone. */
  private void addTaken() {
    for (int i = random.nextInt(4); i > 0; i--) {
      long length = 1 + below(four / 64);
      long start = random.nextInt(5) == 0 ? below(top) : top / 2 + below(top / 2 - length);
      Statement there = required("taken");
      Region taken = new Region("taken" + i, "taken", Length.fixed(length), Alignment.NONE, there);
      rules.add(new Rule.Pinned(there, taken, start));
      Statement clear =
          random.nextInt(3) == 0 ? preferred("left alone", 1 + random.nextInt(3)) : there;
      rules.add(new Rule.Apart(clear, taken, List.copyOf(regions.subList(0, 2))));
      regions.add(taken);
    }
  }

  /** Naturally aligned powers of two, most of them in the low zone. */
  private void addBlocks() {
    long largest = Math.max(1, four >> (3 + random.nextInt(4)));
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      long size = Math.max(1, largest >> random.nextInt(6));
      Statement says = required("block");
      Region block =
          new Region("block" + i, "block", Length.fixed(size), new Alignment(size), says);
      boolean anywhere = random.nextInt(3) == 0;
      GfnRange zone = new GfnRange(0, anywhere ? space : top);
      rules.add(new Rule.Within(says, block, GfnSet.of(zone)));
      if (random.nextInt(8) == 0) {
        long home = below(top / size) * size;
        rules.add(new Rule.Pinned(statement("home"), block, home));
      }
      clear(says, block);
      blocks.add(block);
    }
  }

  /** Odd sizes with a large alignment, mostly in the high zone. */
  private void addWindows() {
    for (int i = random.nextInt(3); i > 0; i--) {
      long alignment = 1L << random.nextInt(1 + Long.numberOfTrailingZeros(four) / 2);
      long size = 1 + below((space - four) / 3);
      Statement says = required("window");
      Region window =
          new Region("window" + i, "window", Length.fixed(size), new Alignment(alignment), says);
      GfnSet zone = GfnSet.of(new GfnRange(four, space));
      if (random.nextBoolean()) {
        long hurdle = four + below(space - four);
        zone = zone.minus(GfnSet.of(new GfnRange(hurdle, hurdle + 1)));
      }
      rules.add(new Rule.Within(says, window, zone));
      clear(says, window);
    }
  }

  /** Regions that hang from the edges of others. */
  private void addTies() {
    Region low = regions.get(0);
    Region high = regions.get(1);
    if (random.nextInt(3) == 0 || regions.size() < 4) {
      Statement says = required("device memory");
      long size = 1 + below(four / 2);
      Region device = new Region("device", "window", Length.fixed(size), Alignment.NONE, says);
      long step = 1L << random.nextInt(Long.numberOfTrailingZeros(four));
      rules.add(new Rule.Follows(says, device, List.of(high), new Alignment(step)));
      rules.add(new Rule.Within(says, device, GfnSet.of(new GfnRange(four, space))));
      clear(says, device);
    }
    if (random.nextInt(3) == 0 || regions.size() < 5) {
      Statement says = required("hole");
      Region hole = new Region("hole", "hole", new Length(0, four), Alignment.NONE, says);
      rules.add(new Rule.SameEdge(says, hole.start(), low.end()));
      rules.add(new Rule.Within(says, hole, GfnSet.of(new GfnRange(0, four))));
      regions.add(hole);
      rules.add(new Rule.OnGrid(statement("hole's end"), hole.end(), 1L << random.nextInt(9)));
      if (random.nextBoolean()) {
        rules.add(new Rule.Sized(statement("hole's size"), hole, four / 8, four));
      }
    }
    if (random.nextInt(6) == 0) {
      Region block = blocks.get(0);
      rules.add(
          new Rule.Aligned(
              statement("even"), block, new Alignment(block.alignment().frames() * 2)));
    }
  }

  /** A stretchable region above the memory, and blocks and a window that lie inside of it. */
  private void addBridge(List<Preference> costs) {
    Statement says = required("bridge");
    Region bridge = new Region("bridge", "bridge", new Length(0, space), Alignment.NONE, says);
    rules.add(new Rule.Within(says, bridge, GfnSet.of(new GfnRange(four, space))));
    if (random.nextBoolean()) {
      Alignment step = new Alignment(Math.max(1, four >> random.nextInt(8)));
      rules.add(new Rule.Follows(says, bridge, List.of(regions.get(1)), step));
    } else {
      rules.add(new Rule.Pinned(says, bridge, four + below((space - four) / 2)));
      rules.add(new Rule.Apart(says, bridge, List.of(regions.get(1))));
    }
    rules.add(new Rule.OnGrid(required("grid"), bridge.end(), Math.max(1, four >> 6)));
    long largest = Math.max(1, Long.highestOneBit(space - four) >> random.nextInt(4));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      Statement inside = required("inside");
      long alignment = Math.max(1, largest >> random.nextInt(6));
      long size = random.nextInt(4) == 0 ? 1 + below(2 * alignment) : alignment;
      Region region =
          new Region("bar" + i, "block", Length.fixed(size), new Alignment(alignment), inside);
      clear(inside, region);
      Statement home = random.nextInt(4) == 0 ? preferred("home", 1 + random.nextInt(3)) : inside;
      rules.add(new Rule.Inside(home, region, bridge));
    }
    regions.add(bridge);
    if (random.nextBoolean()) {
      costs.add(new Preference.Shortest(List.of(bridge)));
    } else {
      costs.add(new Preference.Near(List.of(new Preference.Wish(bridge.end(), below(space)))));
    }
  }

  private List<Preference> preferences() {
    List<Preference> costs = new ArrayList<>();
    Region low = regions.get(0);
    if (random.nextInt(4) > 0) {
      List<Preference.Wish> wishes = new ArrayList<>();
      for (Region block : blocks) {
        if (random.nextInt(3) > 0) {
          wishes.add(new Preference.Wish(block.start(), block.alignment().up(below(top))));
        }
      }
      if (random.nextBoolean()) {
        costs.add(new Preference.Unmoved(wishes));
      }
      if (random.nextBoolean()) {
        costs.add(new Preference.Near(wishes));
      }
    }
    if (random.nextBoolean()) {
      costs.add(new Preference.Shortest(List.of(regions.get(1))));
    }
    if (random.nextInt(4) == 0) {
      costs.add(0, new Preference.Near(List.of(new Preference.Wish(low.end(), below(top)))));
    }
    if (random.nextInt(3) == 0) {
      List<Edge> edges =
          regions.stream().filter(r -> !blocks.contains(r)).map(Region::end).toList();
      costs.add(new Preference.Whole(edges, 1L << (1 + random.nextInt(5))));
    }
    return costs;
  }

  /** Adds a region that shares no frame with those before it. */
  private void clear(Statement says, Region region) {
    rules.add(new Rule.Apart(says, region, List.copyOf(regions)));
    regions.add(region);
  }

  private long below(long bound) {
    return random.nextLong(0, Math.max(1, bound));
  }

  private Statement statement(String text) {
    return random.nextInt(3) == 0 ? preferred(text, 1 + random.nextInt(3)) : required(text);
  }

  private Statement preferred(String text, long weight) {
    return says(text, Strength.preferred(weight));
  }

  private Statement required(String text) {
    return says(text, Strength.REQUIRED);
  }

  private Statement says(String text, Strength strength) {
    int number = ++statements;
    return new Statement("M" + number, text, Origin.line("medium", number, text), strength);
  }
}
