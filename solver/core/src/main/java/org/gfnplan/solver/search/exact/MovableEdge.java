package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.exact.Line.OutOfShape;
import org.jspecify.annotations.Nullable;

/** Places a part whose edges hang on one unknown address, and the items packed beside them. */
final class MovableEdge {
  /*
   * Whom a region follows may depend on which regions are empty; then each way of being empty is
   * a case of its own, and the best of the cases is taken.
   *
   * The edges are made cheapest as if there were no items; when the items fit beside them, nothing
   * is better. Else the unknown keeps only the values at which counting finds room, and the edges
   * are made cheapest again.
   */
  private static final int MOST_UNSURE = 4;
  private static final int MOST_ATTEMPTS = 32;
  private static final int MOST_COUNTS = 1 << 12;

  /** What became of the part. */
  enum Verdict {
    /** Placed as well as it can be, the tie-break included. */
    CANONICAL,
    /** Placed at the least cost. */
    BEST,
    /** Placed so that the required rules hold. */
    PLACED,
    /** There is no layout. */
    NONE,
    /** Not known. */
    UNKNOWN
  }

  private final Model model;
  private final Part part;
  private final boolean[] fixed;
  private final Goal goal;
  private final Items items;
  private final Counting counting;
  private final Packing packing;
  private final int[] members;
  private final boolean[] member;
  private final List<Constraint> constraints;
  private final List<Term> terms;
  private final boolean relaxed;

  private final long[] start;
  private final long[] length;
  private long @Nullable [] best;
  private boolean canonical = true;
  private boolean unknown;
  private int counts;
  private int cases;
  private int solved;
  private boolean single;
  private boolean loose;
  private List<Step> why = List.of();

  /** Writes the places of the part's regions to {@code start} and {@code length}. */
  MovableEdge(
      Model model, Part part, boolean[] fixed, long[] start, long[] length, Goal goal, Meter meter)
      throws OutOfShape {
    this.model = model;
    this.part = part;
    this.fixed = fixed;
    this.goal = goal;
    this.start = start;
    this.length = length;
    items = new Items(model, part, fixed);
    counting = new Counting(items);
    packing = new Packing(items, counting, meter);
    members = items.others;
    constraints = items.rest;
    member = new boolean[model.size()];
    for (int r : members) {
      member[r] = true;
    }
    boolean[] statement = new boolean[model.weights.length];
    for (Constraint constraint : constraints) {
      if (!constraint.isRequired()) {
        statement[constraint.statement] = true;
      }
    }
    terms = new ArrayList<>();
    boolean same = !items.ignoresPreferred();
    for (Term term : part.terms()) {
      Term mine = term.part(member, statement);
      same &= mine.variables.length == term.variables.length;
      terms.add(mine);
    }
    relaxed = !same;
  }

  /** Places the part. */
  Verdict place() throws OutOfShape {
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
      placeCase(new Line(model, members, constraints, fixed, lengthLo, lengthHi));
    }
    if (best == null) {
      return unknown ? Verdict.UNKNOWN : Verdict.NONE;
    }
    if (relaxed || unknown) {
      return Verdict.PLACED;
    }
    return canonical ? Verdict.CANONICAL : Verdict.BEST;
  }

  /** What is packed beside the edges. */
  Items items() {
    return items;
  }

  /** The regions whose edges were placed, as opposed to packed. */
  int[] edgeRegions() {
    return members;
  }

  /** Whether every layout of least cost has these regions where they were placed. */
  boolean isSingle() {
    return solved == 1 && single && !loose && !relaxed && !unknown;
  }

  /** How many of the first terms are proven to be least. */
  int provenTerms() {
    if (unknown || items.ignoresPreferred()) {
      return 0;
    }
    int proven = 0;
    while (proven < terms.size()
        && terms.get(proven).variables.length == part.terms().get(proven).variables.length) {
      proven++;
    }
    return proven;
  }

  /** Regions that may be empty or not, where that decides whom another one follows. */
  private int[] unsure() {
    return constraints.stream()
        .filter(c -> c instanceof Following following && following.chain.length > 1)
        .flatMapToInt(c -> Arrays.stream(((Following) c).chain))
        .filter(r -> model.lengthLo[r] == 0 && model.lengthHi[r] > 0)
        .distinct()
        .toArray();
  }

  private void placeCase(Line line) throws OutOfShape {
    for (int r : members) {
      if (line.edges.curve(Store.end(r)) instanceof Curve.Filling filling && filling.isLoose()) {
        // A loose end is taken as low as it goes, and a container's must not be.
        if (items.isContainer(r)) {
          throw new OutOfShape();
        }
        loose = true;
      }
    }
    List<Piece> pieces = line.pieces();
    List<Piece> all = pieces;
    boolean counted = false;
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !pieces.isEmpty(); attempt++) {
      List<Piece> cheapest = cheapest(line, pieces);
      long x = lowest(line, cheapest);
      Packing.Verdict verdict = pack(line, x);
      if (verdict == Packing.Verdict.LOWEST || verdict == Packing.Verdict.FOUND) {
        canonical &= verdict == Packing.Verdict.LOWEST && edgesComeFirst(line, cheapest);
        solved++;
        single = cheapest.size() == 1 && cheapest.get(0).first() == cheapest.get(0).last();
        keepIfBetter(line, x);
        return;
      }
      if (verdict == Packing.Verdict.UNKNOWN) {
        unknown = true;
      }
      if (!counted) {
        counted = true;
        List<Piece> possible = new ArrayList<>();
        for (Piece piece : pieces) {
          keepPossible(line, piece, possible);
        }
        pieces = possible;
      }
      pieces = without(x, pieces);
    }
    unknown |= !pieces.isEmpty();
    explain(line, all);
  }

  /** Looks for a short argument why the case has no layout. */
  private void explain(Line line, List<Piece> all) {
    cases++;
    Certificates certificates = new Certificates(model);
    if (all.isEmpty()) {
      why = certificates.line(line, part, fixed);
      return;
    }
    long first = all.stream().mapToLong(Piece::first).min().orElseThrow();
    long last = all.stream().mapToLong(Piece::last).max().orElseThrow();
    why = certificates.room(items, counting, items.free(line.edges, first, last, true), part);
  }

  /** After {@link Verdict#NONE}: a short argument for it, or nothing. */
  List<Step> why() {
    return cases == 1 ? why : List.of();
  }

  private Packing.Verdict pack(Line line, long x) {
    if (items.count() == 0) {
      return Packing.Verdict.LOWEST;
    }
    FreeList[] free = items.free(line.edges, x, x, true);
    Packing.Verdict verdict = packing.pack(free);
    return verdict == Packing.Verdict.FOUND && goal == Goal.CANONICAL && packing.lower(free)
        ? Packing.Verdict.LOWEST
        : verdict;
  }

  private static List<Piece> without(long x, List<Piece> pieces) {
    return LineCosts.cut(pieces, new long[] {x, x + 1}).stream()
        .filter(piece -> piece.first() != x)
        .toList();
  }

  /** Adds the values of the piece at which counting finds room for the items. */
  private void keepPossible(Line line, Piece piece, List<Piece> possible) throws OutOfShape {
    if (counts++ > MOST_COUNTS) {
      throw new OutOfShape();
    }
    long first = piece.first();
    long last = piece.last();
    if (!packing.isPossible(items.free(line.edges, first, last, true))) {
      return;
    }
    if (first == last || packing.isPossible(items.free(line.edges, first, last, false))) {
      possible.add(piece);
      return;
    }
    for (Piece half : LineCosts.cut(List.of(piece), new long[] {first + (last - first) / 2 + 1})) {
      keepPossible(line, half, possible);
    }
  }

  private List<Piece> cheapest(Line line, List<Piece> pieces) throws OutOfShape {
    List<Piece> left = lightest(line, pieces);
    LineCosts costs = new LineCosts(line, member);
    for (Term term : terms) {
      left = costs.cheapest(left, term);
    }
    return left;
  }

  /** The value that puts the edges lowest, in the order of the regions. */
  private long lowest(Line line, List<Piece> pieces) throws OutOfShape {
    LineCosts costs = new LineCosts(line, member);
    List<Piece> left = pieces;
    for (int r : members) {
      left = costs.cheapest(left, Term.values(Store.start(r)));
      left = costs.cheapest(left, Term.values(Store.length(r)));
    }
    return left.get(0).first();
  }

  /** Whether the tie-break settles the unknown before it comes to the first item. */
  private boolean edgesComeFirst(Line line, List<Piece> pieces) throws OutOfShape {
    LineCosts costs = new LineCosts(line, member);
    List<Piece> left = pieces;
    for (int r : members) {
      if (items.count() == 0 || r < items.regions[0]) {
        left = costs.cheapest(left, Term.values(Store.start(r)));
        left = costs.cheapest(left, Term.values(Store.length(r)));
      }
    }
    return items.count() == 0 || (left.size() == 1 && left.get(0).first() == left.get(0).last());
  }

  private void keepIfBetter(Line line, long x) {
    long[] found = new long[terms.size() + 2 * (members.length + items.count())];
    long[] oldStart = start.clone();
    long[] oldLength = length.clone();
    for (int r : members) {
      start[r] = line.edges.value(Store.start(r), x);
      length[r] = line.edges.value(Store.length(r), x);
    }
    for (int i = 0; i < items.count(); i++) {
      start[items.regions[i]] = packing.start[i];
    }
    for (int i = 0; i < terms.size(); i++) {
      found[i] = i == 0 ? weight() : terms.get(i).value(start, length);
    }
    int at = terms.size();
    for (int r = 0; r < start.length; r++) {
      if (member[r] || items.contains(r)) {
        found[at++] = start[r];
        found[at++] = length[r];
      }
    }
    if (best == null || Arrays.compare(found, best) < 0) {
      best = found;
    } else {
      System.arraycopy(oldStart, 0, start, 0, start.length);
      System.arraycopy(oldLength, 0, length, 0, length.length);
    }
  }

  private long weight() {
    boolean[] broken = new boolean[model.weights.length];
    long sum = 0;
    for (Constraint constraint : constraints) {
      if (!constraint.isRequired()
          && !broken[constraint.statement]
          && !constraint.holds(start, length)) {
        broken[constraint.statement] = true;
        sum += model.weights[constraint.statement];
      }
    }
    return sum;
  }

  private List<Piece> lightest(Line line, List<Piece> pieces) throws OutOfShape {
    Spans[] byStatement = new Spans[model.weights.length];
    for (Constraint constraint : constraints) {
      if (!constraint.isRequired()) {
        Spans more = line.allowedBy(constraint);
        Spans before = byStatement[constraint.statement];
        if (before == null) {
          byStatement[constraint.statement] = more.copy();
        } else {
          before.clip(more);
        }
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
    return allowed.isEmpty()
        ? pieces
        : LineCosts.lightest(pieces, allowed, Arrays.copyOf(weights, allowed.size()));
  }
}
