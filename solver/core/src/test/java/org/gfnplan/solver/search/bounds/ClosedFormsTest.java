package org.gfnplan.solver.search.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.StepChecker;
import org.gfnplan.solver.explain.Guest;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.testing.ExhaustiveSearch;
import org.gfnplan.solver.testing.MediumProblems;
import org.gfnplan.solver.testing.ProblemText;
import org.gfnplan.solver.testing.TinyProblems;
import org.junit.jupiter.api.Test;

class ClosedFormsTest {
  private static final int PROBLEMS = 2000;

  @Test
  void aContradictionIsFoundOnlyWhereThereIsNoLayout() {
    int found = 0;
    int impossible = 0;
    for (long seed = 0; seed < PROBLEMS; seed++) {
      Problem problem = TinyProblems.random(seed);
      boolean possible = ExhaustiveSearch.hasLayout(problem);
      impossible += possible ? 0 : 1;
      if (ClosedForms.of(problem).contradiction() != null) {
        assertFalse(possible, "seed " + seed + "\n" + ProblemText.of(problem));
        found++;
      }
    }
    assertTrue(10 * found > 9 * impossible, found + " of " + impossible + " found");
  }

  @Test
  void forcedFramesAreTakenInEveryLayout() {
    int forced = 0;
    for (long seed = 0; seed < PROBLEMS; seed++) {
      Problem problem = TinyProblems.random(seed);
      Optional<Layout> layout = ExhaustiveSearch.canonical(problem);
      ClosedForms forms = ClosedForms.of(problem);
      for (Placement place : layout.map(Layout::placements).orElse(List.of())) {
        GfnRange range = forms.forced(place.region());
        GfnRange taken = place.range();
        if (range != null) {
          assertTrue(taken != null && taken.contains(range), "seed " + seed);
          forced++;
        }
        GfnRange reach = forms.reach(place.region());
        assertTrue(taken == null || (reach != null && reach.contains(taken)), "seed " + seed);
      }
    }
    assertTrue(forced > PROBLEMS / 2, "forced ranges: " + forced);
  }

  @Test
  void whatFollowsFromLessFollowsFromMore() {
    for (long seed = 0; seed < PROBLEMS; seed++) {
      Problem problem = TinyProblems.random(seed);
      List<Statement> fewer = new ArrayList<>(problem.statements());
      fewer.remove((int) (seed % fewer.size()));
      if (ClosedForms.quick(problem.keeping(fewer)).contradiction() != null) {
        assertNotNull(ClosedForms.quick(problem).contradiction(), "seed " + seed);
      }
    }
  }

  @Test
  void everyContradictionSurvivesARecount() {
    int found = 0;
    for (long seed = 0; seed < PROBLEMS; seed++) {
      for (Problem problem : List.of(TinyProblems.random(seed), MediumProblems.random(seed))) {
        Step step = ClosedForms.of(problem).contradiction();
        if (step != null) {
          found++;
          assertFalse(
              step instanceof Step.NoAddress none && none.most() < 0, "seed " + seed + " " + step);
          assertNull(StepChecker.complaint(problem, step), "seed " + seed + " " + step);
        }
      }
    }
    assertTrue(found > PROBLEMS / 2, "contradictions: " + found);
  }

  @Test
  void preferredStatementsAreNotLookedAt() {
    for (long seed = 0; seed < PROBLEMS; seed++) {
      Problem problem = TinyProblems.random(seed);
      List<Statement> required =
          problem.statements().stream().filter(s -> s.strength().isRequired()).toList();
      assertEquals(
          ClosedForms.of(problem.keeping(required)).contradiction(),
          ClosedForms.of(problem).contradiction(),
          "seed " + seed);
    }
  }

  @Test
  void rulesThatChaseEachOtherComeToAnEnd() {
    Guest guest = new Guest(1 << 20, 0xf0000);
    guest.rule(new Rule.SameEdge(Guest.said("a"), guest.low.end(), guest.high.start()));
    guest.rule(new Rule.OnGrid(Guest.said("b"), guest.low.end(), 3));
    guest.rule(new Rule.OnGrid(Guest.said("c"), guest.high.end(), 7));
    assertNotNull(ClosedForms.of(guest.problem()).contradiction());
  }

  @Test
  void countingIsLeftOutWhenAsked() {
    Guest guest = new Guest(0x1000, 0x1000).lowSized("hole line", 0x800, 0x800);
    for (int i = 0; i < 3; i++) {
      guest.block("block" + i, 0x40, 0x8b0);
    }
    assertNull(ClosedForms.quick(guest.problem()).contradiction());
    assertTrue(ClosedForms.of(guest.problem()).contradiction() instanceof Step.Overfull);
  }
}
