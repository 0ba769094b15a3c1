package org.gfnplan.solver.ortools;

import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** Says what follows from counting aligned blocks, which CP-SAT does not see by itself. */
final class LevelCounting {
  /*
   * Regions that are mutually apart share no whole block of size b, and no multiple of b. A region
   * takes at least so many of each wherever it lies (blocks, multiples); a zone has so many of each.
   * These constraints forbid no layout; without them CP-SAT needs more than 20 seconds to refute 35
   * blocks in 34 places, with them milliseconds.
   *
   * A zone is the window of some region, less what none of the regions can reach. Regions that may
   * lie inside or outside of it get a literal. A region that begins below all others and stretches
   * up to them (RAM, in practice) has to end below the places that the others need.
   */
  private static final int MOST_ZONES = 12;

  private final Model model;
  private final Rooms rooms;
  private final List<Shape> shapes;

  LevelCounting(Model model, Rooms rooms, List<Shape> shapes) {
    this.model = model;
    this.rooms = rooms;
    this.shapes = shapes;
  }

  /** What a region takes of a zone: always, or while a literal holds. */
  private record Demand(Room room, @Nullable Literal inside) {
    /** The fewest whole blocks of this size among its frames. */
    long blocks(long size) {
      return Math.max(0, (room.minLength() + alignment(size)) / size - 1);
    }

    /** The fewest multiples of this size among its frames. */
    long multiples(long size) {
      return (room.minLength() + alignment(size) - 1) / size;
    }

    private long alignment(long size) {
      return Math.min(size, Long.lowestOneBit(room.step()));
    }
  }

  /** Adds the constraints of one clique of movable regions that are apart. */
  void add(BitSet clique) {
    List<Integer> members = clique.stream().filter(i -> !rooms.of(i).mayBeEmpty()).boxed().toList();
    Set<GfnRange> windows = new LinkedHashSet<>();
    for (int member : members) {
      List<GfnRange> allowed = rooms.of(member).allowed().ranges();
      windows.add(new GfnRange(allowed.get(0).start(), allowed.get(allowed.size() - 1).end()));
    }
    windows.stream().limit(MOST_ZONES).forEach(window -> addZone(clique, members, window));
  }

  private void addZone(BitSet clique, List<Integer> members, GfnRange window) {
    List<GfnRange> reached = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    Set<Long> sizes = new TreeSet<>(List.of(1L));
    for (int member : members) {
      Room room = rooms.of(member);
      GfnSet reach = room.reach();
      GfnSet inside = reach.within(window);
      boolean always = inside.equals(reach);
      if (always || (!inside.isEmpty() && room.hasFixedLength())) {
        reached.addAll(inside.ranges());
        demands.add(new Demand(room, always ? null : insideLiteral(shapes.get(member), window)));
        sizes.add(Long.lowestOneBit(room.step()));
      }
    }
    GfnSet zone = GfnSet.of(reached);
    for (long size : sizes) {
      if (size > 1) {
        addCount(demands, zone, size, true);
      }
      addCount(demands, zone, size, false);
    }
    clique.stream().forEach(member -> keepBelow(shapes.get(member), demands, zone, sizes));
  }

  /** A literal that holds at least while the region lies in the window. */
  private Literal insideLiteral(Shape shape, GfnRange window) {
    Literal inside = model.literal("i");
    List<Span> outside = new ArrayList<>();
    if (window.start() > 0) {
      outside.add(new Span(0, window.start() - 1));
    }
    long last = window.end() - shape.length().min();
    if (last < Gfn.LIMIT) {
      outside.add(new Span(Math.max(0, Math.max(window.start(), last + 1)), Gfn.LIMIT));
    }
    model.oneOf(shape.start(), outside, List.of(inside.not()));
    return inside;
  }

  private void addCount(List<Demand> demands, GfnSet zone, long size, boolean blocks) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    long constant = 0;
    long most = 0;
    for (Demand demand : demands) {
      long count = blocks ? demand.blocks(size) : demand.multiples(size);
      Literal inside = demand.inside();
      most += count;
      if (inside == null) {
        constant += count;
      } else if (count > 0) {
        sum.addTerm(inside, count);
      }
    }
    long available = available(zone, size, blocks);
    if (constant > available) {
      model.never(List.of());
    } else if (most > available) {
      model.between(sum, 0, available - constant, List.of());
    }
  }

  private static long available(GfnSet zone, long size, boolean blocks) {
    long count = 0;
    for (GfnRange range : zone.ranges()) {
      long first = Gfn.roundUp(range.start(), size);
      long end = blocks ? Gfn.roundDown(range.end(), size) : Gfn.roundUp(range.end(), size);
      count += Math.max(0, end - first) / size;
    }
    return count;
  }

  /** A region that begins below everything that always lies in the zone ends below it, too. */
  private void keepBelow(Shape shape, List<Demand> demands, GfnSet zone, Set<Long> sizes) {
    if (!shape.start().isConstant() || shape.length().isConstant() || zone.isEmpty()) {
      return;
    }
    List<Demand> above =
        demands.stream()
            .filter(demand -> demand.inside() == null)
            .filter(demand -> !demand.room().equals(shape.room()))
            .filter(demand -> demand.room().firstStart() >= shape.start().min())
            .toList();
    long limit = shape.end().max();
    for (long size : sizes) {
      long blocks = above.stream().mapToLong(demand -> demand.blocks(size)).sum();
      limit = Math.min(limit, lastStart(zone, size, blocks));
    }
    if (limit < shape.end().max()) {
      List<Literal> present = shape.whenPresent(List.of());
      model.between(shape.end().expr(), 0, limit, present);
    }
  }

  /** The start of the lowest of the {@code count} highest whole blocks; -1 if there are fewer. */
  private static long lastStart(GfnSet zone, long size, long count) {
    if (count == 0) {
      return Gfn.LIMIT;
    }
    long left = count;
    List<GfnRange> ranges = zone.ranges();
    for (int i = ranges.size() - 1; i >= 0; i--) {
      long first = Gfn.roundUp(ranges.get(i).start(), size);
      long end = Gfn.roundDown(ranges.get(i).end(), size);
      long here = Math.max(0, end - first) / size;
      if (here >= left) {
        return end - left * size;
      }
      left -= here;
    }
    return -1;
  }
}
