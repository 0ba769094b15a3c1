package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.exact.Line.OutOfShape;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** Places a part with several unknown addresses, of which all but one are ends of containers. */
final class Peeling {
  /*
   * A container that follows the memory has an end that nothing but its contents decides: a second
   * unknown. So the edges that depend on no such end are placed first, in the part without the
   * containers and what lies inside of them. That is a weaker problem: when it has no layout, nor
   * has the part, and costs that only look at these edges cannot be less. With them in their places
   * the rest is placed in the same way. When no other places of theirs cost as little, what is best
   * for the rest is best for all. When the rest has no place, another weaker problem may say that
   * it never has one: what lies inside of a container is confined to the furthest that it reaches.
   */
  private static final int SHARE_OF_A_STAGE = 16;

  private final long[] start;
  private final long[] length;
  private final Goal goal;
  private final Meter meter;
  private int provenTerms;

  /** Writes the places of the part's regions to {@code start} and {@code length}. */
  Peeling(long[] start, long[] length, Goal goal, Meter meter) {
    this.start = start;
    this.length = length;
    this.goal = goal;
    this.meter = meter;
  }

  /** How many of the first terms are proven to be least. */
  int provenTerms() {
    return provenTerms;
  }

  /** Places a part that has no single unknown, and these items. */
  MovableEdge.Verdict place(Model model, Part part, Items items, boolean[] fixed)
      throws OutOfShape {
    for (Constraint constraint : part.constraints()) {
      if (!constraint.isRequired()) {
        throw new OutOfShape();
      }
    }
    boolean[] later = new Dependence(model, part, fixed, items).later();
    Store store = new Store(model, without(part, items.regions, model.size(), fixed));
    store.wakeAll();
    if (!store.propagate()) {
      return MovableEdge.Verdict.NONE;
    }
    boolean[] outer = later.clone();
    for (Constraint constraint : part.constraints()) {
      if (constraint instanceof Nested nested && later[nested.container]) {
        outer[nested.region] |= !fixed[nested.region];
      }
    }
    long[] s = start.clone();
    long[] l = length.clone();
    MovableEdge edge = edge(model, weaker(model, part, fixed, outer, store), fixed, s, l);
    MovableEdge.Verdict verdict = edge.place();
    if (verdict == MovableEdge.Verdict.NONE) {
      return verdict;
    }
    if (verdict == MovableEdge.Verdict.UNKNOWN || edge.edgeRegions().length == 0) {
      throw new OutOfShape();
    }
    int[] placed = edge.edgeRegions();
    boolean[] known = fixed.clone();
    for (int r : placed) {
      known[r] = true;
      start[r] = s[r];
      length[r] = l[r];
    }
    Model then = model.placing(placed, s, l);
    verdict = rest(then, without(part, placed, model.size(), known), known);
    if (verdict == MovableEdge.Verdict.NONE) {
      Part confined = weaker(model, part, fixed, later, store);
      if (edge(model, confined, fixed, s, l).place() == MovableEdge.Verdict.NONE) {
        return verdict;
      }
    }
    if (verdict == MovableEdge.Verdict.NONE || verdict == MovableEdge.Verdict.UNKNOWN) {
      throw new OutOfShape();
    }
    if (goal != Goal.ANY && !edge.isSingle()) {
      provenTerms = Math.min(edge.provenTerms(), lookingAt(part, placed, model.size()));
      return MovableEdge.Verdict.PLACED;
    }
    return verdict;
  }

  private MovableEdge edge(Model model, Part part, boolean[] fixed, long[] s, long[] l)
      throws OutOfShape {
    return new MovableEdge(model, part, fixed, s, l, Goal.BEST, meter.share(SHARE_OF_A_STAGE));
  }

  private MovableEdge.Verdict rest(Model model, Part part, boolean[] fixed) throws OutOfShape {
    MovableEdge edge = new MovableEdge(model, part, fixed, start, length, goal, meter);
    MovableEdge.Verdict verdict;
    try {
      verdict = edge.place();
    } catch (OutOfShape e) {
      return place(model, part, edge.items(), fixed);
    }
    provenTerms = edge.provenTerms();
    return verdict;
  }

  /** How many of the first terms look at no other member than these. */
  private static int lookingAt(Part part, int[] some, int size) {
    boolean[] other = flags(part.members(), size);
    for (int r : some) {
      other[r] = false;
    }
    int count = 0;
    for (Term term : part.terms()) {
      if (Arrays.stream(term.variables).anyMatch(v -> other[v / 3])) {
        break;
      }
      count++;
    }
    return count;
  }

  /** The part as if these regions, and every rule and cost that speaks of one, were not there. */
  private static Part without(Part part, int[] some, int size, boolean[] known) {
    boolean[] left = flags(part.members(), size);
    for (int r : some) {
      left[r] = false;
    }
    List<Constraint> constraints = new ArrayList<>();
    for (Constraint constraint : part.constraints()) {
      boolean speaks = false;
      boolean all = true;
      for (int r : constraint.regions) {
        speaks |= left[r];
        all &= left[r] || known[r];
      }
      if (all && speaks) {
        constraints.add(constraint);
      }
    }
    List<Term> terms = new ArrayList<>();
    for (Term term : part.terms()) {
      terms.add(term.part(left, new boolean[term.weights.length]));
    }
    return new Part(members(part, left), constraints, terms);
  }

  /** The part without the later regions; what lies inside of one may lie wherever that reaches. */
  private static Part weaker(
      Model model, Part part, boolean[] fixed, boolean[] later, Store store) {
    boolean[] left = flags(part.members(), model.size());
    for (int r : part.members()) {
      left[r] = !later[r];
    }
    List<Constraint> constraints = new ArrayList<>();
    for (Constraint constraint : part.constraints()) {
      if (constraint instanceof Separate separate && !later[separate.region]) {
        int[] others = Arrays.stream(separate.others).filter(r -> !later[r]).toArray();
        if (others.length > 0) {
          constraints.add(separate.from(others));
        }
      } else if (constraint instanceof Nested nested
          && later[nested.container]
          && !later[nested.region]) {
        if (!fixed[nested.region] && model.lengthLo[nested.region] > 0) {
          long from = store.lo[Store.start(nested.container)];
          long to = store.hi[Store.end(nested.container)];
          GfnSet reach = from < to ? GfnSet.of(new GfnRange(from, to)) : GfnSet.empty();
          constraints.add(
              new Confined(constraint.statement, true, nested.region, new Ranges(reach)));
        }
      } else if (Arrays.stream(constraint.regions).noneMatch(r -> later[r])) {
        constraints.add(constraint);
      }
    }
    List<Term> terms = new ArrayList<>();
    boolean[] none = new boolean[model.weights.length];
    for (Term term : part.terms()) {
      if (Arrays.stream(term.variables).anyMatch(v -> later[v / 3])) {
        break;
      }
      terms.add(term.part(left, none));
    }
    return new Part(members(part, left), constraints, terms);
  }

  private static int[] members(Part part, boolean[] left) {
    return Arrays.stream(part.members()).filter(r -> left[r]).toArray();
  }

  private static boolean[] flags(int[] regions, int size) {
    boolean[] flags = new boolean[size];
    for (int r : regions) {
      flags[r] = true;
    }
    return flags;
  }
}
