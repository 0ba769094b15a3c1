package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.cli.render.html.HtmlReport;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.PlanJson;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;

/** An engine that stops at its budget has not shown that there is no layout. */
class UndecidedTest {
  private static final class Tired implements Backend {
    @Override
    public String name() {
      return "tired";
    }

    @Override
    public Outcome solve(Problem problem, Goal goal, Budget budget) {
      return new Outcome.GaveUp("the budget of %d steps ran out".formatted(budget.steps()));
    }
  }

  @Test
  void aBudgetThatRanOutIsNeverAConflict() throws UnusableInput {
    Planner planner = new Planner(new Solver(new Tired(), new Tired()), Budget.steps(7));
    Scene scene =
        new Scene(
            HostReader.read(List.of(Path.of("examples/igd-laptop/host"))),
            GuestReader.read(Path.of("examples/igd-laptop/guest.cfg")));
    Plan plan = planner.plan(scene, Platforms.of(scene.guest().platform()));
    assertEquals(Verdict.UNDECIDED, plan.verdict());
    assertEquals(ExitCode.UNDECIDED, ExitCode.of(plan.verdict()));
    String text = PlanText.of(plan);
    assertTrue(text.startsWith("undecided: the budget of 7 steps ran out"), text);
    assertTrue(text.contains("`--steps`"), text);
    assertTrue(PlanJson.line(plan).contains("\"verdict\":\"undecided\""));
    String page = HtmlReport.of(plan);
    assertTrue(page.contains("class=\"guest undecided\""), page);
    assertTrue(page.contains("aria-label=\"IOAPIC: 0xfec00000..0xfec01000 (4 KiB)"), page);
  }
}
