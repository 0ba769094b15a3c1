package org.gfnplan.solver.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.space.Gfn;

/**
 * A problem over numbered regions and statements: required unary rules as bounds, the rest apart.
 */
final class Model {
  /** More than any gfn, so that only 0 is a multiple of it. */
  private static final long BEYOND = 2 * Gfn.LIMIT;

  final Problem problem;
  final List<Region> regions;
  final List<Statement> statements = new ArrayList<>();

  final long[] startLo;
  final long[] startHi;
  final long[] lengthLo;
  final long[] lengthHi;
  final long[] startStep;
  final long[] endStep;

  /**
   * The rules that are not in the bounds: those of required statements, then, unless any layout
   * will do, those of preferred ones.
   */
  final List<Constraint> constraints = new ArrayList<>();

  /** The rules of preferred statements. */
  final List<Constraint> preferred = new ArrayList<>();

  /** The weight given up, then one term for each preference; empty when the goal is any layout. */
  final List<Term> terms = new ArrayList<>();

  /** One term for each preference. */
  final List<Term> costs = new ArrayList<>();

  /** What giving up each statement costs, 0 when it is required. */
  final long[] weights;

  private final Numbers<Region> regionNumbers;
  private final Numbers<Statement> statementNumbers;

  Model(Problem problem, Goal goal) {
    this.problem = problem;
    regions = problem.regions();
    regionNumbers = new Numbers<>(regions);
    int n = regions.size();
    startLo = new long[n];
    startHi = new long[n];
    lengthLo = new long[n];
    lengthHi = new long[n];
    startStep = new long[n];
    endStep = new long[n];
    for (int r = 0; r < n; r++) {
      Region region = regions.get(r);
      startHi[r] = Gfn.LIMIT;
      lengthLo[r] = region.length().min();
      lengthHi[r] = region.length().max();
      startStep[r] = region.alignment().frames();
      endStep[r] = 1;
    }
    for (Rule rule : problem.rules()) {
      if (!rule.statement().strength().isRequired()) {
        statements.add(rule.statement());
      }
    }
    List<Statement> distinct = statements.stream().distinct().toList();
    statements.clear();
    statements.addAll(distinct);
    statementNumbers = new Numbers<>(statements);
    weights = new long[statements.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = statements.get(i).strength().weight();
    }
    for (Rule rule : problem.rules()) {
      if (rule.statement().strength().isRequired()) {
        if (!bound(rule)) {
          constraints.add(constraint(rule, -1, true));
        }
      } else {
        preferred.add(constraint(rule, statementNumbers.of(rule.statement()), false));
      }
    }
    for (Preference preference : problem.preferences()) {
      costs.add(term(preference));
    }
    if (goal != Goal.ANY) {
      constraints.addAll(preferred);
      terms.add(Term.weight(weights));
      terms.addAll(costs);
    }
  }

  private Model(Model other) {
    problem = other.problem;
    regions = other.regions;
    statements.addAll(other.statements);
    startLo = other.startLo.clone();
    startHi = other.startHi.clone();
    lengthLo = other.lengthLo.clone();
    lengthHi = other.lengthHi.clone();
    startStep = other.startStep;
    endStep = other.endStep;
    constraints.addAll(other.constraints);
    preferred.addAll(other.preferred);
    terms.addAll(other.terms);
    costs.addAll(other.costs);
    weights = other.weights;
    regionNumbers = other.regionNumbers;
    statementNumbers = other.statementNumbers;
  }

  /** This model with one place left to each of these regions. */
  Model placing(int[] placed, long[] start, long[] length) {
    Model model = new Model(this);
    for (int r : placed) {
      model.startLo[r] = start[r];
      model.startHi[r] = start[r];
      model.lengthLo[r] = length[r];
      model.lengthHi[r] = length[r];
    }
    return model;
  }

  int size() {
    return regions.size();
  }

  /** Whether the bounds of some region leave nothing. */
  boolean isContradictory() {
    for (int r = 0; r < size(); r++) {
      if (startLo[r] > startHi[r] || lengthLo[r] > lengthHi[r]) {
        return true;
      }
    }
    return false;
  }

  /** Puts a required rule into the bounds, where that says all of it. */
  private boolean bound(Rule rule) {
    if (rule instanceof Rule.Pinned pinned) {
      int r = number(pinned.region());
      startLo[r] = Math.max(startLo[r], pinned.start());
      startHi[r] = Math.min(startHi[r], pinned.start());
      return true;
    }
    if (rule instanceof Rule.Sized sized) {
      int r = number(sized.region());
      lengthLo[r] = Math.max(lengthLo[r], sized.min());
      lengthHi[r] = Math.min(lengthHi[r], sized.max());
      return true;
    }
    if (rule instanceof Rule.Aligned aligned) {
      int r = number(aligned.region());
      startStep[r] = multiple(startStep[r], aligned.alignment().frames());
      return true;
    }
    if (rule instanceof Rule.OnGrid grid) {
      int v = Unary.variable(number(grid.edge().region()), grid.edge().side());
      long[] steps = v % 3 == 0 ? startStep : endStep;
      steps[v / 3] = multiple(steps[v / 3], grid.step());
      return true;
    }
    return false;
  }

  /** The least common multiple, or a number beyond every gfn. */
  static long multiple(long one, long other) {
    long part = one / Numbers.gcd(one, other);
    return part > Gfn.LIMIT / other ? BEYOND : part * other;
  }

  private Constraint constraint(Rule rule, int statement, boolean required) {
    if (rule instanceof Rule.Pinned pinned) {
      int v = Store.start(number(pinned.region()));
      return new Unary.Bounded(statement, required, v, pinned.start(), pinned.start());
    }
    if (rule instanceof Rule.Sized sized) {
      int v = Store.length(number(sized.region()));
      return new Unary.Bounded(statement, required, v, sized.min(), sized.max());
    }
    if (rule instanceof Rule.Aligned aligned) {
      int v = Store.start(number(aligned.region()));
      return new Unary.Stepped(statement, required, v, aligned.alignment().frames());
    }
    if (rule instanceof Rule.OnGrid grid) {
      int v = Unary.variable(number(grid.edge().region()), grid.edge().side());
      return new Unary.Stepped(statement, required, v, grid.step());
    }
    if (rule instanceof Rule.SameEdge same) {
      int one = Unary.variable(number(same.one().region()), same.one().side());
      int other = Unary.variable(number(same.other().region()), same.other().side());
      return new Unary.Same(statement, required, one, other);
    }
    if (rule instanceof Rule.Within within) {
      Ranges allowed = new Ranges(within.allowed());
      return new Confined(statement, required, number(within.region()), allowed);
    }
    if (rule instanceof Rule.Apart apart) {
      int r = number(apart.region());
      int[] others = numbers(apart.others());
      return new Separate(statement, required, r, others, with(others, r));
    }
    if (rule instanceof Rule.TotalLength total) {
      int[] summands = numbers(total.summands());
      return new Total(statement, required, summands, new Ranges(total.except()), total.frames());
    }
    if (rule instanceof Rule.Inside inside) {
      return new Nested(statement, required, number(inside.region()), number(inside.container()));
    }
    Rule.Follows follows = (Rule.Follows) rule;
    int r = number(follows.region());
    int[] chain = numbers(follows.chain());
    long step = follows.alignment().frames();
    return new Following(statement, required, r, chain, step, with(chain, r));
  }

  private Term term(Preference preference) {
    if (preference instanceof Preference.Near near) {
      return wishes(Term.Kind.NEAR, near.wishes());
    }
    if (preference instanceof Preference.Unmoved unmoved) {
      return wishes(Term.Kind.UNMOVED, unmoved.wishes());
    }
    if (preference instanceof Preference.Shortest lengths) {
      int[] summands = numbers(lengths.regions());
      return Term.values(Arrays.stream(summands).map(Store::length).toArray());
    }
    Preference.Whole whole = (Preference.Whole) preference;
    int[] variables = new int[whole.edges().size()];
    for (int i = 0; i < variables.length; i++) {
      variables[i] =
          Unary.variable(number(whole.edges().get(i).region()), whole.edges().get(i).side());
    }
    return Term.whole(variables, whole.step());
  }

  private Term wishes(Term.Kind kind, List<Preference.Wish> wishes) {
    int[] variables = new int[wishes.size()];
    long[] wish = new long[wishes.size()];
    for (int i = 0; i < variables.length; i++) {
      Preference.Wish each = wishes.get(i);
      variables[i] = Unary.variable(number(each.edge().region()), each.edge().side());
      wish[i] = each.gfn();
    }
    return Term.wishes(kind, variables, wish);
  }

  private int number(Region region) {
    return regionNumbers.of(region);
  }

  private int[] numbers(List<Region> listed) {
    int[] found = new int[listed.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = regionNumbers.of(listed.get(i));
    }
    return found;
  }

  /** The others and the one, each once. */
  private int[] with(int[] others, int one) {
    boolean[] seen = new boolean[regions.size()];
    int[] all = new int[others.length + 1];
    int count = 0;
    for (int i = 0; i <= others.length; i++) {
      int r = i < others.length ? others[i] : one;
      if (!seen[r]) {
        seen[r] = true;
        all[count++] = r;
      }
    }
    return count == all.length ? all : Arrays.copyOf(all, count);
  }
}
