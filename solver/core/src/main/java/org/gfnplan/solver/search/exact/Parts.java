package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** A problem cut into parts that share no rule. */
final class Parts {
  /*
   * Costs are sums over regions and statements, and vectors of sums are least part by part: the
   * order of cost vectors does not change when the same vector is added on both sides. The
   * tie-break compares one region at a time, so it is least part by part as well.
   */
  private final Model model;

  /** Whether the region has one place only. */
  final boolean[] fixed;

  /** The statements that some rule among fixed regions breaks. */
  private final boolean[] lost;

  private final int[] parent;
  private @Nullable Constraint broken;
  private boolean misplaced;
  private int brokenOther = -1;

  Parts(Model model) {
    this.model = model;
    int n = model.size();
    fixed = new boolean[n];
    parent = new int[n];
    lost = new boolean[model.statements.size()];
    for (int r = 0; r < n; r++) {
      parent[r] = r;
      fixed[r] = model.startLo[r] == model.startHi[r] && model.lengthLo[r] == model.lengthHi[r];
      if (fixed[r]) {
        long end = model.startLo[r] + model.lengthLo[r];
        misplaced |=
            model.startLo[r] % model.startStep[r] != 0
                || end % model.endStep[r] != 0
                || end > Gfn.LIMIT;
      }
    }
  }

  /** Whether a fixed region cannot be where it is. */
  boolean isMisplaced() {
    return misplaced;
  }

  /** A required rule that fixed regions break, or null; known after {@link #cut}. */
  @Nullable Constraint broken() {
    return broken;
  }

  /** With {@link #broken}: the other region, when the rule keeps two apart; else -1. */
  int brokenOther() {
    return brokenOther;
  }

  /** The parts, in the order of their first regions; stops early at a broken rule. */
  List<Part> cut() {
    List<Constraint> open = new ArrayList<>();
    for (Constraint constraint : model.constraints) {
      Constraint left = open(constraint);
      if (broken != null) {
        return List.of();
      }
      if (left != null) {
        open.add(left);
      }
    }
    open.removeIf(constraint -> !constraint.isRequired() && lost[constraint.statement]);
    int[] speaker = new int[lost.length];
    Arrays.fill(speaker, -1);
    for (Constraint constraint : open) {
      tie(constraint, speaker);
    }
    TreeMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int r = 0; r < fixed.length; r++) {
      if (!fixed[r]) {
        members.computeIfAbsent(root(r), root -> new ArrayList<>()).add(r);
      }
    }
    TreeMap<Integer, List<Constraint>> rules = new TreeMap<>();
    for (Constraint constraint : open) {
      share(constraint, rules);
    }
    List<Part> parts = new ArrayList<>();
    members.forEach(
        (root, regions) -> parts.add(part(regions, rules.getOrDefault(root, List.of()))));
    return parts;
  }

  private Part part(List<Integer> regions, List<Constraint> rules) {
    boolean[] member = new boolean[fixed.length];
    boolean[] statement = new boolean[lost.length];
    regions.forEach(r -> member[r] = true);
    for (Constraint constraint : rules) {
      if (!constraint.isRequired()) {
        statement[constraint.statement] = true;
      }
    }
    List<Term> terms = new ArrayList<>(model.terms.size());
    for (Term term : model.terms) {
      terms.add(term.part(member, statement));
    }
    return new Part(regions.stream().mapToInt(r -> r).toArray(), rules, terms);
  }

  /** The rule as far as it speaks of regions that are not fixed; null when nothing is left. */
  private @Nullable Constraint open(Constraint constraint) {
    if (constraint instanceof Separate separate) {
      return openSeparate(separate);
    }
    for (int r : constraint.regions) {
      if (!fixed[r]) {
        return constraint;
      }
    }
    if (!constraint.holds(model.startLo, model.lengthLo)) {
      lose(constraint, -1);
    }
    return null;
  }

  private @Nullable Constraint openSeparate(Separate separate) {
    if (!fixed[separate.region]) {
      return separate;
    }
    int[] left = new int[separate.others.length];
    int count = 0;
    for (int other : separate.others) {
      if (!fixed[other]) {
        left[count++] = other;
      } else if (Separate.overlap(separate.region, other, model.startLo, model.lengthLo)) {
        lose(separate, other);
        return null;
      }
    }
    return count == 0 ? null : separate.from(Arrays.copyOf(left, count));
  }

  private void lose(Constraint constraint, int other) {
    if (constraint.isRequired()) {
      broken = constraint;
      brokenOther = other;
    } else {
      lost[constraint.statement] = true;
    }
  }

  /** Puts regions into one part that a rule ties together. */
  private void tie(Constraint constraint, int[] speaker) {
    if (constraint.isRequired()
        && constraint instanceof Separate separate
        && fixed[separate.region]) {
      return;
    }
    int first = constraint.isRequired() ? -1 : speaker[constraint.statement];
    int root = first < 0 ? -1 : root(first);
    for (int r : constraint.regions) {
      if (!fixed[r]) {
        if (root < 0) {
          root = root(r);
        } else {
          parent[root(r)] = root;
        }
      }
    }
    if (!constraint.isRequired()) {
      speaker[constraint.statement] = root;
    }
  }

  private void share(Constraint constraint, Map<Integer, List<Constraint>> rules) {
    if (constraint instanceof Separate separate && fixed[separate.region]) {
      TreeMap<Integer, List<Integer>> others = new TreeMap<>();
      for (int other : separate.others) {
        others.computeIfAbsent(root(other), root -> new ArrayList<>()).add(other);
      }
      others.forEach(
          (root, some) ->
              rules
                  .computeIfAbsent(root, r -> new ArrayList<>())
                  .add(separate.from(some.stream().mapToInt(r -> r).toArray())));
      return;
    }
    for (int r : constraint.regions) {
      if (!fixed[r]) {
        rules.computeIfAbsent(root(r), root -> new ArrayList<>()).add(constraint);
        return;
      }
    }
  }

  private int root(int r) {
    int at = r;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
