package org.gfnplan.solver.choco;

import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.Gfn;

/**
 * The coordinates a model counts in: {@code frame = base + unit * coordinate}.
 *
 * @param base the frame of coordinate 0; a multiple of every step that is spoken of
 * @param unit frames in one coordinate, a power of two
 */
record Axis(long base, long unit) {
  /*
   * A unit above 1 is used only where it changes nothing: when each open region has one length, and
   * each length, start step and constant that an edge is compared with is a multiple of the unit.
   * Then every edge of every layout is one, too. Where a region can stretch, rounding all edges
   * keeps them apart but not a total, so the unit is 1.
   */
  static Axis of(Scope scope) {
    long lowest = Long.MAX_VALUE;
    long steps = 1;
    for (Room room : scope.rooms.all()) {
      if (!room.isConstant()) {
        lowest = Math.min(lowest, room.first());
        steps = Numbers.lcm(steps, room.step());
      }
    }
    for (Rule rule : scope.rules) {
      if (rule instanceof Rule.OnGrid grid) {
        steps = Numbers.lcm(steps, grid.step());
      } else if (rule instanceof Rule.Aligned aligned) {
        steps = Numbers.lcm(steps, aligned.alignment().frames());
      } else if (rule instanceof Rule.Follows follows) {
        steps = Numbers.lcm(steps, follows.alignment().frames());
        // Fixed regions of a chain become constants of the model.
        for (Region region : follows.regions()) {
          lowest = Math.min(lowest, scope.rooms.of(region).first());
        }
      }
    }
    if (scope.costs) {
      for (Preference preference : scope.problem.preferences()) {
        if (preference instanceof Preference.Whole whole) {
          steps = Numbers.lcm(steps, whole.step());
        }
      }
    }
    long base = lowest == Long.MAX_VALUE ? 0 : Gfn.roundDown(lowest, steps);
    return new Axis(base, unit(scope));
  }

  private static long unit(Scope scope) {
    long common = 0;
    for (Room room : scope.rooms.all()) {
      if (!room.isConstant()) {
        if (room.min() != room.max()) {
          return 1;
        }
        common = Numbers.gcd(Numbers.gcd(room.step(), room.min()), common);
      }
    }
    for (Rule rule : scope.rules) {
      if (rule instanceof Rule.TotalLength) {
        return 1;
      }
      if (rule instanceof Rule.SameEdge || rule instanceof Rule.Follows) {
        for (Region region : rule.regions()) {
          if (!scope.isOpen(region)) {
            Room room = scope.rooms.of(region);
            common = Numbers.gcd(Numbers.gcd(room.first(), room.min()), common);
          }
        }
      }
    }
    for (Preference preference : scope.problem.preferences()) {
      if (preference instanceof Preference.Near) {
        for (Preference.Wish wish : scope.openWishes(preference)) {
          common = Numbers.gcd(wish.gfn(), common);
        }
      }
    }
    return common == 0 ? 1 : Long.lowestOneBit(common);
  }

  /** Whether a coordinate is this frame. */
  boolean meets(long frame) {
    return Math.floorMod(frame - base, unit) == 0;
  }

  /** The coordinate of a frame that {@link #meets} one, or the next one below. */
  long down(long frame) {
    return Math.floorDiv(frame - base, unit);
  }

  /** The coordinate of a frame, or the next one above. */
  long up(long frame) {
    return -Math.floorDiv(base - frame, unit);
  }

  /** What a coordinate is a multiple of when its frame is a multiple of {@code step}. */
  long step(long step) {
    return step / Numbers.gcd(step, unit);
  }

  /** The coordinates that a length takes, rounded down. */
  long length(long frames) {
    return frames / unit;
  }

  /** The frame of a coordinate. */
  long frame(long coordinate) {
    return base + unit * coordinate;
  }
}
