package org.gfnplan.solver.testing;

import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * A problem at a limit of the space or of a rule, with its answer worked out by hand.
 *
 * @param name what is at its limit
 * @param problem the problem
 * @param canonical start and length of each region in the canonical layout; null when there is none
 */
public record EdgeCase(String name, Problem problem, @Nullable List<Long> canonical) {
  private static final long LIMIT = Gfn.LIMIT;

  /** All of them. */
  public static List<EdgeCase> all() {
    List<EdgeCase> cases = new ArrayList<>();
    cases.add(new EdgeCase("no region", new Problem(List.of(), List.of(), List.of()), List.of()));

    Region whole = region("whole", LIMIT, LIMIT, 1);
    cases.add(yes("a region as large as the space", List.of(whole), List.of(), 0, LIMIT));
    Region one = region("one", 1, 1, 1);
    cases.add(
        no(
            "one frame beside a region as large as the space",
            List.of(whole, one),
            List.of(apart(one, whole))));
    Region most = region("most", 0, LIMIT, 1);
    cases.add(
        yes(
            "a region stretched to all but one frame",
            List.of(most, one),
            List.of(apart(one, most), total(LIMIT, most, one)),
            0,
            LIMIT - 1,
            LIMIT - 1,
            1));

    cases.add(
        yes(
            "the last frame of the space",
            List.of(one),
            List.of(within(one, LIMIT - 1, LIMIT)),
            LIMIT - 1,
            1));
    Region two = region("two", 2, 2, 1);
    cases.add(
        no("two frames from the last frame on", List.of(two), List.of(pinned(two, LIMIT - 1))));
    cases.add(no("a frame pinned beyond the space", List.of(one), List.of(pinned(one, LIMIT))));
    Region half = region("half", LIMIT / 2, LIMIT / 2, LIMIT / 2);
    Region other = region("other", LIMIT / 2, LIMIT / 2, LIMIT / 2);
    cases.add(
        yes(
            "two halves of the space",
            List.of(half, other),
            List.of(apart(other, half)),
            0,
            LIMIT / 2,
            LIMIT / 2,
            LIMIT / 2));

    Region empty = region("empty", 0, 4, 1);
    cases.add(
        yes(
            "an empty region inside another",
            List.of(empty, two),
            List.of(pinned(empty, 9), pinned(two, 8), apart(two, empty)),
            9,
            0,
            8,
            2));
    cases.add(
        yes(
            "an empty region at the end of the space",
            List.of(empty),
            List.of(pinned(empty, LIMIT)),
            LIMIT,
            0));
    cases.add(
        yes(
            "an empty region within no frame at all",
            List.of(empty),
            List.of(new Rule.Within(says(), empty, GfnSet.empty()), pinned(empty, 5)),
            5,
            0));
    cases.add(
        no(
            "a frame within no frame at all",
            List.of(one),
            List.of(new Rule.Within(says(), one, GfnSet.empty()))));

    cases.add(no("two pins", List.of(one), List.of(pinned(one, 3), pinned(one, 4))));
    cases.add(
        no(
            "a pin off its alignment",
            List.of(one),
            List.of(pinned(one, 6), new Rule.Aligned(says(), one, new Alignment(4)))));
    cases.add(
        no(
            "sizes that leave no length",
            List.of(empty),
            List.of(new Rule.Sized(says(), empty, 0, 1), new Rule.Sized(says(), empty, 2, 3))));
    cases.add(no("a total above what there is", List.of(one, two), List.of(total(4, one, two))));

    Region a = region("a", 4, 4, 1);
    Region b = region("b", 0, 64, 1);
    Region c = region("c", 4, 4, 1);
    cases.add(
        yes(
            "a chain of equal edges",
            List.of(a, b, c),
            List.of(
                pinned(a, 0x10_0000_0000L),
                pinned(c, 0x10_0000_0020L),
                new Rule.SameEdge(says(), a.end(), b.start()),
                new Rule.SameEdge(says(), b.end(), c.start())),
            0x10_0000_0000L,
            4,
            0x10_0000_0004L,
            28,
            0x10_0000_0020L,
            4));
    cases.add(
        no(
            "equal edges that a length keeps apart",
            List.of(a, c),
            List.of(
                new Rule.SameEdge(says(), a.start(), c.start()),
                new Rule.SameEdge(says(), a.end(), c.start()))));
    cases.add(
        yes(
            "following an empty region",
            List.of(a, empty, c),
            List.of(
                pinned(a, 2),
                pinned(empty, 0x40),
                new Rule.Sized(says(), empty, 0, 0),
                new Rule.Follows(says(), c, List.of(a, empty), new Alignment(8))),
            2,
            4,
            0x40,
            0,
            8,
            4));
    cases.add(
        yes(
            "following empty regions only",
            List.of(empty, b, c),
            List.of(
                pinned(empty, 0x40),
                pinned(b, 0x21),
                new Rule.Sized(says(), empty, 0, 0),
                new Rule.Sized(says(), b, 0, 0),
                new Rule.Follows(says(), c, List.of(empty, b), new Alignment(8))),
            0x40,
            0,
            0x21,
            0,
            0x28,
            4));
    cases.add(
        no(
            "following the end of the space",
            List.of(a, c),
            List.of(
                pinned(a, LIMIT - 4), new Rule.Follows(says(), c, List.of(a), Alignment.NONE))));
    cases.add(
        yes(
            "a grid that is no power of two, above 32 bits",
            List.of(one),
            List.of(within(one, 0x1_0000_0001L, LIMIT), new Rule.OnGrid(says(), one.start(), 1000)),
            4_294_968_000L,
            1));

    Region outer = region("outer", 0, LIMIT, 1);
    cases.add(
        yes(
            "the smallest container of two halves of the space",
            List.of(half, other, outer),
            List.of(apart(other, half), inside(half, outer), inside(other, outer)),
            0,
            LIMIT / 2,
            LIMIT / 2,
            LIMIT / 2,
            0,
            LIMIT));
    cases.add(
        no(
            "inside of a container that must be empty",
            List.of(one, empty),
            List.of(inside(one, empty), new Rule.Sized(says(), empty, 0, 0))));
    cases.add(
        yes(
            "an empty region inside of one that is elsewhere",
            List.of(empty, two),
            List.of(
                pinned(empty, 9),
                new Rule.Sized(says(), empty, 0, 0),
                pinned(two, 2),
                inside(empty, two)),
            9,
            0,
            2,
            2));
    cases.add(
        no("one more frame than its container", List.of(two, one), List.of(inside(two, one))));
    Region twin = region("twin", 2, 2, 1);
    cases.add(
        yes(
            "two regions inside of each other",
            List.of(two, twin),
            List.of(inside(two, twin), inside(twin, two), within(twin, LIMIT - 2, LIMIT)),
            LIMIT - 2,
            2,
            LIMIT - 2,
            2));

    Problem far =
        new Problem(
            List.of(one),
            List.of(within(one, 0, LIMIT / 2)),
            List.of(new Preference.Near(List.of(new Preference.Wish(one.end(), LIMIT)))));
    cases.add(new EdgeCase("a wish half the space away", far, List.of(LIMIT / 2 - 1, 1L)));
    return List.copyOf(cases);
  }

  @Override
  public String toString() {
    return name;
  }

  private static EdgeCase yes(String name, List<Region> regions, List<Rule> rules, long... layout) {
    List<Long> canonical = new ArrayList<>();
    for (long number : layout) {
      canonical.add(number);
    }
    return new EdgeCase(name, new Problem(regions, rules, List.of()), canonical);
  }

  private static EdgeCase no(String name, List<Region> regions, List<Rule> rules) {
    return new EdgeCase(name, new Problem(regions, rules, List.of()), null);
  }

  private static Region region(String name, long min, long max, long alignment) {
    return new Region(
        name, "thing", new Length(min, max), new Alignment(alignment), statement(name));
  }

  private static Rule pinned(Region region, long start) {
    return new Rule.Pinned(says(), region, start);
  }

  private static Rule within(Region region, long start, long end) {
    return new Rule.Within(says(), region, GfnSet.of(new GfnRange(start, end)));
  }

  private static Rule apart(Region region, Region other) {
    return new Rule.Apart(says(), region, List.of(other));
  }

  private static Rule inside(Region region, Region container) {
    return new Rule.Inside(says(), region, container);
  }

  private static Rule total(long frames, Region... summands) {
    return new Rule.TotalLength(says(), List.of(summands), GfnSet.empty(), frames);
  }

  private static Statement says() {
    return statement("rules");
  }

  private static Statement statement(String text) {
    return Statement.required("E1", text, Origin.builtIn("edge cases", text));
  }
}
