package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.search.exact.Line.OutOfShape;
import org.jspecify.annotations.Nullable;

/** Places a part that hangs on one unknown address, in closed form. */
final class MovableEdge {
  /*
   * Whom a region follows may depend on which regions are empty; then each way of being empty is
   * a case of its own, and the best of the cases is taken.
   */
  private static final int MOST_UNSURE = 4;

  private final Model model;
  private final Part part;
  private final boolean[] fixed;
  private final boolean[] member;
  private final long[] start;
  private final long[] length;
  private long @Nullable [] best;

  /** The line that had no solution, when there was one case only. */
  private @Nullable Line refuted;

  /** Writes the places of the part's regions to {@code start} and {@code length}. */
  MovableEdge(Model model, Part part, boolean[] fixed, long[] start, long[] length) {
    this.model = model;
    this.part = part;
    this.fixed = fixed;
    this.start = start;
    this.length = length;
    member = new boolean[model.size()];
    for (int r : part.members()) {
      member[r] = true;
    }
  }

  /** Whether the part has a layout; the one written is the canonical one. */
  boolean place() throws OutOfShape {
    int[] unsure = unsure();
    if (unsure.length > MOST_UNSURE) {
      throw new OutOfShape();
    }
    for (int empty = 0; empty < 1 << unsure.length; empty++) {
      long[] lengthLo = model.lengthLo.clone();
      long[] lengthHi = model.lengthHi.clone();
      for (int i = 0; i < unsure.length; i++) {
        if ((empty & 1 << i) == 0) {
          lengthLo[unsure[i]] = 1;
        } else {
          lengthHi[unsure[i]] = 0;
        }
      }
      Line line = new Line(model, part.members(), part.constraints(), fixed, lengthLo, lengthHi);
      List<Piece> left = line.pieces();
      if (!left.isEmpty()) {
        keepIfBetter(line, left);
      } else if (unsure.length == 0) {
        refuted = line;
      }
    }
    return best != null;
  }

  @Nullable Line refuted() {
    return refuted;
  }

  /** Regions that may be empty or not, where that decides whom another one follows. */
  private int[] unsure() {
    return part.constraints().stream()
        .filter(c -> c instanceof Following following && following.chain.length > 1)
        .flatMapToInt(c -> Arrays.stream(((Following) c).chain))
        .filter(r -> model.lengthLo[r] == 0 && model.lengthHi[r] > 0)
        .distinct()
        .toArray();
  }

  private void keepIfBetter(Line line, List<Piece> pieces) throws OutOfShape {
    List<Constraint> preferred = part.constraints().stream().filter(c -> !c.isRequired()).toList();
    List<Piece> left = lightest(line, pieces, preferred);
    LineCosts costs = new LineCosts(line, member);
    for (Term term : part.terms()) {
      left = costs.cheapest(left, term);
    }
    for (int r : part.members()) {
      left = costs.cheapest(left, Term.values(Store.start(r)));
      left = costs.cheapest(left, Term.values(Store.length(r)));
    }
    long x = left.get(0).first();
    long[] found = new long[part.terms().size() + 2 * part.members().length];
    long[] oldStart = start.clone();
    long[] oldLength = length.clone();
    int at = part.terms().size();
    for (int r : part.members()) {
      start[r] = line.edges.value(Store.start(r), x);
      length[r] = line.edges.value(Store.length(r), x);
      found[at++] = start[r];
      found[at++] = length[r];
    }
    for (int i = 0; i < part.terms().size(); i++) {
      found[i] = part.terms().get(i).value(start, length);
    }
    if (!part.terms().isEmpty()) {
      found[0] = weight(preferred);
    }
    if (best == null || Arrays.compare(found, best) < 0) {
      best = found;
    } else {
      System.arraycopy(oldStart, 0, start, 0, start.length);
      System.arraycopy(oldLength, 0, length, 0, length.length);
    }
  }

  private long weight(List<Constraint> preferred) {
    boolean[] broken = new boolean[model.weights.length];
    long sum = 0;
    for (Constraint constraint : preferred) {
      if (!broken[constraint.statement] && !constraint.holds(start, length)) {
        broken[constraint.statement] = true;
        sum += model.weights[constraint.statement];
      }
    }
    return sum;
  }

  private List<Piece> lightest(Line line, List<Piece> pieces, List<Constraint> preferred)
      throws OutOfShape {
    if (preferred.isEmpty()) {
      return pieces;
    }
    Spans[] byStatement = new Spans[model.weights.length];
    for (Constraint constraint : preferred) {
      Spans more = line.allowedBy(constraint);
      Spans before = byStatement[constraint.statement];
      if (before == null) {
        byStatement[constraint.statement] = more.copy();
      } else {
        before.clip(more);
      }
    }
    List<Spans> allowed = new ArrayList<>();
    long[] weights = new long[model.weights.length];
    for (int i = 0; i < byStatement.length; i++) {
      if (byStatement[i] != null) {
        weights[allowed.size()] = model.weights[i];
        allowed.add(byStatement[i]);
      }
    }
    return LineCosts.lightest(pieces, allowed, Arrays.copyOf(weights, allowed.size()));
  }
}
