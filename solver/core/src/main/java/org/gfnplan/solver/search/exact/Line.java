package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** Some regions that hang on one unknown address, and the values it may have: the movable edge. */
final class Line {
  /*
   * Every edge is a monotone function of the unknown (Edges), so each rule allows it a union of
   * intervals, computed in closed form, or a congruence. The unknown is never stepped through.
   */

  /** A rule or a cost that has no closed form here. */
  static final class OutOfShape extends Exception {
    OutOfShape() {
      super(null, null, false, false);
    }
  }

  /** The multiples that an edge must be of. */
  private record Grid(int variable, long step) {}

  private final Model model;
  final Edges edges;
  private final List<Constraint> constraints;
  private final List<Grid> grids = new ArrayList<>();

  /** What the required rules allow the unknown, grids apart. */
  private Spans allowed = Spans.of(-Edges.FAR, Edges.FAR);

  /** The rule that left nothing, when one did. */
  private @Nullable Constraint culprit;

  private Spans beforeCulprit = Spans.none();

  /**
   * @param members the regions whose edges are wanted
   * @param constraints the rules among them and fixed regions
   */
  Line(
      Model model,
      int[] members,
      List<Constraint> constraints,
      boolean[] fixed,
      long[] lengthLo,
      long[] lengthHi)
      throws OutOfShape {
    this.model = model;
    this.constraints = constraints;
    edges = new Edges(model, members, lengthLo, lengthHi);
    for (Constraint constraint : constraints) {
      for (int r : constraint.regions) {
        if (fixed[r]) {
          edges.fix(r, model.startLo[r], model.lengthLo[r]);
        }
      }
    }
    for (Constraint constraint : constraints) {
      if (constraint.isRequired() && constraint instanceof Unary.Same same) {
        edges.same(same.one, same.other);
      }
    }
    edges.followConstants(constraints);
    if (!edges.isConsistent()) {
      allowed = Spans.none();
      return;
    }
    if (!edges.derive(constraints)) {
      throw new OutOfShape();
    }
    allowed.clip(0, edges.hasUnknown() ? Gfn.LIMIT : 0);
    for (int r : members) {
      shape(r);
    }
    requireAll(false);
    requireAll(true);
    for (int r : members) {
      requireTight(r);
    }
  }

  private void requireAll(boolean separate) throws OutOfShape {
    for (Constraint constraint : constraints) {
      if (allowed.isEmpty()) {
        return;
      }
      if (constraint.isRequired() && constraint instanceof Separate == separate) {
        beforeCulprit = allowed.copy();
        require(constraint);
        if (allowed.isEmpty()) {
          culprit = constraint;
        }
      }
    }
  }

  /** The rule that left nothing while all before it left something, or null. */
  @Nullable Constraint culprit() {
    return culprit;
  }

  /** What the rules before the culprit allow. */
  Spans beforeCulprit() {
    return beforeCulprit;
  }

  /** The values of the unknown for which every required rule holds. */
  List<Piece> pieces() throws OutOfShape {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < allowed.count(); i++) {
      pieces.add(new Piece(allowed.lo(i), allowed.hi(i), 1));
    }
    for (Grid grid : grids) {
      pieces = onGrid(pieces, grid.variable(), grid.step());
    }
    return pieces;
  }

  /** The values for which the edge is a multiple of {@code step}. */
  List<Piece> onGrid(List<Piece> pieces, int variable, long step) throws OutOfShape {
    Curve curve = edges.curve(variable);
    List<Piece> kept = new ArrayList<>();
    boolean straight = curve instanceof Curve.Unknown;
    for (Piece piece : straight ? pieces : LineCosts.cut(pieces, breaks(pieces, variable))) {
      long first = edges.value(variable, piece.first());
      long rise = edges.value(variable, piece.last()) - first;
      Piece left;
      if (rise == 0) {
        left = first % step == 0 ? piece : null;
      } else if (Math.abs(rise) != piece.last() - piece.first()) {
        throw new OutOfShape();
      } else {
        // The edge is x - piece.first + first, or piece.first - x + first.
        long root = rise > 0 ? piece.first() - first : piece.first() + first;
        left = piece.onGrid(root, step);
      }
      if (left != null) {
        kept.add(left);
      }
    }
    return kept;
  }

  /** Where straight pieces of an edge or a length begin, sorted. */
  long[] breaks(List<Piece> pieces, int variable) throws OutOfShape {
    LineCosts.Points points = new LineCosts.Points();
    if (!pieces.isEmpty()) {
      long lo = pieces.stream().mapToLong(Piece::first).min().orElseThrow();
      long hi = pieces.stream().mapToLong(Piece::last).max().orElseThrow();
      int[] parts =
          variable % 3 == 2 ? new int[] {variable - 2, variable - 1} : new int[] {variable};
      for (int part : parts) {
        Curve curve = edges.curve(part);
        if (lo < hi && curve != null && !curve.breaks(lo, hi, points::add)) {
          throw new OutOfShape();
        }
      }
    }
    return points.sorted();
  }

  private void shape(int r) throws OutOfShape {
    int s = Store.start(r);
    int e = Store.end(r);
    clip(between(s, model.startLo[r], model.startHi[r]));
    clip(between(e, 0, Gfn.LIMIT));
    if (edges.lengthLo[r] < edges.lengthHi[r]) {
      clip(closed(edges.atMost(s, edges.lengthLo[r], e)));
      clip(closed(edges.atMost(e, -edges.lengthHi[r], s)));
    }
    addGrid(s, model.startStep[r]);
    addGrid(e, model.endStep[r]);
  }

  private void addGrid(int variable, long step) {
    if (step == 1) {
      return;
    }
    Curve curve = edges.curve(variable);
    if (curve == null) {
      if (edges.offset(variable) % step != 0) {
        allowed = Spans.none();
      }
    } else if (!curve.isOnGrid(step) || edges.offset(variable) % step != 0) {
      grids.add(new Grid(variable, step));
    }
  }

  private void clip(Spans more) {
    allowed.clip(more);
  }

  private static Spans closed(@Nullable Spans spans) throws OutOfShape {
    if (spans == null) {
      throw new OutOfShape();
    }
    return spans;
  }

  /** The unknowns for which the edge lies in {@code [lo, hi]}. */
  Spans between(int variable, long lo, long hi) {
    long offset = edges.offset(variable);
    return Edges.inside(edges.curve(variable), lo - offset, hi - offset);
  }

  private void require(Constraint constraint) throws OutOfShape {
    if (constraint instanceof Separate separate) {
      for (int other : separate.others) {
        if (allowed.isEmpty()) {
          return;
        }
        if (!stopBefore(separate.region, other) && !stopBefore(other, separate.region)) {
          clip(apart(separate.region, other));
        }
      }
    } else if (!edges.isUsed(constraint) && !(constraint instanceof Unary.Same)) {
      clip(allowedBy(constraint));
    }
  }

  /** The unknowns for which the rule holds. */
  Spans allowedBy(Constraint constraint) throws OutOfShape {
    if (constraint instanceof Separate separate) {
      return allowedBy(separate);
    }
    if (constraint instanceof Confined confined) {
      return allowedBy(confined);
    }
    if (constraint instanceof Unary.Bounded bounded) {
      return allowedBy(bounded);
    }
    if (constraint instanceof Unary.Same same) {
      Spans both = closed(edges.atMost(same.one, 0, same.other));
      both.clip(closed(edges.atMost(same.other, 0, same.one)));
      return both;
    }
    if (constraint instanceof Following following) {
      return allowedBy(following);
    }
    if (constraint instanceof Total total) {
      return allowedBy(total);
    }
    if (constraint instanceof Nested nested) {
      return allowedBy(nested);
    }
    throw new OutOfShape();
  }

  /** The usual pair, without a set in between: a stretchable region and one that does not move. */
  private boolean stopBefore(int moving, int still) {
    int s = Store.start(moving);
    int e = Store.end(moving);
    if (!edges.isConstant(s)
        || edges.isConstant(e)
        || !edges.isConstant(Store.start(still))
        || !edges.isConstant(Store.end(still))
        || edges.lengthLo[still] == 0) {
      return false;
    }
    long start = edges.offset(s);
    if (start < edges.offset(Store.end(still))) {
      long barrier = edges.offset(Store.start(still));
      long most = (mayBeEmpty(moving) ? Math.max(start, barrier) : barrier) - edges.offset(e);
      Curve curve = edges.curve(e);
      if (curve != null) {
        allowed.clip(curve.from(-Edges.FAR, most), curve.to(-Edges.FAR, most));
      }
    }
    return true;
  }

  private Spans allowedBy(Separate separate) throws OutOfShape {
    Spans all = Spans.of(-Edges.FAR, Edges.FAR);
    for (int other : separate.others) {
      all.clip(apart(separate.region, other));
    }
    return all;
  }

  /** The unknowns for which two regions share no frame. */
  private Spans apart(int one, int other) throws OutOfShape {
    Spans found = Spans.none();
    boolean known = addAll(found, edges.atMost(Store.end(one), 0, Store.start(other)));
    known &= addAll(found, edges.atMost(Store.end(other), 0, Store.start(one)));
    for (int r : new int[] {one, other}) {
      if (mayBeEmpty(r)) {
        known &= addAll(found, edges.atMost(Store.end(r), 0, Store.start(r)));
      }
    }
    boolean always =
        found.count() == 1 && found.least() <= allowed.least() && allowed.most() <= found.most();
    if (!known && !always) {
      throw new OutOfShape();
    }
    return found;
  }

  private boolean mayBeEmpty(int r) {
    return edges.lengthLo[r] == 0;
  }

  private static boolean addAll(Spans to, @Nullable Spans more) {
    for (int i = 0; more != null && i < more.count(); i++) {
      to.add(more.lo(i), more.hi(i));
    }
    return more != null;
  }

  private Spans allowedBy(Confined confined) throws OutOfShape {
    int r = confined.region;
    int s = Store.start(r);
    int e = Store.end(r);
    Spans found = Spans.none();
    if (mayBeEmpty(r)) {
      addAll(found, closed(edges.atMost(e, 0, s)));
    }
    Ranges ranges = confined.allowed;
    if (edges.isConstant(s)) {
      long start = edges.value(s, 0);
      int at = ranges.firstEndingAfter(start);
      if (at < ranges.count && ranges.start[at] <= start) {
        addAll(found, between(e, -Edges.FAR, ranges.end[at]));
      }
      return found;
    }
    for (int i = 0; i < ranges.count; i++) {
      Spans inside = between(s, ranges.start[i], Edges.FAR);
      inside.clip(between(e, -Edges.FAR, ranges.end[i]));
      addAll(found, inside);
    }
    return found;
  }

  private Spans allowedBy(Unary.Bounded bounded) throws OutOfShape {
    int v = bounded.variable;
    if (v % 3 != 2) {
      return between(v, bounded.min, bounded.max);
    }
    Spans found = closed(edges.atMost(v - 2, bounded.min, v - 1));
    found.clip(closed(edges.atMost(v - 1, -bounded.max, v - 2)));
    return found;
  }

  private Spans allowedBy(Following following) throws OutOfShape {
    int from = edges.followed(following);
    int to = Store.start(following.region);
    if (from < 0 || !edges.isConstant(to)) {
      throw new OutOfShape();
    }
    long start = edges.value(to, 0);
    return start % following.step == 0
        ? between(from, start - following.step + 1, start)
        : Spans.none();
  }

  private Spans allowedBy(Nested nested) throws OutOfShape {
    int r = nested.region;
    int c = nested.container;
    Spans inside = closed(edges.atMost(Store.start(c), 0, Store.start(r)));
    inside.clip(closed(edges.atMost(Store.end(r), 0, Store.end(c))));
    if (mayBeEmpty(r)) {
      addAll(inside, closed(edges.atMost(Store.end(r), 0, Store.start(r))));
    }
    return inside;
  }

  private Spans allowedBy(Total total) throws OutOfShape {
    long frames = total.frames;
    int open = -1;
    for (int r : total.regions) {
      if (!edges.isConstant(Store.start(r))) {
        throw new OutOfShape();
      }
      if (!edges.isConstant(Store.end(r))) {
        if (open >= 0) {
          throw new OutOfShape();
        }
        open = r;
      } else {
        frames -=
            total.except.outside(edges.value(Store.start(r), 0), edges.value(Store.end(r), 0));
      }
    }
    if (open < 0) {
      return frames == 0 ? Spans.of(-Edges.FAR, Edges.FAR) : Spans.none();
    }
    if (frames < 0) {
      return Spans.none();
    }
    long below = total.except.outsideBelow(edges.value(Store.start(open), 0));
    return between(
        Store.end(open),
        total.except.firstWithOutside(below + frames),
        total.except.lastWithOutside(below + frames));
  }

  /**
   * An end that a total leaves loose is taken as low as it goes. That loses nothing when all that
   * is said of it is easier, or no harder, for a shorter region.
   */
  private void requireTight(int r) throws OutOfShape {
    int e = Store.end(r);
    if (!(edges.curve(e) instanceof Curve.Filling filling) || !filling.isLoose()) {
      return;
    }
    boolean harmless = edges.isAlone(e) && model.endStep[r] == 1;
    // The total that it was derived from; what else an edge was derived from may need a higher end.
    int totals = 0;
    for (Constraint constraint : constraints) {
      if (Arrays.stream(constraint.regions).anyMatch(each -> each == r)) {
        harmless &=
            constraint instanceof Separate
                || constraint instanceof Confined
                || (constraint instanceof Nested nested && nested.container != r)
                || (constraint instanceof Total && edges.isUsed(constraint) && ++totals == 1);
      }
    }
    for (Term term : model.terms) {
      harmless &=
          term.kind == Term.Kind.VALUE || Arrays.stream(term.variables).noneMatch(v -> v == e);
    }
    if (!harmless) {
      throw new OutOfShape();
    }
  }
}
