package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/**
 * The edges of some regions as functions of one unknown address, when they hang together like that.
 */
final class Edges {
  /*
   * Edges that differ by a constant form a class (a fixed length, a pinned start, SameEdge): a
   * union-find that carries offsets; class 0 is the constants. Then one class is taken for the
   * unknown, and the others must follow from it: through Follows, or through a TotalLength in which
   * one other end is left.
   */
  static final long FAR = Long.MAX_VALUE / 8;

  final int[] members;
  final long[] lengthLo;
  final long[] lengthHi;
  private final int[] parent;
  private final long[] offset;
  private @Nullable Curve[] curveOfClass;
  private final List<Constraint> used = new ArrayList<>();
  private boolean consistent = true;

  Edges(Model model, int[] members, long[] lengthLo, long[] lengthHi) {
    this.members = members;
    this.lengthLo = lengthLo;
    this.lengthHi = lengthHi;
    int nodes = 2 * model.size() + 1;
    parent = new int[nodes];
    offset = new long[nodes];
    curveOfClass = new Curve[nodes];
    for (int i = 0; i < nodes; i++) {
      parent[i] = i;
    }
    for (int r : members) {
      if (lengthLo[r] == lengthHi[r]) {
        unite(node(Store.end(r)), node(Store.start(r)), lengthLo[r]);
      }
      if (model.startLo[r] == model.startHi[r]) {
        unite(node(Store.start(r)), 0, model.startLo[r]);
      }
    }
  }

  private static int node(int variable) {
    return 1 + 2 * (variable / 3) + variable % 3;
  }

  private int root(int node) {
    int at = node;
    long sum = 0;
    while (parent[at] != at) {
      sum += offset[at];
      at = parent[at];
    }
    parent[node] = at;
    offset[node] = at == node ? 0 : sum;
    return at;
  }

  /** Learns {@code one = other + difference}. */
  private void unite(int one, int other, long difference) {
    int a = root(one);
    int b = root(other);
    long gap = difference + offset[other] - offset[one];
    if (a == b) {
      consistent &= gap == 0;
    } else if (a == 0) {
      parent[b] = a;
      offset[b] = -gap;
    } else {
      parent[a] = b;
      offset[a] = gap;
    }
  }

  /** Takes fixed regions as constants. */
  void fix(int region, long start, long length) {
    unite(node(Store.start(region)), 0, start);
    unite(node(Store.end(region)), 0, start + length);
  }

  /** Learns that two edges are equal. */
  void same(int one, int other) {
    unite(node(one), node(other), 0);
  }

  /** Learns the starts of regions that follow a constant edge. */
  void followConstants(List<Constraint> constraints) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Constraint constraint : constraints) {
        if (constraint.isRequired() && constraint instanceof Following following) {
          int from = followed(following);
          int to = Store.start(following.region);
          if (from >= 0 && isConstant(from) && !isConstant(to)) {
            unite(node(to), 0, Gfn.roundUp(offset(from), following.step));
            moved = true;
          }
        }
      }
    }
  }

  /** Whether the constants do not contradict each other. */
  boolean isConsistent() {
    return consistent;
  }

  boolean isConstant(int variable) {
    return root(node(variable)) == 0;
  }

  /** The edge as a function of the unknown, plus {@link #offset}; null when it is a constant. */
  @Nullable Curve curve(int variable) {
    return curveOfClass[root(node(variable))];
  }

  long offset(int variable) {
    int node = node(variable);
    int root = root(node);
    return root == node ? 0 : offset[node];
  }

  /** The value of an edge or a length. */
  long value(int variable, long x) {
    if (variable % 3 == 2) {
      return value(variable - 1, x) - value(variable - 2, x);
    }
    Curve curve = curve(variable);
    return offset(variable) + (curve == null ? 0 : curve.at(x));
  }

  /** Finds an unknown that the others follow from; false when there is none. */
  boolean derive(List<Constraint> constraints) {
    List<Integer> classes = new ArrayList<>();
    for (int r : members) {
      for (int node : new int[] {node(Store.end(r)), node(Store.start(r))}) {
        int root = root(node);
        if (root != 0 && !classes.contains(root)) {
          classes.add(root);
        }
      }
    }
    if (classes.isEmpty()) {
      return true;
    }
    for (int candidate : classes) {
      Arrays.fill(curveOfClass, null);
      used.clear();
      curveOfClass[candidate] = new Curve.Unknown();
      int known = 1;
      boolean moved = true;
      while (moved && known < classes.size()) {
        moved = false;
        for (Constraint constraint : constraints) {
          if (constraint.isRequired() && !used.contains(constraint) && follow(constraint)) {
            used.add(constraint);
            moved = true;
            known++;
          }
        }
      }
      if (known == classes.size()) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnown(int variable) {
    int root = root(node(variable));
    return root == 0 || curveOfClass[root] != null;
  }

  private boolean follow(Constraint constraint) {
    if (constraint instanceof Following following) {
      int from = followed(following);
      int to = Store.start(following.region);
      if (from < 0 || isKnown(to) || !isKnown(from)) {
        return false;
      }
      Curve base = curve(from);
      if (base != null) {
        learn(to, new Curve.RoundedUp(base, offset(from), following.step));
        return true;
      }
    }
    return constraint instanceof Total total && follow(total);
  }

  private boolean follow(Total total) {
    int left = -1;
    int given = -1;
    long frames = total.frames;
    for (int r : total.regions) {
      if (!isConstant(Store.start(r))) {
        return false;
      }
      long start = value(Store.start(r), 0);
      if (isConstant(Store.end(r))) {
        frames -= total.except.outside(start, value(Store.end(r), 0));
      } else if (!isKnown(Store.end(r))) {
        if (left >= 0) {
          return false;
        }
        left = r;
      } else if (given >= 0) {
        return false;
      } else {
        given = r;
      }
    }
    if (left < 0 || given < 0) {
      return false;
    }
    Curve base = curve(Store.end(given));
    if (base == null) {
      return false;
    }
    long start = value(Store.start(left), 0);
    learn(
        Store.end(left),
        new Curve.Filling(
            base,
            offset(Store.end(given)),
            value(Store.start(given), 0),
            start,
            start + lengthLo[left],
            total.except,
            frames));
    return true;
  }

  /** The class of the edge becomes the constants plus a curve. */
  private void learn(int variable, Curve curve) {
    int root = root(node(variable));
    long shift = offset(variable);
    curveOfClass[root] = shift == 0 ? curve : new Curve.RoundedUp(curve, -shift, 1);
  }

  /** Whether the edges depend on an unknown at all. */
  boolean hasUnknown() {
    for (int r : members) {
      if (!isConstant(Store.start(r)) || !isConstant(Store.end(r))) {
        return true;
      }
    }
    return false;
  }

  /** Whether no other edge is tied to this one by a constant. */
  boolean isAlone(int variable) {
    int root = root(node(variable));
    int tied = 0;
    for (int r : members) {
      tied += root(node(Store.start(r))) == root ? 1 : 0;
      tied += root(node(Store.end(r))) == root ? 1 : 0;
    }
    return tied == 1;
  }

  /** Whether the rule has been used up to derive an edge. */
  boolean isUsed(Constraint constraint) {
    return used.contains(constraint);
  }

  /** The edge that the region follows, or -1 when it depends on which regions are empty. */
  int followed(Following following) {
    int[] chain = following.chain;
    for (int i = chain.length - 1; i >= 0; i--) {
      if (lengthLo[chain[i]] > 0) {
        return Store.end(chain[i]);
      }
      if (lengthHi[chain[i]] > 0) {
        return chain.length == 1 ? Store.end(chain[i]) : -1;
      }
    }
    return Store.start(chain[chain.length - 1]);
  }

  /** The unknowns for which {@code one + gap <= other}; null when this has no closed form. */
  @Nullable Spans atMost(int one, long gap, int other) {
    Curve a = curve(one);
    Curve b = curve(other);
    long difference = offset(other) - offset(one) - gap;
    if (a == null && b == null) {
      return difference >= 0 ? Spans.of(-FAR, FAR) : Spans.none();
    }
    if (a == null) {
      return inside(b, -difference, FAR);
    }
    if (b == null) {
      return inside(a, -FAR, difference);
    }
    if (a == b) {
      return difference >= 0 ? Spans.of(-FAR, FAR) : Spans.none();
    }
    if (difference >= 0 && b.roundsUp(a)) {
      return Spans.of(-FAR, FAR);
    }
    return a.rising == b.rising ? null : crossing(a, b, difference);
  }

  /** The unknowns for which {@code a <= b + difference}, of which one rises and the other falls. */
  private static Spans crossing(Curve a, Curve b, long difference) {
    long low = 0;
    long high = Gfn.LIMIT + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if ((a.at(middle) <= b.at(middle) + difference) == a.rising) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return a.rising ? Spans.of(0, low - 1) : Spans.of(low, Gfn.LIMIT);
  }

  static Spans inside(@Nullable Curve curve, long lo, long hi) {
    if (curve == null) {
      return lo <= 0 && 0 <= hi ? Spans.of(-FAR, FAR) : Spans.none();
    }
    return Spans.of(curve.from(lo, hi), curve.to(lo, hi));
  }
}
