package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Outcome;

/**
 * Finds a minimal set of statements that cannot hold together, within a set that cannot.
 *
 * <p>Statements are halved in the order they are given, so which of several minimal sets is found
 * depends on that order and on what is true, never on how the oracle works. With {@code k} members
 * among {@code n} statements it asks about {@code 2k(log2(n/k) + 1)} questions.
 */
final class QuickXplain {
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

  /** Says whether a problem has a layout, preferences apart; must not contradict itself. */
  @FunctionalInterface
  interface Oracle {
    /** Asked for any layout at all. */
    Outcome ask(Problem problem);
  }

  private final Problem problem;
  private final Oracle oracle;

  QuickXplain(Problem problem, Oracle oracle) {
    this.problem = problem;
    this.oracle = oracle;
  }

  /**
   * The minimal set, in the order of {@code refuted}.
   *
   * @param refuted required statements of the problem that are known not to hold together
   * @throws NotDecided when the oracle gave up on one of the questions
   */
  List<Statement> minimal(List<Statement> refuted) throws NotDecided {
    List<Statement> members = search(List.of(), false, refuted);
    List<Statement> ordered = new ArrayList<>(refuted);
    ordered.retainAll(members);
    return ordered;
  }

  private List<Statement> search(List<Statement> granted, boolean grew, List<Statement> open)
      throws NotDecided {
    if (grew && isRefuted(granted)) {
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

  /** Whether the statements alone have no layout. */
  boolean isRefuted(List<Statement> statements) throws NotDecided {
    Outcome outcome = oracle.ask(problem.keeping(statements));
    if (outcome instanceof Outcome.GaveUp gaveUp) {
      throw new NotDecided(gaveUp.reason());
    }
    return outcome instanceof Outcome.Refuted;
  }

  private static List<Statement> both(List<Statement> some, List<Statement> more) {
    List<Statement> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
