package org.gfnplan.solver.search.bounds;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** Counts aligned blocks: what regions need of them, against what fits where they can lie. */
final class Counting {
  /*
   * A region that starts on a multiple of b and has at least k * b frames covers k whole aligned
   * blocks of b frames. Regions that keep apart cover different blocks. So regions that can only
   * lie in a set of frames cannot cover more blocks than the set holds. The sets tried are the ones
   * that single regions are confined to; windows nest, so these are the ones that matter.
   */
  private final Shape shape;
  private final Bounds bounds;
  private final Supplier<List<Statement>> because;
  private final List<Integer> movable = new ArrayList<>();
  private final List<GfnSet> places = new ArrayList<>();

  /** Bounds that are not contradictory. */
  Counting(Shape shape, Bounds bounds, Supplier<List<Statement>> because) {
    this.shape = shape;
    this.bounds = bounds;
    this.because = because;
    Gaps gaps = new Gaps(shape, bounds);
    for (int i = 0; i < shape.size(); i++) {
      if (bounds.lengthLo[i] > 0 && !bounds.isFixed(i)) {
        movable.add(i);
        places.add(Gaps.frames(gaps.of(i)));
      }
    }
  }

  /** The first set of frames and the largest block of which too many are needed, or null. */
  @Nullable Step overfull() {
    for (int k = 0; k < places.size(); k++) {
      GfnSet free = places.get(k);
      if (places.subList(0, k).contains(free)) {
        continue;
      }
      List<Integer> inside = new ArrayList<>();
      TreeSet<Long> blocks = new TreeSet<>();
      for (int m = 0; m < places.size(); m++) {
        if (places.get(m).ranges().stream().allMatch(free::contains)) {
          inside.add(movable.get(m));
          blocks.add(shape.alignment(movable.get(m)).frames());
        }
      }
      for (long block : blocks.descendingSet()) {
        long needed = needed(inside, block);
        long fit = fit(free, new Alignment(block));
        if (needed > fit) {
          return new Step.Overfull(because.get(), free, block, needed, fit);
        }
      }
    }
    return null;
  }

  private long needed(List<Integer> inside, long block) {
    List<Integer> counted = new ArrayList<>();
    long needed = 0;
    for (int i : inside) {
      if (shape.alignment(i).frames() >= block
          && bounds.lengthLo[i] >= block
          && counted.stream().allMatch(other -> shape.isApart(i, other))) {
        counted.add(i);
        needed += bounds.lengthLo[i] / block;
      }
    }
    return needed;
  }

  private static long fit(GfnSet free, Alignment block) {
    long fit = 0;
    for (GfnRange range : free.ranges()) {
      fit += Math.max(0, block.down(range.end()) - block.up(range.start())) / block.frames();
    }
    return fit;
  }
}
