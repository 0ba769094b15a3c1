package org.gfnplan.solver.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the encoding is built around. When one of these fails, a new version has changed it. */
class LibraryTrapsTest {
  @BeforeAll
  static void load() {
    assertNull(Natives.complaint());
  }

  @Test
  void theSumOfAllDomainsMustFit() {
    CpModel model = new CpModel();
    for (int i = 0; i < 2048; i++) {
      model.newIntVar(0, 1L << 52, "x" + i);
    }
    assertEquals(CpSolverStatus.MODEL_INVALID, new CpSolver().solve(model));
  }

  @Test
  void aSumThatMayPass62BitsIsAnInvalidModel() {
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(0, 1L << 40, "x");
    model.addLinearConstraint(LinearExpr.term(x, 1L << 22), 0, 1);
    CpSolver solver = new CpSolver();
    assertEquals(CpSolverStatus.MODEL_INVALID, solver.solve(model));
  }

  @Test
  void aNegativeTimeLimitIsAnInvalidModel() {
    CpSolver solver = new CpSolver();
    solver.getParameters().setMaxTimeInSeconds(-1);
    assertEquals(CpSolverStatus.MODEL_INVALID, solver.solve(new CpModel()));
  }

  @Test
  void anEmptyIntervalInsideAnotherIsAConflict() {
    CpModel model = new CpModel();
    IntervalVar whole = model.newFixedInterval(0, 10, "whole");
    IntervalVar empty = model.newFixedInterval(5, 0, "empty");
    model.addNoOverlap(new IntervalVar[] {whole, empty});
    assertEquals(CpSolverStatus.INFEASIBLE, new CpSolver().solve(model));
  }

  @Test
  void overlappingFixedIntervalsAreAConflict() {
    CpModel model = new CpModel();
    IntervalVar one = model.newFixedInterval(0, 10, "one");
    IntervalVar other = model.newFixedInterval(5, 10, "other");
    model.addNoOverlap(new IntervalVar[] {one, other});
    assertEquals(CpSolverStatus.INFEASIBLE, new CpSolver().solve(model));
  }

  @Test
  void aClauseOfNothingIsAConflict() {
    CpModel model = new CpModel();
    model.addBoolOr(new Literal[0]);
    assertEquals(CpSolverStatus.INFEASIBLE, new CpSolver().solve(model));
  }

  @Test
  void aStopBeforeTheSearchIsLost() {
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(0, 9, "x");
    model.minimize(x);
    CpSolver solver = new CpSolver();
    solver.stopSearch();
    assertEquals(CpSolverStatus.OPTIMAL, solver.solve(model));
  }

  @Test
  void textOfTheLibraryIsCutToOneLine() {
    String reason = Reasons.shorten("a\n  b" + "c".repeat(100_000));
    assertTrue(reason.startsWith("a bccc") && reason.endsWith("...") && reason.length() == 160);
  }
}
