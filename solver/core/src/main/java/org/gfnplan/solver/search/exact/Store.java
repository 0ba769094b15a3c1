package org.gfnplan.solver.search.exact;

import java.util.Arrays;
import org.gfnplan.solver.space.Gfn;

/**
 * Bounds on the start, end and length of every region, narrowed by rules until nothing moves, and
 * restored on the way back.
 */
final class Store {
  /*
   * Three variables for each region r: start 3r, end 3r + 1, length 3r + 2. A change puts the
   * region on a queue; to run the queue is to narrow the region by its own shape, by the orders
   * that were decided for it, and by the rules that speak of it. Every narrowing keeps all
   * solutions, so a queue that is cut short (PATIENCE) is weaker but never wrong; it can take very
   * long to meet, for instance, when a start must be a multiple of 2^30 and the end one of 3^18.
   */
  private static final int PATIENCE = 64;

  /** The statement is neither held nor given up yet. */
  static final byte OPEN = 0;

  /** The rules of the statement narrow bounds. */
  static final byte HELD = 1;

  /** The rules of the statement say nothing. */
  static final byte GIVEN_UP = 2;

  final int regions;
  final long[] lo;
  final long[] hi;
  final long[] startStep;
  final long[] endStep;
  final byte[] state;

  private final int[] members;
  private final Constraint[][] watchers;
  private final Term[][] costs;

  private int[] trailVariable = new int[256];
  private long[] trailLo = new long[256];
  private long[] trailHi = new long[256];
  private int trail;

  /* Arcs "from ends before to starts", as one linked list for each region and side. */
  private int[] arcFrom = new int[64];
  private int[] arcTo = new int[64];
  private int[] nextOut = new int[64];
  private int[] nextIn = new int[64];
  private int arcs;
  private final int[] firstOut;
  private final int[] firstIn;

  private final int[] queue;
  private final boolean[] queued;
  private int head;
  private int waiting;
  private boolean sandbox;

  /** How many times a rule has looked at a region; the same on every machine. */
  private long work;

  Store(Model model, Part part) {
    regions = model.size();
    lo = new long[3 * regions];
    hi = new long[3 * regions];
    startStep = model.startStep.clone();
    endStep = model.endStep.clone();
    state = new byte[model.statements.size()];
    firstOut = new int[regions];
    firstIn = new int[regions];
    Arrays.fill(firstOut, -1);
    Arrays.fill(firstIn, -1);
    queue = new int[regions + 1];
    queued = new boolean[regions];
    for (int r = 0; r < regions; r++) {
      lo[3 * r] = model.startLo[r];
      hi[3 * r] = model.startHi[r];
      lo[3 * r + 1] = model.startLo[r] + model.lengthLo[r];
      hi[3 * r + 1] = lo[3 * r + 1];
      lo[3 * r + 2] = model.lengthLo[r];
      hi[3 * r + 2] = model.lengthHi[r];
    }
    members = part.members();
    for (int r : members) {
      lo[3 * r + 1] = 0;
      hi[3 * r + 1] = Gfn.LIMIT;
    }
    watchers = watchers(part);
    costs = new Term[regions][];
    for (int r : members) {
      int region = r;
      costs[r] = part.terms().stream().filter(term -> term.looksAt(region)).toArray(Term[]::new);
    }
  }

  private Constraint[][] watchers(Part part) {
    int[] count = new int[regions];
    for (Constraint constraint : part.constraints()) {
      for (int r : constraint.regions) {
        count[r]++;
      }
    }
    Constraint[][] found = new Constraint[regions][];
    for (int r : members) {
      found[r] = new Constraint[count[r]];
    }
    for (Constraint constraint : part.constraints()) {
      for (int r : constraint.regions) {
        if (found[r] != null) {
          found[r][--count[r]] = constraint;
        }
      }
    }
    return found;
  }

  static int start(int region) {
    return 3 * region;
  }

  static int end(int region) {
    return 3 * region + 1;
  }

  static int length(int region) {
    return 3 * region + 2;
  }

  boolean isFixed(int variable) {
    return lo[variable] == hi[variable];
  }

  /** Whether the region surely takes a frame. */
  boolean isFull(int region) {
    return lo[3 * region + 2] > 0;
  }

  /** Whether the region surely takes no frame. */
  boolean isEmpty(int region) {
    return hi[3 * region + 2] == 0;
  }

  /** Narrows the variable to {@code value} and more; false when nothing is left. */
  boolean atLeast(int variable, long value) {
    if (value <= lo[variable]) {
      return true;
    }
    if (value > hi[variable]) {
      return false;
    }
    remember(variable);
    lo[variable] = value;
    wake(variable / 3);
    return true;
  }

  /** Narrows the variable to {@code value} and less; false when nothing is left. */
  boolean atMost(int variable, long value) {
    if (value >= hi[variable]) {
      return true;
    }
    if (value < lo[variable]) {
      return false;
    }
    remember(variable);
    hi[variable] = value;
    wake(variable / 3);
    return true;
  }

  /** Narrows the variable to one value; false when it cannot have it. */
  boolean fix(int variable, long value) {
    return atLeast(variable, value) && atMost(variable, value);
  }

  /** Decides that {@code from} ends before {@code to} starts. */
  boolean order(int from, int to) {
    if (arcs == arcFrom.length) {
      arcFrom = Arrays.copyOf(arcFrom, 2 * arcs);
      arcTo = Arrays.copyOf(arcTo, 2 * arcs);
      nextOut = Arrays.copyOf(nextOut, 2 * arcs);
      nextIn = Arrays.copyOf(nextIn, 2 * arcs);
    }
    arcFrom[arcs] = from;
    arcTo[arcs] = to;
    nextOut[arcs] = firstOut[from];
    nextIn[arcs] = firstIn[to];
    firstOut[from] = arcs;
    firstIn[to] = arcs;
    arcs++;
    return before(from, to);
  }

  /** Whether it was decided which of the two comes first. */
  boolean isOrdered(int one, int other) {
    return hasArc(one, other) || hasArc(other, one);
  }

  private boolean hasArc(int from, int to) {
    for (int arc = firstOut[from]; arc >= 0; arc = nextOut[arc]) {
      if (arcTo[arc] == to) {
        return true;
      }
    }
    return false;
  }

  /** Narrows both regions to {@code from} ending before {@code to} starts. */
  boolean before(int from, int to) {
    return atLeast(start(to), lo[end(from)]) && atMost(end(from), hi[start(to)]);
  }

  /** Holds a statement or gives it up, and wakes what it speaks of; always possible. */
  boolean decide(int statement, byte decision, int[] touched) {
    remember(-1 - statement);
    state[statement] = decision;
    for (int r : touched) {
      wake(r);
    }
    return true;
  }

  /** A point to come back to: half for bounds, half for orders. */
  long mark() {
    return ((long) arcs << 32) | trail;
  }

  /** Undoes everything since {@code mark}. */
  void undo(long mark) {
    int downTo = (int) mark;
    while (trail > downTo) {
      trail--;
      int variable = trailVariable[trail];
      if (variable < 0) {
        state[-1 - variable] = OPEN;
      } else {
        lo[variable] = trailLo[trail];
        hi[variable] = trailHi[trail];
      }
    }
    int arcsLeft = (int) (mark >>> 32);
    while (arcs > arcsLeft) {
      arcs--;
      firstOut[arcFrom[arcs]] = nextOut[arcs];
      firstIn[arcTo[arcs]] = nextIn[arcs];
    }
    forget();
  }

  void wakeAll() {
    for (int r : members) {
      wake(r);
    }
  }

  long work() {
    return work;
  }

  /** Narrows until nothing moves; false when a rule or a cost bound has no solution left. */
  boolean propagate() {
    long left = (long) PATIENCE * (members.length + 4);
    while (waiting > 0) {
      int region = queue[head];
      head = head + 1 == queue.length ? 0 : head + 1;
      waiting--;
      queued[region] = false;
      if (left-- < 0) {
        forget();
        return true;
      }
      if (!narrow(region)) {
        forget();
        return false;
      }
    }
    return true;
  }

  private boolean narrow(int region) {
    work += 4;
    if (!shape(region)) {
      return false;
    }
    for (int arc = firstOut[region]; arc >= 0; arc = nextOut[arc]) {
      if (!before(region, arcTo[arc])) {
        return false;
      }
    }
    for (int arc = firstIn[region]; arc >= 0; arc = nextIn[arc]) {
      if (!before(arcFrom[arc], region)) {
        return false;
      }
    }
    for (Constraint constraint : watchers[region]) {
      byte how = constraint.isRequired() ? HELD : state[constraint.statement];
      work += how == HELD ? constraint.looks(region) : constraint.regions.length;
      if (how == HELD) {
        if (!constraint.narrow(this, region)) {
          return false;
        }
      } else if (how == OPEN && cannotHold(constraint)) {
        remember(-1 - constraint.statement);
        state[constraint.statement] = GIVEN_UP;
      }
    }
    for (Term term : costs[region]) {
      if (!term.narrow(this)) {
        return false;
      }
    }
    return true;
  }

  /** Start, end and length fit each other, and the edges are on their grids. */
  private boolean shape(int region) {
    int s = start(region);
    int e = end(region);
    int l = length(region);
    for (int round = 0; round < 8; round++) {
      int before = trail;
      boolean possible =
          atLeast(s, Gfn.roundUp(Math.max(lo[s], lo[e] - hi[l]), startStep[region]))
              && atMost(s, Gfn.roundDown(Math.min(hi[s], hi[e] - lo[l]), startStep[region]))
              && atLeast(e, Gfn.roundUp(Math.max(lo[e], lo[s] + lo[l]), endStep[region]))
              && atMost(e, Gfn.roundDown(Math.min(hi[e], hi[s] + hi[l]), endStep[region]))
              && atLeast(l, lo[e] - hi[s])
              && atMost(l, hi[e] - lo[s]);
      if (!possible) {
        return false;
      }
      if (trail == before) {
        break;
      }
    }
    return true;
  }

  /** Whether the rule has no solution in these bounds. */
  private boolean cannotHold(Constraint constraint) {
    boolean nested = sandbox;
    sandbox = true;
    int mark = trail;
    boolean possible = constraint.narrow(this);
    while (trail > mark) {
      trail--;
      lo[trailVariable[trail]] = trailLo[trail];
      hi[trailVariable[trail]] = trailHi[trail];
    }
    sandbox = nested;
    return !possible;
  }

  private void remember(int variable) {
    if (trail == trailVariable.length) {
      trailVariable = Arrays.copyOf(trailVariable, 2 * trail);
      trailLo = Arrays.copyOf(trailLo, 2 * trail);
      trailHi = Arrays.copyOf(trailHi, 2 * trail);
    }
    trailVariable[trail] = variable;
    if (variable >= 0) {
      trailLo[trail] = lo[variable];
      trailHi[trail] = hi[variable];
    }
    trail++;
  }

  private void wake(int region) {
    if (sandbox || queued[region] || watchers[region] == null) {
      return;
    }
    queued[region] = true;
    int tail = head + waiting;
    queue[tail >= queue.length ? tail - queue.length : tail] = region;
    waiting++;
  }

  private void forget() {
    while (waiting > 0) {
      queued[queue[head]] = false;
      head = head + 1 == queue.length ? 0 : head + 1;
      waiting--;
    }
  }
}
