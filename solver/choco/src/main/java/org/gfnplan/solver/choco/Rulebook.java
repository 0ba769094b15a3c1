package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chocosolver.solver.Cause;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.search.Meaning;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Posts the rules that the rooms do not say, except required Apart, which {@link Crowd} does. */
final class Rulebook {
  private final Scope scope;
  private final Axis axis;
  private final Spans spans;
  private final Switches switches;
  private final Meter meter;

  Rulebook(Scope scope, Axis axis, Spans spans, Switches switches, Meter meter) {
    this.scope = scope;
    this.axis = axis;
    this.spans = spans;
    this.switches = switches;
    this.meter = meter;
  }

  void post() throws Impossible {
    Meaning known =
        new Meaning(scope.rooms.all().stream().filter(Room::isConstant).map(Room::place).toList());
    for (Rule rule : scope.rules) {
      BoolVar off = switches.of(rule.statement());
      if (!scope.isAnyOpen(rule.regions())) {
        if (!known.holds(rule)) {
          giveUp(off);
        }
      } else if (!(rule instanceof Rule.Apart) || off != null) {
        post(rule, off);
      }
    }
  }

  private static void giveUp(@Nullable BoolVar off) throws Impossible {
    if (off == null) {
      throw new Impossible();
    }
    try {
      off.instantiateTo(1, Cause.Null);
    } catch (ContradictionException impossible) {
      throw new IllegalStateException("a switch that nobody set cannot be set", impossible);
    }
  }

  private void post(Rule rule, @Nullable BoolVar off) throws Impossible {
    if (rule instanceof Rule.Pinned pinned) {
      IntVar start = spans.of(pinned.region()).start();
      postValue(start, pinned.start(), off);
    } else if (rule instanceof Rule.Within within) {
      List<GfnRange> ranges = within.allowed().ranges();
      new Inside(
              meter, off, spans.of(within.region()), null, spans.starts(ranges), spans.ends(ranges))
          .post();
    } else if (rule instanceof Rule.Aligned aligned) {
      long step = axis.step(aligned.alignment().frames());
      new OnStep(meter, off, spans.of(aligned.region()).start(), step).post();
    } else if (rule instanceof Rule.Sized sized) {
      // An open region with a unit above 1 has one length, a multiple of it.
      long min = -Math.floorDiv(-sized.min(), axis.unit());
      IntVar length = spans.of(sized.region()).length();
      new Between(meter, off, length, min, axis.length(sized.max())).post();
    } else if (rule instanceof Rule.Apart apart) {
      postApart(apart, off);
    } else if (rule instanceof Rule.TotalLength total) {
      postTotal(total, off);
    } else if (rule instanceof Rule.SameEdge same) {
      postSame(same.one(), same.other(), off);
    } else if (rule instanceof Rule.OnGrid grid) {
      IntVar edge = spans.of(grid.edge().region()).at(grid.edge().side());
      new OnStep(meter, off, edge, axis.step(grid.step())).post();
    } else if (rule instanceof Rule.Follows follows) {
      List<Span> chain = follows.chain().stream().map(spans::of).toList();
      IntVar start = spans.start(follows.region());
      new Behind(meter, off, start, chain, axis.step(follows.alignment().frames())).post();
    } else if (rule instanceof Rule.Inside inside) {
      postInside(inside, off);
    }
  }

  private void postInside(Rule.Inside inside, @Nullable BoolVar off) {
    if (!scope.isOpen(inside.container())) {
      GfnRange range = scope.rooms.of(inside.container()).place().range();
      List<GfnRange> ranges = range == null ? List.of() : List.of(range);
      Span span = spans.of(inside.region());
      new Inside(meter, off, span, null, spans.starts(ranges), spans.ends(ranges)).post();
    } else if (!scope.isOpen(inside.region())) {
      GfnRange range = scope.rooms.of(inside.region()).place().range();
      if (range != null) {
        // Where the unit is above 1, the edges of the container are multiples of it.
        long end = axis.up(range.end());
        Span span = spans.of(inside.container());
        new Around(meter, off, span, axis.down(range.start()), end).post();
      }
    } else {
      new Nested(meter, off, spans.of(inside.region()), spans.of(inside.container())).post();
    }
  }

  private void postValue(IntVar variable, long frame, @Nullable BoolVar off) throws Impossible {
    if (axis.meets(frame)) {
      long at = axis.down(frame);
      new Between(meter, off, variable, at, at).post();
    } else {
      giveUp(off);
    }
  }

  private void postSame(Edge one, Edge other, @Nullable BoolVar off) throws Impossible {
    if (!scope.isOpen(one.region())) {
      postValue(spans.of(other.region()).at(other.side()), scope.lowest(one), off);
    } else if (!scope.isOpen(other.region())) {
      postValue(spans.of(one.region()).at(one.side()), scope.lowest(other), off);
    } else {
      IntVar mine = spans.of(one.region()).at(one.side());
      new SameValue(meter, off, mine, spans.of(other.region()).at(other.side())).post();
    }
  }

  private void postApart(Rule.Apart apart, @Nullable BoolVar off) throws Impossible {
    Map<Region, Integer> index = new HashMap<>();
    List<Span> members = new ArrayList<>();
    List<int[]> pairs = new ArrayList<>();
    for (Region other : apart.others()) {
      if (scope.isAnyOpen(List.of(apart.region(), other))) {
        Integer one = member(apart.region(), index, members);
        Integer two = member(other, index, members);
        if (one != null && two != null) {
          pairs.add(new int[] {one, two});
        }
      } else if (overlap(scope.rooms.of(apart.region()), scope.rooms.of(other))) {
        giveUp(off);
      }
    }
    if (!pairs.isEmpty()) {
      new Disjoint(meter, off, members, pairs).post();
    }
  }

  private static boolean overlap(Room one, Room other) {
    return Math.max(one.first(), other.first())
        < Math.min(one.first() + one.min(), other.first() + other.min());
  }

  /** The index of a region's variables, or null when no open region gets there. */
  private @Nullable Integer member(Region region, Map<Region, Integer> index, List<Span> members) {
    Integer known = index.get(region);
    if (known != null) {
      return known;
    }
    Span span = scope.isOpen(region) ? spans.of(region) : spans.obstacle(region);
    if (span == null) {
      return null;
    }
    index.put(region, members.size());
    members.add(span);
    return members.size() - 1;
  }

  private void postTotal(Rule.TotalLength total, @Nullable BoolVar off) {
    long frames = total.frames();
    List<Span> open = new ArrayList<>();
    for (Region region : total.summands()) {
      if (scope.isOpen(region)) {
        open.add(spans.of(region));
      } else {
        frames -= Meaning.counted(scope.rooms.of(region).place(), total.except());
      }
    }
    // Totals of open regions make the unit 1.
    new Total(meter, off, open, new Counted(total.except(), axis.base()), frames).post();
  }
}
