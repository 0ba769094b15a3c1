package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.variables.IntVar;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** The variables of every region, each number guarded before it becomes an int of Choco. */
final class Spans {
  private final Scope scope;
  private final Axis axis;
  private final Model model;
  private final Meter meter;
  private final long top;
  private final Map<Region, Span> open = new HashMap<>();

  /**
   * Makes the variables, and the rules that a room is.
   *
   * @param horizon one past the highest frame to look at
   */
  Spans(Scope scope, Axis axis, long horizon, Limits limits, Model model, Meter meter)
      throws Impossible {
    this.scope = scope;
    this.axis = axis;
    this.model = model;
    this.meter = meter;
    this.top = axis.up(horizon);
    for (int i = 0; i < scope.rooms.all().size(); i++) {
      Room room = scope.rooms.all().get(i);
      if (room.isConstant()) {
        requireLimits(room, i, limits);
      } else {
        open.put(room.region(), span(room, i, limits));
      }
    }
  }

  private static void requireLimits(Room room, int index, Limits limits) throws Impossible {
    boolean startFits =
        limits.lowest[2 * index] <= room.first() && room.first() <= limits.highest[2 * index];
    boolean lengthFits =
        limits.lowest[2 * index + 1] <= room.min() && room.min() <= limits.highest[2 * index + 1];
    if (!startFits || !lengthFits) {
      throw new Impossible();
    }
  }

  private Span span(Room room, int index, Limits limits) throws Impossible {
    String name = room.region().name();
    // Where a room has one length, the unit divides it; where it has more, the unit is 1.
    long min = axis.length(Math.max(room.min(), limits.lowest[2 * index + 1]));
    long max = axis.length(Math.min(room.max(), limits.highest[2 * index + 1]));
    long first = axis.up(Math.max(room.first(), limits.lowest[2 * index]));
    long last = axis.down(Math.min(room.last(), limits.highest[2 * index]));
    long highestEnd = Math.min(axis.down(room.highestEnd()), top);
    IntVar length = variable(name + ".length", min, Math.min(max, top), 1);
    long step = axis.step(room.step());
    IntVar start = variable(name + ".start", first, Math.min(last, highestEnd - min), step);
    if (length.isInstantiated()) {
      IntVar end = model.offset(start, length.getValue());
      return inside(room, new Span(start, length, end, step, null));
    }
    IntVar end = variable(name + ".end", start.getLB() + (long) length.getLB(), highestEnd, 1);
    new Stretch(meter, start, length, end).post();
    return inside(room, new Span(start, length, end, step, null));
  }

  /** A multiple of {@code step} between two bounds. */
  private IntVar variable(String name, long min, long max, long step) throws Impossible {
    long least = -Math.floorDiv(-min, step);
    long most = Math.floorDiv(max, step);
    if (least > most) {
      throw new Impossible();
    }
    int low = DoesNotFit.guard(name, least * step);
    int high = DoesNotFit.guard(name, most * step);
    if (low == high) {
      return model.intVar(name, low);
    }
    // Two multiples of the step are below 2^30, so the step is, too.
    int factor = DoesNotFit.guard(name, step);
    IntVar multiple = model.intVar(name, low / factor, high / factor);
    return factor == 1 ? multiple : model.mul(multiple, factor);
  }

  private Span inside(Room room, Span span) throws Impossible {
    List<GfnRange> ranges = usable(room, span);
    if (span.isNeverEmpty() && ranges.isEmpty()) {
      throw new Impossible();
    }
    if (room.max() == 0) {
      return span;
    }
    IntVar gap = null;
    if (span.isNeverEmpty() && ranges.size() > 1) {
      gap = model.intVar(room.region().name() + ".gap", 0, ranges.size() - 1, false);
    }
    new Inside(meter, null, span, gap, starts(ranges), ends(ranges)).post();
    return new Span(span.start(), span.length(), span.end(), span.step(), gap);
  }

  /** What this region can reach of its allowed ranges; its gap counts them. */
  private List<GfnRange> usable(Room room, Span span) {
    List<GfnRange> found = new ArrayList<>();
    for (GfnRange range : room.allowed().ranges()) {
      long from = span.startFrom(axis.up(range.start()));
      long until = Math.min(axis.down(range.end()), span.end().getUB());
      if (from + span.least() <= until) {
        found.add(new GfnRange(axis.frame(from), axis.frame(until)));
      }
    }
    return found;
  }

  List<GfnRange> usable(Region region) {
    return usable(scope.rooms.of(region), of(region));
  }

  /** The first coordinates of ranges. */
  long[] starts(List<GfnRange> ranges) {
    return ranges.stream().mapToLong(range -> axis.up(range.start())).toArray();
  }

  /** One past the last coordinates of ranges. */
  long[] ends(List<GfnRange> ranges) {
    return ranges.stream().mapToLong(range -> axis.down(range.end())).toArray();
  }

  /** The variables of a region; of a fixed one they are constants. */
  Span of(Region region) {
    Span span = open.get(region);
    if (span != null) {
      return span;
    }
    Room room = scope.rooms.of(region);
    return constant(room, axis.down(room.first()), axis.down(room.first() + room.min()));
  }

  /** The start of a region; of a fixed one its end need not fit. */
  IntVar start(Region region) {
    Span span = open.get(region);
    if (span != null) {
      return span.start();
    }
    String name = region.name() + ".start";
    return model.intVar(name, DoesNotFit.guard(name, axis.down(scope.rooms.of(region).first())));
  }

  /** The coordinates that a fixed region touches, or null when no open region gets there. */
  @Nullable Span obstacle(Region region) {
    Room room = scope.rooms.of(region);
    long start = Math.max(0, axis.down(room.first()));
    long end = Math.min(top, axis.up(room.first() + room.min()));
    return start >= end ? null : constant(room, start, end);
  }

  private Span constant(Room room, long start, long end) {
    String name = room.region().name();
    int low = DoesNotFit.guard(name, start);
    int high = DoesNotFit.guard(name, end);
    return new Span(
        model.intVar(name + ".start", low),
        model.intVar(name + ".length", high - low),
        model.intVar(name + ".end", high),
        1,
        null);
  }

  /** The ranges that one or the other of these regions can use. */
  List<GfnRange> usable(List<Region> regions) {
    GfnSet usable = GfnSet.empty();
    for (Region region : regions) {
      usable = usable.union(GfnSet.of(usable(region)));
    }
    return usable.ranges();
  }

  /** The places that the variables stand for once they are decided. */
  List<Placement> placements() {
    List<Placement> placements = new ArrayList<>();
    for (Room room : scope.rooms.all()) {
      Span span = open.get(room.region());
      placements.add(
          span == null
              ? room.place()
              : new Placement(
                  room.region(),
                  axis.frame(span.start().getValue()),
                  axis.unit() * span.length().getValue()));
    }
    return placements;
  }
}
