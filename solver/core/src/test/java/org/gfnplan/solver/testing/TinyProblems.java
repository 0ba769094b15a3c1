package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

/**
 * Random problems of 1 to 6 regions in 8 to 24 frames with every kind of rule and preference, small
 * enough for {@link ExhaustiveSearch}. The same seed gives the same problem everywhere.
 */
public final class TinyProblems {
  /*
   * A third of the problems is grown around a layout that is drawn first, and their required rules
   * are drawn again until they hold in it: such a problem has a layout however many rules it has.
   * The others take rules as they come, and most of those with many rules have none.
   */
  private static final int MOST_LAYOUTS = 40_000;

  private static final long[] ALIGNMENTS = {1, 1, 1, 1, 2, 2, 4, 8};

  private final Random random;
  private final int space;
  private final boolean planted;
  private final List<Region> regions = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Preference> preferences = new ArrayList<>();
  private final Map<Region, Integer> starts = new HashMap<>();
  private final Map<Region, Integer> lengths = new HashMap<>();
  private int statements;

  private TinyProblems(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    space = 8 + random.nextInt(17);
    planted = random.nextInt(3) == 0;
  }

  /** The problem of a seed. */
  public static Problem random(long seed) {
    TinyProblems draft = new TinyProblems(seed);
    draft.addRegions(1 + draft.random.nextInt(6));
    draft.addRules();
    draft.addPreferences();
    // Drawn last, so that the seeds without it give what they gave before there was this rule.
    if (draft.regions.size() > 1 && draft.random.nextInt(5) == 0) {
      draft.addNesting();
    }
    return new Problem(draft.regions, draft.rules, draft.preferences);
  }

  private void addRegions(int count) {
    int mostPlaces = (int) StrictMath.pow(MOST_LAYOUTS, 1.0 / count);
    int cursor = 0;
    for (int i = 0; i < count; i++) {
      int size = 1 + random.nextInt(Math.max(1, space / count));
      boolean stretchable = random.nextInt(10) < 4;
      int min = stretchable ? random.nextInt(size + 1) : size;
      int max = stretchable ? Math.min(space, size + random.nextInt(3)) : size;
      long alignment = ALIGNMENTS[random.nextInt(ALIGNMENTS.length)];
      int length = min + random.nextInt(max - min + 1);
      int start = (int) new Alignment(alignment).up(cursor + Math.max(0, random.nextInt(5) - 2));
      if (start + length > space) {
        start = (int) new Alignment(alignment).down(random.nextInt(space - length + 1));
      } else {
        cursor = start + length;
      }
      Statement statement = required("a region");
      Region region =
          new Region("r" + i, "thing", new Length(min, max), new Alignment(alignment), statement);
      regions.add(region);
      starts.put(region, start);
      lengths.put(region, length);
      rules.add(
          new Rule.Within(
              statement, region, GfnSet.of(window(start, start + max, mostPlaces, max - min + 1))));
      if (min == 0 && (count > 3 || random.nextBoolean())) {
        // An empty region may lie anywhere; too many of those are not tiny any more.
        rules.add(new Rule.Pinned(statement, region, start));
      }
    }
    Collections.shuffle(regions, random);
  }

  /** Frames around {@code [from, to)} with room for so many starts. */
  private GfnRange window(int from, int to, int mostPlaces, int lengths) {
    int more = Math.max(0, Math.min(space, mostPlaces / lengths - 1));
    int start = Math.max(0, from - random.nextInt(more + 1));
    return new GfnRange(start, Math.min(Math.max(space, to), to + more - (from - start)));
  }

  private void addRules() {
    if (random.nextInt(10) < 7) {
      for (int i = 1; i < regions.size(); i++) {
        Rule apart = new Rule.Apart(required("clear"), regions.get(i), regions.subList(0, i));
        if (!planted || holds(apart)) {
          rules.add(apart);
        }
      }
    }
    int count = random.nextInt(3 + 2 * regions.size());
    for (int i = 0; i < count; i++) {
      Statement statement = statement();
      addRule(statement);
      if (random.nextInt(8) == 0) {
        addRule(statement);
      }
    }
  }

  private void addRule(Statement statement) {
    for (int tries = 0; tries < 12; tries++) {
      Rule rule = rule(statement);
      if (rule != null && (!planted || !statement.strength().isRequired() || holds(rule))) {
        rules.add(rule);
        return;
      }
    }
  }

  private @Nullable Rule rule(Statement statement) {
    Region region = any(regions);
    int start = starts.get(region);
    int length = lengths.get(region);
    boolean alone = regions.size() == 1;
    return switch (random.nextInt(9)) {
      case 0 -> new Rule.Pinned(statement, region, random.nextInt(3) == 0 ? gfn() : start);
      case 1 -> new Rule.Within(statement, region, set());
      case 2 -> new Rule.Aligned(statement, region, alignment());
      case 3 -> sized(statement, region, length);
      case 4 -> alone ? null : new Rule.Apart(statement, region, others(region));
      case 5 -> total(statement);
      case 6 ->
          alone ? null : new Rule.SameEdge(statement, edge(region), edge(any(others(region))));
      case 7 -> new Rule.OnGrid(statement, edge(region), step());
      default -> alone ? null : new Rule.Follows(statement, region, others(region), alignment());
    };
  }

  private void addNesting() {
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Statement statement = statement();
      for (int tries = 0; tries < 12; tries++) {
        Region region = any(regions);
        Rule rule = new Rule.Inside(statement, region, any(others(region)));
        if (!planted || !statement.strength().isRequired() || holds(rule)) {
          rules.add(rule);
          break;
        }
      }
    }
  }

  private Rule sized(Statement statement, Region region, int length) {
    int min = Math.max(0, length - random.nextInt(3));
    return new Rule.Sized(statement, region, min, min + random.nextInt(4));
  }

  private Rule total(Statement statement) {
    Region region = any(regions);
    List<Region> summands = new ArrayList<>(List.of(region));
    if (regions.size() > 1) {
      summands.addAll(others(region));
    }
    GfnSet except = random.nextBoolean() ? GfnSet.empty() : set();
    long sum = 0;
    for (Region summand : summands) {
      int start = starts.get(summand);
      int length = lengths.get(summand);
      sum += length - Meaning.framesIn(except, start, start + length);
    }
    return new Rule.TotalLength(
        statement, summands, except, random.nextInt(4) == 0 ? random.nextInt(space) : sum);
  }

  private void addPreferences() {
    for (int i = random.nextInt(4); i > 0; i--) {
      preferences.add(
          switch (random.nextInt(4)) {
            case 0 -> new Preference.Near(wishes());
            case 1 -> new Preference.Unmoved(wishes());
            case 2 -> new Preference.Shortest(some(regions));
            default ->
                new Preference.Whole(some(regions).stream().map(this::edge).toList(), step());
          });
    }
  }

  private List<Preference.Wish> wishes() {
    return some(regions).stream().map(region -> new Preference.Wish(edge(region), gfn())).toList();
  }

  private boolean holds(Rule rule) {
    Meaning meaning = new Meaning(new Problem(regions, List.of(), List.of()));
    long[] s = regions.stream().mapToLong(starts::get).toArray();
    long[] l = regions.stream().mapToLong(lengths::get).toArray();
    return meaning.holds(rule, s, l);
  }

  private Statement statement() {
    return random.nextInt(10) < 3
        ? statement("a wish", Strength.preferred(1 + random.nextInt(4)))
        : required("a rule");
  }

  private Statement required(String text) {
    return statement(text, Strength.REQUIRED);
  }

  private Statement statement(String text, Strength strength) {
    int number = ++statements;
    return new Statement("S" + number, text, Origin.line("tiny", number, text), strength);
  }

  private Edge edge(Region region) {
    return random.nextBoolean() ? region.start() : region.end();
  }

  private GfnSet set() {
    List<GfnRange> ranges = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      int from = random.nextInt(space);
      ranges.add(new GfnRange(from, from + 1 + random.nextInt(space - from)));
    }
    return GfnSet.of(ranges);
  }

  private Alignment alignment() {
    return new Alignment(ALIGNMENTS[random.nextInt(ALIGNMENTS.length)]);
  }

  private long step() {
    return new long[] {1, 2, 3, 4, 6, 8}[random.nextInt(6)];
  }

  private int gfn() {
    return random.nextInt(space + 1);
  }

  /** One to three others, in random order. */
  private List<Region> others(Region region) {
    List<Region> rest = new ArrayList<>(regions);
    rest.remove(region);
    Collections.shuffle(rest, random);
    return List.copyOf(rest.subList(0, 1 + random.nextInt(Math.min(3, rest.size()))));
  }

  private List<Region> some(List<Region> from) {
    List<Region> mixed = new ArrayList<>(from);
    Collections.shuffle(mixed, random);
    return List.copyOf(mixed.subList(0, 1 + random.nextInt(mixed.size())));
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
