package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.search.exact.Line.OutOfShape;

/** The values of a line's unknown that cost least. */
final class LineCosts {
  /*
   * Between two breaks every edge is a straight line of slope -1, 0 or 1, so a sum of distances is
   * straight as well, and least at an end; a count is constant. Only breaks and ends are looked at.
   */
  private static final int MOST_WHOLE_EDGES = 6;

  private final Line line;
  private final boolean[] member;

  LineCosts(Line line, boolean[] member) {
    this.line = line;
    this.member = member;
  }

  /** Growing array of break points. */
  static final class Points {
    private long[] values = new long[16];
    private int count;

    void add(long value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    long[] sorted() {
      Arrays.sort(values, 0, count);
      return Arrays.copyOf(values, count);
    }
  }

  /** The pieces, cut so that none of them reaches across a break. */
  static List<Piece> cut(List<Piece> pieces, long[] breaks) {
    List<Piece> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      long from = piece.first();
      int at = Arrays.binarySearch(breaks, from);
      at = at < 0 ? -1 - at : at;
      for (; at < breaks.length && breaks[at] <= piece.last(); at++) {
        if (breaks[at] > from) {
          Piece part = piece.between(from, breaks[at] - 1);
          if (part != null) {
            parts.add(part);
          }
          from = breaks[at];
        }
      }
      Piece rest = piece.between(from, piece.last());
      if (rest != null) {
        parts.add(rest);
      }
    }
    return parts;
  }

  /** The values that break the least weight of these statements, given what each allows. */
  static List<Piece> lightest(List<Piece> pieces, List<Spans> allowed, long[] weights) {
    Points points = new Points();
    for (Spans spans : allowed) {
      for (int i = 0; i < spans.count(); i++) {
        points.add(spans.lo(i));
        points.add(spans.hi(i) + 1);
      }
    }
    long[] breaks = points.sorted();
    long[] held = new long[breaks.length + 1];
    for (int k = 0; k < weights.length; k++) {
      Spans spans = allowed.get(k);
      for (int i = 0; i < spans.count(); i++) {
        held[firstAt(breaks, spans.lo(i)) + 1] += weights[k];
        held[firstAt(breaks, spans.hi(i) + 1) + 1] -= weights[k];
      }
    }
    for (int i = 1; i < held.length; i++) {
      held[i] += held[i - 1];
    }
    List<Piece> best = new ArrayList<>();
    long most = -1;
    for (Piece piece : cut(pieces, breaks)) {
      long weight = held[firstAt(breaks, piece.first() + 1)];
      if (weight > most) {
        most = weight;
        best.clear();
      }
      if (weight == most) {
        best.add(piece);
      }
    }
    return best;
  }

  /** The index of the first break at or above {@code value}. */
  private static int firstAt(long[] breaks, long value) {
    int low = 0;
    int high = breaks.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (breaks[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The values for which the term, as far as it looks at members, is least. */
  List<Piece> cheapest(List<Piece> pieces, Term term) throws OutOfShape {
    int[] mine = mine(term);
    if (mine.length == 0 || (pieces.size() == 1 && pieces.get(0).first() == pieces.get(0).last())) {
      return pieces;
    }
    Points points = new Points();
    for (int i : mine) {
      int v = term.variables[i];
      for (long each : line.breaks(pieces, v)) {
        points.add(each);
      }
      if (term.kind == Term.Kind.NEAR || term.kind == Term.Kind.UNMOVED) {
        Curve curve = line.edges.curve(v);
        if (curve != null) {
          long wish = term.wish[i] - line.edges.offset(v);
          points.add(curve.from(wish, wish));
          points.add(curve.to(wish, wish) + 1);
        }
      }
    }
    List<Piece> parts = cut(pieces, points.sorted());
    Best best = new Best();
    for (Piece part : parts) {
      if (term.kind == Term.Kind.WHOLE) {
        addWhole(best, part, term, mine);
        continue;
      }
      long first = cost(term, mine, part.first());
      long last = cost(term, mine, part.last());
      if (first == last) {
        best.add(first, part);
      } else if (first < last) {
        best.add(first, new Piece(part.first(), part.first(), 1));
      } else {
        best.add(last, new Piece(part.last(), part.last(), 1));
      }
    }
    return best.pieces;
  }

  private int[] mine(Term term) {
    int[] found = new int[term.variables.length];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      if (member[term.variables[i] / 3]) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private long cost(Term term, int[] mine, long x) {
    long sum = 0;
    for (int i : mine) {
      long value = line.edges.value(term.variables[i], x);
      sum += term.least(value, value, i);
    }
    return sum;
  }

  /** Tries every set of edges that could be on the grid together. */
  private void addWhole(Best best, Piece part, Term term, int[] mine) throws OutOfShape {
    int constant = 0;
    int[] moving = new int[mine.length];
    int count = 0;
    for (int i : mine) {
      int v = term.variables[i];
      long first = line.edges.value(v, part.first());
      if (first == line.edges.value(v, part.last())) {
        constant += first % term.step == 0 ? 0 : 1;
      } else {
        moving[count++] = v;
      }
    }
    if (count > MOST_WHOLE_EDGES) {
      throw new OutOfShape();
    }
    for (int set = 0; set < 1 << count; set++) {
      List<Piece> left = List.of(part);
      for (int i = 0; i < count && !left.isEmpty(); i++) {
        if ((set & 1 << i) != 0) {
          left = line.onGrid(left, moving[i], term.step);
        }
      }
      for (Piece piece : left) {
        // The cost of the set is only reached where no other edge is on the grid by chance, but
        // a lower cost there comes up with the larger set.
        best.add(constant + count - Integer.bitCount(set), piece);
      }
    }
  }

  /** The pieces of the least cost so far. */
  private static final class Best {
    private final List<Piece> pieces = new ArrayList<>();
    private long cost = Long.MAX_VALUE;

    void add(long offer, Piece piece) {
      if (offer < cost) {
        cost = offer;
        pieces.clear();
      }
      if (offer == cost) {
        pieces.add(piece);
      }
    }
  }
}
