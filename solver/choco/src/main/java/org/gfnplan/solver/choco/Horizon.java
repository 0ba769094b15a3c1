package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** How far up a model has to look: a best layout, and the canonical one, ends at or below it. */
final class Horizon {
  /*
   * Let M be an address such that above it nothing but the upper end of the space is fixed, as far
   * as open regions can tell: no pin, wish, edge of a fixed region or of an uncounted range, and
   * every set of allowed frames that goes on above M does so from M on without a gap. Take any
   * layout and sort the edges of open regions above M, after M itself. Let A be a common multiple
   * of all steps of the regions with such edges. Then, as long as it is possible:
   *
   *   - between two neighbouring edges at least A apart lies no region: move all edges from the
   *     upper one on down by A;
   *   - or each region that covers the frames between them is loose (it can shrink by A and still
   *     has the length that its rules ask for, and no total counts frames above M of it): the same.
   *
   * What moves, moves as one by a multiple of its steps and stays above M, so rules among the moved
   * hold as before. No rule ties a moved edge to one that stays: edges that are equal are on one
   * side, Apart is about order, and Follows leaves less than one step between an end and the start
   * that follows it, but here are at least A; Inside is about order, and no edge passes another.
   * Starts and lengths only fall, so costs and the tie-break do not grow: wishes are at most M, and
   * a grid of Whole is a step. It ends because each move lowers an edge. At the end, above M
   *
   *   - uncovered stretches are shorter than A, each below the start of its own region;
   *   - covered stretches that only loose regions cover are shorter than A, at most two for each
   *     region; the others lie in a region that is not loose (any more).
   *
   * So all edges are at most M + sum of lengths + (3n + 1) A, with a loose region counted by its
   * needed length + A. The canonical layout cannot be lowered, so it is among these.
   *
   * A set may go on above M with gaps if the first of them is above the horizon that results.
   */
  private final Scope scope;
  private final List<Room> open;
  private final List<Rule.TotalLength> totals = new ArrayList<>();

  /** For each open region, the steps that one of its edges may have to be a multiple of. */
  private final long[] steps;

  /** For each open region, the length below which it may break a rule or become empty. */
  private final long[] needed;

  private Horizon(Scope scope) {
    this.scope = scope;
    open = scope.rooms.all().stream().filter(room -> !room.isConstant()).toList();
    steps = open.stream().mapToLong(Room::step).toArray();
    needed = open.stream().mapToLong(room -> Math.max(1, room.min())).toArray();
    for (Rule rule : scope.rules) {
      if (rule instanceof Rule.OnGrid grid) {
        addStep(rule.regions(), grid.step());
      } else if (rule instanceof Rule.Aligned aligned) {
        addStep(rule.regions(), aligned.alignment().frames());
      } else if (rule instanceof Rule.Follows follows) {
        addStep(rule.regions(), follows.alignment().frames());
      } else if (rule instanceof Rule.TotalLength total) {
        totals.add(total);
      } else if (rule instanceof Rule.Sized sized) {
        for (int i = 0; i < open.size(); i++) {
          if (open.get(i).region().equals(sized.region())) {
            needed[i] = Math.max(needed[i], sized.min());
          }
        }
      }
    }
    if (scope.costs) {
      for (Preference preference : scope.problem.preferences()) {
        if (preference instanceof Preference.Whole whole) {
          addStep(whole.regions(), whole.step());
        }
      }
    }
  }

  private void addStep(List<Region> regions, long step) {
    for (int i = 0; i < steps.length; i++) {
      if (regions.contains(open.get(i).region())) {
        steps[i] = Numbers.lcm(steps[i], step);
      }
    }
  }

  /** One past the highest frame that has to be looked at. */
  static long of(Scope scope) {
    return new Horizon(scope).find();
  }

  private long find() {
    long top = 0;
    TreeSet<Long> marks = new TreeSet<>();
    long fixed = lowestMark();
    marks.add(fixed);
    for (Room room : open) {
      top = Math.max(top, room.highestEnd());
      room.allowed().ranges().forEach(range -> marks.add(range.start()));
    }
    for (Rule rule : scope.rules) {
      if (rule instanceof Rule.Within within) {
        within.allowed().ranges().forEach(range -> marks.add(range.start()));
      } else if (rule instanceof Rule.TotalLength total) {
        for (GfnRange range : total.except().ranges()) {
          marks.add(range.start());
          marks.add(range.end());
        }
      }
    }
    for (long mark : marks.tailSet(fixed)) {
      if (mark >= top) {
        break;
      }
      long end = endAbove(mark);
      if (end < top && isOpenAbove(mark, end)) {
        return end;
      }
    }
    return top;
  }

  /** The lowest M that the constants allow; sets of frames are looked at later. */
  private long lowestMark() {
    long mark = 0;
    for (Room room : open) {
      if (room.isPinned()) {
        mark = Math.max(mark, room.first());
      }
    }
    for (Rule rule : scope.rules) {
      if (rule instanceof Rule.Pinned pinned && scope.isOpen(pinned.region())) {
        mark = Math.max(mark, pinned.start());
      }
      boolean inRooms =
          (rule instanceof Rule.Apart && rule.statement().strength().isRequired())
              || rule instanceof Rule.TotalLength;
      if (!inRooms && scope.isAnyOpen(rule.regions())) {
        for (Region region : rule.regions()) {
          Room room = scope.rooms.of(region);
          if (room.isConstant()) {
            mark = Math.max(mark, room.first() + room.min());
          }
        }
      }
    }
    for (Preference preference : scope.problem.preferences()) {
      for (Preference.Wish wish : scope.openWishes(preference)) {
        mark = Math.max(mark, Math.min(wish.gfn(), scope.highest(wish.edge())));
      }
    }
    return mark;
  }

  private boolean reaches(int room, long mark) {
    return open.get(room).highestEnd() > mark;
  }

  private long endAbove(long mark) {
    long step = 1;
    for (int i = 0; i < steps.length; i++) {
      step = reaches(i, mark) ? Numbers.lcm(step, steps[i]) : step;
    }
    long end = mark + step;
    for (int i = 0; i < steps.length; i++) {
      Room room = open.get(i);
      if (!reaches(i, mark)) {
        continue;
      }
      boolean loose = room.min() != room.max() && !isTotalled(room.region(), mark);
      end += 3 * step + (loose ? Math.min(room.max(), needed[i] + step) : room.max());
    }
    return end;
  }

  /** Whether frames of this region above the mark count for a total. */
  private boolean isTotalled(Region region, long mark) {
    return totals.stream()
        .anyMatch(total -> total.summands().contains(region) && !isUncountedFrom(total, mark));
  }

  private boolean isUncountedFrom(Rule.TotalLength total, long mark) {
    long reach = reach(total);
    return total.except().ranges().stream()
        .anyMatch(range -> range.start() <= mark && range.end() >= reach);
  }

  /** One past the highest frame that an open region may add to a total. */
  private long reach(Rule.TotalLength total) {
    long reach = 0;
    for (Region region : total.summands()) {
      if (scope.isOpen(region)) {
        reach = Math.max(reach, scope.rooms.of(region).highestEnd());
      }
    }
    return reach;
  }

  private boolean isOpenAbove(long mark, long end) {
    for (Room room : open) {
      if (room.max() > 0 && !goesOn(room.allowed(), mark, end)) {
        return false;
      }
    }
    for (Rule rule : scope.rules) {
      if (rule instanceof Rule.Within within
          && scope.rooms.of(within.region()).highestEnd() > mark
          && !goesOn(within.allowed(), mark, end)) {
        return false;
      }
    }
    return totals.stream().allMatch(total -> isEvenAbove(total, mark));
  }

  private static boolean goesOn(GfnSet allowed, long mark, long end) {
    List<GfnRange> above = new ArrayList<>();
    for (GfnRange range : allowed.ranges()) {
      if (range.end() > mark) {
        above.add(range);
      }
    }
    return above.isEmpty()
        || (above.get(0).start() <= mark && (above.size() == 1 || above.get(0).end() >= end));
  }

  /** Whether above the mark no frame counts for the total, or each does. */
  private boolean isEvenAbove(Rule.TotalLength total, long mark) {
    long reach = reach(total);
    return isUncountedFrom(total, mark)
        || total.except().ranges().stream()
            .allMatch(range -> range.end() <= mark || range.start() >= reach);
  }
}
