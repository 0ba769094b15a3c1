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
 * Random problems in which items lie inside of a stretchable container beside a memory: the shape
 * of a window that is as large as what it has to hold. Tiny, for {@link ExhaustiveSearch}.
 */
public final class NestedProblems {
  /*
   * As in PackedProblems, a quarter is spoiled by a rule that does not belong to the shape, and a
   * quarter has a second container: beside the first, or inside of it.
   */
  private static final int MOST_LAYOUTS = 20_000;

  private final Random random;
  private final int limit;
  private final GfnSet taken;
  private final List<Region> memory = new ArrayList<>();
  private final List<Region> containers = new ArrayList<>();
  private final List<Region> items = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private int statements;

  private NestedProblems(long seed) {
    random = new Random(seed * 0x94D049BB133111EBL);
    limit = 10 + random.nextInt(7);
    List<GfnRange> holes = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      holes.add(GfnRange.at(random.nextInt(limit - 2), 1 + random.nextInt(2)));
    }
    taken = GfnSet.of(holes);
  }

  /** The problem of a seed. */
  public static Problem random(long seed) {
    NestedProblems draft = new NestedProblems(seed);
    draft.addMemory();
    draft.addContainer();
    if (draft.random.nextInt(4) == 0) {
      draft.addContainer();
    }
    draft.addItems(1 + draft.random.nextInt(draft.containers.size() == 1 ? 3 : 2));
    if (draft.random.nextInt(4) == 0) {
      draft.spoil();
    }
    List<Region> regions = new ArrayList<>(draft.memory);
    regions.addAll(draft.containers);
    regions.addAll(draft.items);
    if (draft.random.nextInt(4) == 0) {
      Collections.shuffle(regions, draft.random);
    }
    return new Problem(regions, draft.rules, draft.preferences());
  }

  /** Memory of a fixed length, or two parts with a fixed sum; what follows it may move. */
  private void addMemory() {
    Statement says = required("memory");
    int most = 1 + random.nextInt(4);
    if (random.nextInt(3) > 0) {
      Region ram = region("ram", Length.fixed(most), 1, says);
      rules.add(new Rule.Pinned(says, ram, 0));
      memory.add(ram);
      return;
    }
    Region low = region("low", new Length(random.nextInt(most), most), 1, says);
    Region high = region("high", new Length(0, 4), 1, says);
    rules.add(new Rule.Pinned(says, low, 0));
    rules.add(new Rule.Pinned(says, high, most + random.nextInt(2)));
    GfnSet except = random.nextBoolean() ? taken : GfnSet.empty();
    rules.add(new Rule.TotalLength(says, List.of(low, high), except, 1 + random.nextInt(most + 2)));
    memory.add(low);
    memory.add(high);
  }

  private void addContainer() {
    Statement says = required("container");
    int least = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
    int most = random.nextInt(3) == 0 ? Math.max(1, least + random.nextInt(4)) : limit;
    Region container =
        region("c" + containers.size(), new Length(least, most), 1L << random.nextInt(2), says);
    Region last = memory.get(memory.size() - 1);
    rules.add(new Rule.Within(says, container, GfnSet.of(new GfnRange(0, limit))));
    switch (random.nextInt(4)) {
      case 0 -> rules.add(new Rule.Pinned(says, container, random.nextInt(limit / 2)));
      case 1 -> {
        Alignment step = new Alignment(1L << random.nextInt(3));
        List<Region> chain = containers.isEmpty() ? memory : List.of(last);
        rules.add(new Rule.Follows(says, container, chain, step));
      }
      case 2 -> {
        Region before = containers.isEmpty() ? last : containers.get(0);
        rules.add(new Rule.Follows(says, container, List.of(before), Alignment.NONE));
      }
      default -> rules.add(new Rule.Apart(says, container, memory));
    }
    if (random.nextBoolean()) {
      rules.add(new Rule.OnGrid(required("grid"), container.end(), 1 + random.nextInt(4)));
    }
    if (!containers.isEmpty()) {
      rules.add(
          random.nextInt(3) == 0
              ? new Rule.Inside(says, container, containers.get(0))
              : new Rule.Apart(says, container, containers));
    }
    containers.add(container);
  }

  private void addItems(int count) {
    boolean natural = random.nextInt(3) > 0;
    int mostPlaces = (int) StrictMath.pow(MOST_LAYOUTS, 1.0 / (count + containers.size())) + 1;
    for (int i = 0; i < count; i++) {
      long align = 1L << random.nextInt(3);
      long size = natural ? align : 1 + random.nextInt(5);
      Statement says = required("item");
      boolean mayBeEmpty = random.nextInt(10) == 0;
      Region item = region("i" + i, new Length(mayBeEmpty ? 0 : size, size), align, says);
      GfnSet zone = GfnSet.of(new GfnRange(0, limit)).minus(taken);
      int from = 0;
      while (zone.size() / align > mostPlaces) {
        zone = zone.minus(GfnSet.of(new GfnRange(from, ++from)));
      }
      rules.add(new Rule.Within(says, item, zone));
      List<Region> others = new ArrayList<>(items);
      others.addAll(memory);
      rules.add(new Rule.Apart(says, item, others));
      if (random.nextInt(8) > 0) {
        rules.add(new Rule.Inside(inside(says), item, any(containers)));
      }
      items.add(item);
    }
  }

  private Statement inside(Statement says) {
    return random.nextInt(8) == 0
        ? statement("wish", Strength.preferred(1 + random.nextInt(3)))
        : says;
  }

  private void spoil() {
    Region item = any(items);
    Region container = any(containers);
    Statement says =
        random.nextBoolean()
            ? required("rule")
            : statement("wish", Strength.preferred(1 + random.nextInt(3)));
    rules.add(
        switch (random.nextInt(7)) {
          case 0 -> new Rule.Pinned(says, item, random.nextInt(limit));
          case 1 -> new Rule.Sized(says, container, 0, random.nextInt(limit));
          case 2 -> new Rule.SameEdge(says, item.end(), container.end());
          case 3 -> new Rule.Inside(says, any(memory), container);
          case 4 -> new Rule.Inside(says, container, any(memory));
          case 5 -> new Rule.Apart(says, item, List.of(container));
          default -> new Rule.Follows(says, item, List.of(container), item.alignment());
        });
  }

  private List<Preference> preferences() {
    List<Preference> costs = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      Region container = any(containers);
      costs.add(
          switch (random.nextInt(3)) {
            case 0 -> new Preference.Shortest(containers);
            case 1 -> new Preference.Near(List.of(wish(container)));
            default -> new Preference.Shortest(List.of(container));
          });
    }
    if (random.nextInt(4) == 0) {
      costs.add(random.nextInt(costs.size() + 1), new Preference.Near(List.of(wish(any(memory)))));
    }
    if (random.nextInt(5) == 0) {
      List<Preference.Wish> homes =
          items.stream().map(i -> new Preference.Wish(i.start(), random.nextInt(limit))).toList();
      costs.add(new Preference.Unmoved(homes));
    }
    return costs;
  }

  private Preference.Wish wish(Region region) {
    return new Preference.Wish(region.end(), random.nextInt(limit));
  }

  private Statement required(String text) {
    return statement(text, Strength.REQUIRED);
  }

  private Statement statement(String text, Strength strength) {
    int number = ++statements;
    return new Statement("N" + number, text, Origin.line("nested", number, text), strength);
  }

  private <E> E any(List<E> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Region region(String name, Length length, long alignment, Statement says) {
    return new Region(name, "thing", length, new Alignment(alignment), says);
  }
}
