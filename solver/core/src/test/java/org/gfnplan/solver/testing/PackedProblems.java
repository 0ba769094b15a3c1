package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
 * Random problems in which items keep clear of each other in zones with holes, most of them beside
 * the two parts of a memory: the shape that an engine may have a closed form for. Tiny, for {@link
 * ExhaustiveSearch}.
 *
 * <p>{@link TinyProblems} mixes all kinds of rules and so almost never has this shape; a mistake in
 * a closed form would not show there.
 */
public final class PackedProblems {
  /*
   * Most problems have the shape throughout. A quarter is spoiled by one rule or preferred
   * statement that does not belong to it: an engine that recognises the shape too eagerly is wrong
   * about those.
   */
  private static final int MOST_LAYOUTS = 150_000;

  private final Random random;
  private final int four;
  private final int limit;
  private final boolean memory;
  private final GfnSet taken;
  private final List<Region> parts = new ArrayList<>();
  private final List<Region> items = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private int statements;

  private PackedProblems(long seed) {
    random = new Random(seed * 0xBF58476D1CE4E5B9L);
    four = 6 + random.nextInt(8);
    limit = four + 4 + random.nextInt(9);
    memory = random.nextInt(4) > 0;
    List<GfnRange> holes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      holes.add(GfnRange.at(random.nextInt(limit - 2), 1 + random.nextInt(2)));
    }
    taken = GfnSet.of(holes);
  }

  /** The problem of a seed. */
  public static Problem random(long seed) {
    PackedProblems draft = new PackedProblems(seed);
    if (draft.memory) {
      draft.addMemory();
    }
    draft.addItems(1 + draft.random.nextInt(draft.memory ? 4 : 5));
    if (draft.random.nextInt(4) == 0) {
      draft.spoil();
    }
    List<Region> regions = new ArrayList<>(draft.parts);
    regions.addAll(draft.items);
    if (draft.random.nextInt(3) == 0) {
      Collections.shuffle(regions, draft.random);
    }
    return new Problem(regions, draft.rules, draft.preferences());
  }

  private void addMemory() {
    int most = 1 + random.nextInt(four);
    int least = random.nextInt(3) == 0 ? most : random.nextInt(most);
    Statement says = required("memory");
    Region low = region("low", new Length(least, most), 1, says);
    Region high = region("high", new Length(0, limit), 1, says);
    parts.add(low);
    parts.add(high);
    rules.add(new Rule.Pinned(says, low, 0));
    rules.add(new Rule.Pinned(says, high, four));
    rules.add(new Rule.Within(says, high, GfnSet.of(new GfnRange(four, limit))));
    GfnSet except = random.nextInt(3) > 0 ? taken : GfnSet.empty();
    int frames = least + random.nextInt(most - least + 4);
    rules.add(new Rule.TotalLength(says, parts, except, frames));
    if (random.nextBoolean()) {
      rules.add(new Rule.OnGrid(required("grid"), low.end(), 1 + random.nextInt(4)));
    }
  }

  private void addItems(int count) {
    boolean natural = random.nextInt(3) > 0;
    int mostPlaces = (int) StrictMath.pow(MOST_LAYOUTS, 1.0 / count) + 1;
    for (int i = 0; i < count; i++) {
      long align = 1L << random.nextInt(random.nextInt(3) == 0 ? 4 : 3);
      long size = natural ? align : 1 + random.nextInt(5);
      Statement says = required("item");
      Region item = region("i" + i, Length.fixed(size), align, says);
      boolean below = random.nextInt(3) > 0;
      boolean above = !below || random.nextBoolean();
      List<Region> others = new ArrayList<>(items);
      if (memory && below) {
        others.add(parts.get(0));
      }
      if (memory && above) {
        others.add(parts.get(1));
      }
      rules.add(new Rule.Within(says, item, zone(below, above, align, mostPlaces)));
      if (!others.isEmpty()) {
        rules.add(new Rule.Apart(says, item, others));
      }
      items.add(item);
    }
  }

  /** One of a few zones, which may touch, overlap or lie between each other, without the holes. */
  private GfnSet zone(boolean below, boolean above, long align, int mostPlaces) {
    List<GfnRange> ranges = new ArrayList<>();
    if (below) {
      ranges.add(new GfnRange(0, four - random.nextInt(4) / 3));
    }
    if (above) {
      ranges.add(new GfnRange(four, limit));
    }
    GfnSet zone = GfnSet.of(ranges);
    if (random.nextInt(5) == 0) {
      int from = random.nextInt(limit - 1);
      zone = zone.minus(GfnSet.of(new GfnRange(from, from + 1 + random.nextInt(limit - from))));
    }
    zone = zone.minus(taken);
    int from = 0;
    while (zone.size() / align > mostPlaces) {
      zone = zone.minus(GfnSet.of(new GfnRange(from, ++from)));
    }
    return zone;
  }

  private void spoil() {
    Region item = items.get(random.nextInt(items.size()));
    Statement says =
        random.nextBoolean()
            ? required("rule")
            : statement("wish", Strength.preferred(1 + random.nextInt(3)));
    int at = random.nextInt(limit);
    rules.add(
        switch (random.nextInt(memory ? 6 : 4)) {
          case 0 -> new Rule.Pinned(says, item, at);
          case 1 -> new Rule.Within(says, item, GfnSet.of(new GfnRange(at, limit)));
          case 2 -> new Rule.OnGrid(says, item.end(), 3);
          case 3 -> new Rule.Aligned(says, item, new Alignment(item.alignment().frames() * 2));
          case 4 -> new Rule.SameEdge(says, item.start(), parts.get(random.nextInt(2)).end());
          default -> new Rule.Follows(says, item, parts, item.alignment());
        });
  }

  private List<Preference> preferences() {
    List<Preference> costs = new ArrayList<>();
    if (memory && random.nextInt(3) > 0) {
      costs.add(new Preference.Shortest(List.of(parts.get(1))));
    }
    if (memory && random.nextInt(4) == 0) {
      Preference.Wish wish = new Preference.Wish(parts.get(0).end(), random.nextInt(four));
      costs.add(random.nextInt(costs.size() + 1), new Preference.Near(List.of(wish)));
    }
    if (memory && random.nextInt(4) == 0) {
      costs.add(new Preference.Whole(List.of(parts.get(0).end(), parts.get(1).end()), 2));
    }
    if (random.nextInt(3) == 0) {
      List<Preference.Wish> homes =
          items.stream().map(i -> new Preference.Wish(i.start(), random.nextInt(limit))).toList();
      costs.add(new Preference.Unmoved(homes));
      if (random.nextBoolean()) {
        costs.add(new Preference.Near(homes));
      }
    }
    return costs;
  }

  private Statement required(String text) {
    return statement(text, Strength.REQUIRED);
  }

  private Statement statement(String text, Strength strength) {
    int number = ++statements;
    return new Statement("P" + number, text, Origin.line("packed", number, text), strength);
  }

  private static Region region(String name, Length length, long alignment, Statement says) {
    return new Region(name, "thing", length, new Alignment(alignment), says);
  }
}
