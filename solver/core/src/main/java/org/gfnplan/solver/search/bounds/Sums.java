package org.gfnplan.solver.search.bounds;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** Counts frames: what a total and the regions beside it need, against what they can lie in. */
final class Sums {
  /*
   * How long each summand is, is open, but when they keep apart they take as many different frames
   * as the total says, and more if some do not count. Regions that keep apart from all of them and
   * from each other take their own. All of these lie in what one or the other can reach, less what
   * others are sure to take. The sets tried are that of the summands, with each region that could
   * lie outside of it, and with all.
   */
  private final Shape shape;
  private final Bounds bounds;
  private final Gaps gaps;
  private final Supplier<List<Statement>> because;

  /** Bounds that are not contradictory. */
  Sums(Shape shape, Bounds bounds, Supplier<List<Statement>> because) {
    this.shape = shape;
    this.bounds = bounds;
    this.because = because;
    gaps = new Gaps(shape, bounds);
  }

  /** The first total, and the first set of frames that are too few for it, or null. */
  @Nullable Step overfull() {
    for (Rule rule : shape.others) {
      if (rule instanceof Rule.TotalLength total) {
        Step found = overfull(total.frames(), shape.numbers(total.summands()));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable Step overfull(long frames, int[] summands) {
    for (int k = 0; k < summands.length; k++) {
      if (!isApart(summands[k], IntStream.of(summands).limit(k).boxed().toList())) {
        return null;
      }
    }
    GfnSet theirs = GfnSet.empty();
    for (int summand : summands) {
      theirs = theirs.union(place(summand));
    }
    List<Integer> beside = new ArrayList<>();
    Set<GfnSet> tried = new LinkedHashSet<>(List.of(theirs));
    GfnSet all = theirs;
    List<Integer> list = IntStream.of(summands).boxed().toList();
    for (int i = 0; i < shape.size(); i++) {
      if (bounds.lengthLo[i] > 0 && !bounds.isFixed(i) && isApart(i, list)) {
        beside.add(i);
        tried.add(theirs.union(place(i)));
        all = all.union(place(i));
      }
    }
    tried.add(all);
    for (GfnSet free : tried) {
      long needed = frames + needed(beside, free);
      if (needed > free.size()) {
        return new Step.Overfull(because.get(), free, 1, needed, free.size());
      }
    }
    return null;
  }

  private long needed(List<Integer> beside, GfnSet free) {
    List<Integer> counted = new ArrayList<>();
    long needed = 0;
    for (int i : beside) {
      if (place(i).minus(free).isEmpty() && isApart(i, counted)) {
        counted.add(i);
        needed += bounds.lengthLo[i];
      }
    }
    return needed;
  }

  private boolean isApart(int one, List<Integer> others) {
    return others.stream().allMatch(other -> shape.isApart(one, other));
  }

  private GfnSet place(int region) {
    return Gaps.frames(gaps.of(region));
  }
}
