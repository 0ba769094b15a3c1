package org.gfnplan.solver.search.exact;

import java.util.Arrays;
import org.gfnplan.solver.space.Gfn;

/** Depth-first search for one layout within the bounds of a store. */
final class Descent {
  /*
   * Order branching. Put every region at its lowest bounds. When no rule minds, that is a layout.
   * Else take a rule that minds: two regions that overlap are branched on which comes first; for
   * any other rule a variable is cut in two. Without cuts the tree does not depend on the size of
   * the space: with every order decided, the least fixpoint of the bounds respects all orders,
   * alignments and equal edges. Each branch removes no layout and the domains are finite, so the
   * search is complete.
   */
  enum Verdict {
    FOUND,
    NONE,
    STOPPED
  }

  private enum Branch {
    LOW_FIRST,
    HIGH_FIRST,
    ORDER,
    HOLD
  }

  private final Model model;
  private final Part part;
  private final Store store;
  private final Meter meter;
  private final int[][] touched;

  /** The layout that was found last. */
  final long[] start;

  final long[] length;

  private final boolean[] broken;
  private int depth;
  private Branch[] branch = new Branch[64];
  private int[] first = new int[64];
  private int[] second = new int[64];
  private long[] cut = new long[64];
  private long[] mark = new long[64];

  /** The variable whose lowest value has just been refuted, so that the rest is halved. */
  private int refuted = -1;

  Descent(Model model, Part part, Store store, Meter meter) {
    this.model = model;
    this.part = part;
    this.store = store;
    this.meter = meter;
    start = model.startLo.clone();
    length = model.lengthLo.clone();
    broken = new boolean[model.statements.size()];
    touched = new int[broken.length][];
    for (int statement = 0; statement < broken.length; statement++) {
      int each = statement;
      touched[statement] =
          part.constraints().stream()
              .filter(c -> c.statement == each)
              .flatMapToInt(c -> Arrays.stream(c.regions))
              .distinct()
              .toArray();
    }
  }

  /** Looks for a layout within the store's bounds, and leaves the store as it was. */
  Verdict search() {
    long base = store.mark();
    depth = 0;
    refuted = -1;
    store.wakeAll();
    boolean possible = store.propagate();
    long paid = store.work();
    while (true) {
      long work = store.work() - paid;
      paid += work;
      if (!meter.step(work)) {
        store.undo(base);
        return Verdict.STOPPED;
      }
      if (possible) {
        int chosen = depth;
        if (isLayout()) {
          store.undo(base);
          return Verdict.FOUND;
        }
        possible = depth > chosen && take(depth - 1, true);
        refuted = -1;
      }
      while (!possible) {
        if (depth == 0) {
          store.undo(base);
          return Verdict.NONE;
        }
        depth--;
        store.undo(mark[depth]);
        refuted = branch[depth] == Branch.LOW_FIRST ? first[depth] : -1;
        possible = take(depth, false);
      }
    }
  }

  private boolean take(int at, boolean isFirst) {
    int one = first[at];
    int other = second[at];
    boolean possible =
        switch (branch[at]) {
          case LOW_FIRST -> cut(one, cut[at], isFirst);
          case HIGH_FIRST -> cut(one, cut[at], !isFirst);
          case ORDER -> isFirst ? store.order(one, other) : store.order(other, one);
          case HOLD -> store.decide(one, isFirst ? Store.HELD : Store.GIVEN_UP, touched[one]);
        };
    return possible && store.propagate();
  }

  private boolean cut(int variable, long at, boolean low) {
    return low ? store.atMost(variable, at) : store.atLeast(variable, at + 1);
  }

  private void push(Branch kind, int one, int other, long at) {
    if (depth == branch.length) {
      branch = Arrays.copyOf(branch, 2 * depth);
      first = Arrays.copyOf(first, 2 * depth);
      second = Arrays.copyOf(second, 2 * depth);
      cut = Arrays.copyOf(cut, 2 * depth);
      mark = Arrays.copyOf(mark, 2 * depth);
    }
    branch[depth] = kind;
    first[depth] = one;
    second[depth] = other;
    cut[depth] = at;
    mark[depth] = store.mark();
    depth++;
  }

  /** Whether the lowest bounds are a layout; else pushes a branch, unless all is decided. */
  private boolean isLayout() {
    for (int r : part.members()) {
      start[r] = store.lo[Store.start(r)];
      long end = store.lo[Store.end(r)];
      length[r] = end - start[r];
      if (length[r] > store.hi[Store.length(r)]
          || start[r] % store.startStep[r] != 0
          || end % store.endStep[r] != 0) {
        splitOneOf(r);
        return false;
      }
    }
    Arrays.fill(broken, false);
    for (Constraint constraint : part.constraints()) {
      if (!constraint.holds(start, length)) {
        if (constraint.isRequired() || store.state[constraint.statement] == Store.HELD) {
          branchOn(constraint);
          return false;
        }
        broken[constraint.statement] = true;
      }
    }
    for (Term term : part.terms()) {
      if (term.bound < Long.MAX_VALUE && !isCheapEnough(term)) {
        return false;
      }
    }
    return true;
  }

  /** The weight of the statements that the layout found last gives up. */
  long weightGivenUp() {
    long weight = 0;
    for (int i = 0; i < broken.length; i++) {
      weight += broken[i] ? model.weights[i] : 0;
    }
    return weight;
  }

  boolean isGivenUp(int statement) {
    return broken[statement];
  }

  private boolean isCheapEnough(Term term) {
    if (term.kind == Term.Kind.WEIGHT) {
      if (weightGivenUp() <= term.bound) {
        return true;
      }
      int heaviest = -1;
      for (int i = 0; i < broken.length; i++) {
        if (broken[i]
            && store.state[i] == Store.OPEN
            && (heaviest < 0 || model.weights[i] > model.weights[heaviest])) {
          heaviest = i;
        }
      }
      if (heaviest >= 0) {
        push(Branch.HOLD, heaviest, -1, 0);
      }
      return false;
    }
    if (term.value(start, length) <= term.bound) {
      return true;
    }
    for (int i = 0; i < term.variables.length; i++) {
      int v = term.variables[i];
      long lo = store.lo[v];
      long hi = store.hi[v];
      long value = Unary.value(v, start, length);
      if (lo == hi || term.least(value, value, i) == term.least(lo, hi, i)) {
        continue;
      }
      switch (term.kind) {
        case NEAR, UNMOVED ->
            push(Branch.HIGH_FIRST, v, -1, Math.max(lo, Math.min(hi, term.wish[i]) - 1));
        case WHOLE -> push(Branch.HIGH_FIRST, v, -1, Gfn.roundUp(lo, term.step) - 1);
        case VALUE, WEIGHT -> push(Branch.LOW_FIRST, v, -1, lo);
      }
      return false;
    }
    splitOneOf(Arrays.stream(term.variables).map(v -> v / 3).toArray());
    return false;
  }

  private void branchOn(Constraint constraint) {
    if (constraint instanceof Separate separate) {
      for (int other : separate.others) {
        if (Separate.overlap(separate.region, other, start, length)) {
          branchOnOrder(separate.region, other);
          return;
        }
      }
    }
    if (constraint instanceof Nested nested && branchOnEmpty(nested.region)) {
      return;
    }
    if (constraint instanceof Confined confined && branchOnEmpty(confined.region)) {
      return;
    }
    if (constraint instanceof Total && branchOnNeighbour(constraint.regions)) {
      return;
    }
    splitOneOf(constraint.regions);
  }

  private boolean branchOnEmpty(int region) {
    if (store.isFull(region)) {
      return false;
    }
    push(Branch.LOW_FIRST, Store.length(region), -1, 0);
    return true;
  }

  /**
   * Branches on whether a summand is empty, else on whether it comes before a region that it keeps
   * apart from or lies in its first gap, as long as that is open and bounds its length: there are
   * few orders and many lengths, and with all orders decided the bounds of a sum are the sums of
   * the bounds.
   */
  private boolean branchOnNeighbour(int[] summands) {
    for (Constraint constraint : part.constraints()) {
      if (!constraint.isRequired() && store.state[constraint.statement] != Store.HELD) {
        continue;
      }
      if (constraint instanceof Confined confined
          && contains(summands, confined.region)
          && branchOnGap(confined)) {
        return true;
      }
      if (!(constraint instanceof Separate separate)) {
        continue;
      }
      boolean all = contains(summands, separate.region);
      for (int other : separate.others) {
        if ((all || contains(summands, other)) && isOrderOpen(separate.region, other)) {
          branchOnOpenOrder(separate.region, other);
          return true;
        }
      }
    }
    return false;
  }

  /** Leads the region towards its widest gap, where it may lie in several. */
  private boolean branchOnGap(Confined confined) {
    int r = confined.region;
    Ranges gaps = confined.allowed;
    long from = store.lo[Store.start(r)];
    long to = store.hi[Store.end(r)];
    int first = gaps.firstEndingAfter(from);
    if (store.isEmpty(r) || first == gaps.count || to <= gaps.end[first]) {
      return false;
    }
    if (branchOnEmpty(r)) {
      return true;
    }
    int widest = first;
    long width = gaps.end[first] - Math.max(from, gaps.start[first]);
    for (int i = first + 1; i < gaps.count && gaps.start[i] < to; i++) {
      if (Math.min(to, gaps.end[i]) - gaps.start[i] > width) {
        widest = i;
        width = Math.min(to, gaps.end[i]) - gaps.start[i];
      }
    }
    if (widest == first) {
      push(Branch.LOW_FIRST, Store.end(r), -1, gaps.end[first]);
    } else {
      push(Branch.HIGH_FIRST, Store.end(r), -1, gaps.end[widest - 1]);
    }
    return true;
  }

  private static boolean contains(int[] regions, int region) {
    for (int r : regions) {
      if (r == region) {
        return true;
      }
    }
    return false;
  }

  private boolean isOrderOpen(int one, int other) {
    return !store.isEmpty(one)
        && !store.isEmpty(other)
        && store.hi[Store.end(one)] > store.lo[Store.start(other)]
        && store.hi[Store.end(other)] > store.lo[Store.start(one)]
        && !store.isOrdered(one, other);
  }

  private void branchOnOpenOrder(int one, int other) {
    for (int r : new int[] {one, other}) {
      if (!store.isFull(r)) {
        push(Branch.HIGH_FIRST, Store.length(r), -1, 0);
        return;
      }
    }
    if (store.hi[Store.start(one)] <= store.hi[Store.start(other)]) {
      push(Branch.ORDER, one, other, 0);
    } else {
      push(Branch.ORDER, other, one, 0);
    }
  }

  private void branchOnOrder(int one, int other) {
    if (branchOnEmpty(one) || branchOnEmpty(other)) {
      return;
    }
    long pushesOther = start[one] + length[one] - start[other];
    long pushesOne = start[other] + length[other] - start[one];
    if (pushesOther <= pushesOne) {
      push(Branch.ORDER, one, other, 0);
    } else {
      push(Branch.ORDER, other, one, 0);
    }
  }

  /** Cuts the variable of these regions that has the fewest values left. */
  private void splitOneOf(int... regions) {
    int smallest = -1;
    for (int r : regions) {
      for (int v = 3 * r; v < 3 * r + 3; v++) {
        if (!store.isFixed(v)
            && (smallest < 0
                || store.hi[v] - store.lo[v] < store.hi[smallest] - store.lo[smallest])) {
          smallest = v;
        }
      }
    }
    if (smallest < 0) {
      return;
    }
    long lo = store.lo[smallest];
    long at = smallest == refuted ? lo + (store.hi[smallest] - lo) / 2 : lo;
    push(Branch.LOW_FIRST, smallest, -1, at);
  }
}
