package org.gfnplan.solver.ortools;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.Constraint;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import com.google.ortools.util.Domain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A CP-SAT model under construction, which refuses what CP-SAT could not represent. */
final class Model {
  /*
   * CP-SAT answers MODEL_INVALID when one value, one linear sum or the sum of all domains could
   * leave 62 bits. What could overflow before CP-SAT sees it is the arithmetic on this side: every
   * variable is counted here, and sums of many are checked by their callers with Math.addExact.
   */
  static final long LIMIT = 1L << 61;

  /** A model of this size is slow to build and hopeless to solve. */
  private static final int MOST_CONSTRAINTS = 2_000_000;

  private final CpModel model = new CpModel();
  private long domains;

  CpModel cp() {
    return model;
  }

  /** A variable with any of the values of ascending spans, each divided by {@code step}. */
  IntVar variable(List<Span> spans, long step, String name) {
    long[][] intervals = new long[spans.size()][];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = new long[] {spans.get(i).first() / step, spans.get(i).last() / step};
    }
    count(intervals[0][0], intervals[intervals.length - 1][1]);
    return model.newIntVarFromDomain(Domain.fromIntervals(intervals), name);
  }

  /** A number in {@code min..max}. */
  Amount number(long min, long max, String name) {
    if (min == max) {
      return Amount.constant(min);
    }
    count(min, max);
    return new Amount(LinearExpr.term(model.newIntVar(min, max, name), 1), min, max);
  }

  /** A number {@code factor * variable} that lies in {@code min..max}, which must hold one. */
  Amount multiple(long factor, long min, long max, String name) {
    long first = -Math.floorDiv(-min, factor);
    long last = Math.floorDiv(max, factor);
    if (first == last) {
      return Amount.constant(first * factor);
    }
    count(first, last);
    IntVar variable = model.newIntVar(first, last, name);
    return new Amount(LinearExpr.term(variable, factor), first * factor, last * factor);
  }

  BoolVar literal(String name) {
    return model.newBoolVar(name);
  }

  /** {@code min <= expr <= max} while all of {@code when} hold. */
  void between(LinearArgument expr, long min, long max, Collection<? extends Literal> when) {
    enforce(model.addLinearConstraint(expr, min, max), when);
  }

  /** {@code min <= one - other <= max} while all of {@code when} hold. */
  void difference(
      Amount one, Amount other, long min, long max, Collection<? extends Literal> when) {
    LinearExprBuilder difference = LinearExpr.newBuilder();
    difference.addTerm(one.expr(), 1);
    difference.addTerm(other.expr(), -1);
    between(difference, min, max, when);
  }

  /** {@code expr} has a value of the spans while all of {@code when} hold. */
  void oneOf(Amount amount, List<Span> spans, Collection<? extends Literal> when) {
    if (spans.isEmpty()) {
      never(when);
      return;
    }
    long[][] intervals = new long[spans.size()][];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = new long[] {spans.get(i).first(), spans.get(i).last()};
    }
    enforce(
        model.addLinearExpressionInDomain(amount.expr(), Domain.fromIntervals(intervals)), when);
  }

  /** Not all of {@code when} hold; without any, there is no layout. */
  void never(Collection<? extends Literal> when) {
    clause(List.of(), when);
  }

  /** One of {@code any} holds while all of {@code when} hold. */
  void clause(Collection<? extends Literal> any, Collection<? extends Literal> when) {
    List<Literal> literals = new ArrayList<>(any);
    for (Literal literal : when) {
      literals.add(literal.not());
    }
    model.addBoolOr(literals);
    checkSize();
  }

  /** At most one of the literals holds. */
  void atMostOne(Collection<? extends Literal> literals) {
    model.addAtMostOne(new ArrayList<>(literals));
    checkSize();
  }

  void enforce(Constraint constraint, Collection<? extends Literal> when) {
    if (!when.isEmpty()) {
      constraint.onlyEnforceIf(when.toArray(new Literal[0]));
    }
    checkSize();
  }

  /** Every variable is to be looked for near its value in a solution first. */
  void hint(List<Long> values) {
    CpModelProto.Builder builder = model.getBuilder();
    builder.clearSolutionHint();
    for (int i = 0; i < values.size(); i++) {
      builder.getSolutionHintBuilder().addVars(i).addValues(values.get(i));
    }
  }

  private void checkSize() {
    if (model.getBuilder().getConstraintsCount() > MOST_CONSTRAINTS) {
      throw new BeyondLimits("more than %d constraints".formatted(MOST_CONSTRAINTS));
    }
  }

  private void count(long min, long max) {
    long most = Math.max(Math.abs(min), Math.abs(max));
    if (most > LIMIT || domains > LIMIT - most) {
      throw new BeyondLimits("the sum of all domains passes 2^61");
    }
    domains += most;
  }
}
