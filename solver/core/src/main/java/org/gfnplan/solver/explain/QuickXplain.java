package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;

/**
 * Finds a minimal set of statements that cannot hold together, within a set that cannot.
 *
 * <p>Statements are halved in the order they are given, so which of several minimal sets is found
 * depends on that order and on what is true, never on how the oracle works. With {@code k} members
 * among {@code n} statements it asks about {@code 2k(log2(n/k) + 1)} questions.
 *
 * @param <X> what the oracle throws when it cannot say
 */
final class QuickXplain<X extends Exception> {
  /*
   * Junker, "QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained Problems",
   * AAAI 2004. The set is split in two; with the first half granted, the members that are needed
   * from the second are found, and with those granted the ones from the first. When what is
   * granted is refuted by itself, nothing of the rest is needed.
   *
   * This is right only when the oracle is monotone: more statements never have a layout when fewer
   * have none. Problem.keeping sees to it. An oracle that gives up ends the whole search, because
   * "not known" read as "has a layout" would leave members in, and read as "has none" would make a
   * conflict of what is none.
   */

  /**
   * Says whether a problem has no layout, preferences apart; must not contradict itself.
   *
   * @param <X> thrown by an oracle that cannot say
   */
  @FunctionalInterface
  interface Oracle<X extends Exception> {
    /** Whether there is no layout. */
    boolean refutes(Problem problem) throws X;
  }

  private final Problem problem;
  private final Oracle<X> oracle;

  QuickXplain(Problem problem, Oracle<X> oracle) {
    this.problem = problem;
    this.oracle = oracle;
  }

  /**
   * The minimal set, in the order of {@code refuted}.
   *
   * @param refuted required statements of the problem that are known not to hold together
   * @throws X when the oracle could not say
   */
  List<Statement> minimal(List<Statement> refuted) throws X {
    Set<Statement> members = new HashSet<>(search(List.of(), false, refuted));
    return refuted.stream().filter(members::contains).toList();
  }

  private List<Statement> search(List<Statement> granted, boolean grew, List<Statement> open)
      throws X {
    if (grew && oracle.refutes(problem.keeping(granted))) {
      return List.of();
    }
    if (open.size() <= 1) {
      return open;
    }
    List<Statement> early = open.subList(0, open.size() / 2);
    List<Statement> late = open.subList(open.size() / 2, open.size());
    List<Statement> fromLate = search(both(granted, early), true, late);
    List<Statement> fromEarly = search(both(granted, fromLate), !fromLate.isEmpty(), early);
    return both(fromEarly, fromLate);
  }

  private static List<Statement> both(List<Statement> some, List<Statement> more) {
    List<Statement> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
