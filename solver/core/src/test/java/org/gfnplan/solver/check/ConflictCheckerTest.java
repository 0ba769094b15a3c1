package org.gfnplan.solver.check;

import static org.gfnplan.solver.explain.Guest.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.SecondOpinion.Verdict;
import org.gfnplan.solver.explain.Guest;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Fake;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;

class ConflictCheckerTest {
  private static final Statement WISH =
      new Statement("wish", "a wish", Origin.builtIn("test", "a wish"), Strength.preferred(1));

  private final Guest guest = new Guest(0x1000, 0x1000).lowSized("hole", 0x800, 0x800);
  private final Region taken = guest.fixed("taken", 0x7f0, 0x7f8);
  private final Problem problem = guest.rule(new Rule.Sized(WISH, guest.low, 1, 1)).problem();
  private final Conflict right =
      (Conflict)
          new Solver(new ExactEngine(), Fake.givesUp("b")).answer(problem, Budget.DEFAULT).answer();
  private final Step last = right.steps().get(right.steps().size() - 1);

  private static Verdict notAsked(Problem part) {
    return fail("asked about " + part);
  }

  private void complains(String complaint, Conflict conflict) {
    assertEquals(
        List.of(complaint),
        ConflictChecker.complaints(problem, conflict, ConflictCheckerTest::notAsked));
  }

  private Conflict of(Statement... members) {
    return new Conflict(List.of(members), right.steps(), right.witnesses());
  }

  private Conflict with(Step... steps) {
    return new Conflict(right.statements(), List.of(steps), right.witnesses());
  }

  private Conflict witnessed(Map<Statement, Layout> witnesses) {
    return new Conflict(right.statements(), right.steps(), witnesses);
  }

  @Test
  void aRightConflictIsAccepted() {
    assertEquals(
        List.of(), ConflictChecker.complaints(problem, right, ConflictCheckerTest::notAsked));
    assertEquals(List.of(said("memory"), said("taken"), said("hole")), right.statements());
  }

  @Test
  void aConflictHasMembers() {
    complains("the conflict has no members", of());
  }

  @Test
  void aMemberIsInTheProblem() {
    complains("member rumour is not in the problem", of(said("rumour")));
  }

  @Test
  void aMemberIsRequired() {
    complains("member wish is preferred, not required", of(WISH));
  }

  @Test
  void aMemberIsNamedOnce() {
    complains("member hole is named twice", of(said("hole"), said("hole")));
  }

  @Test
  void everyMemberHasAWitness() {
    Map<Statement, Layout> fewer = new LinkedHashMap<>(right.witnesses());
    fewer.remove(said("hole"));
    complains("the witnesses are not one for each member", witnessed(fewer));
  }

  @Test
  void aWitnessIsALayoutOfTheOthers() {
    Map<Statement, Layout> moved = new LinkedHashMap<>(right.witnesses());
    Layout before = right.witnesses().get(said("hole"));
    List<Placement> places = new ArrayList<>();
    for (Placement place : before.placements()) {
      places.add(
          place.region().equals(taken) ? new Placement(taken, 0x7f1, place.length()) : place);
    }
    moved.put(said("hole"), new Layout(places, before.givenUp()));
    complains(
        "the witness without hole is no layout: taken: `taken` starts at 0x7f1, not 0x7f0",
        witnessed(moved));
  }

  @Test
  void aMemberThatIsNotNeededHasNoWitness() {
    guest.fixed("bystander", 0x5000, 0x5001);
    Problem wider = guest.problem();
    Map<Statement, Layout> witnesses = new LinkedHashMap<>(right.witnesses());
    witnesses.put(said("bystander"), right.witnesses().get(said("hole")));
    List<Statement> members = new ArrayList<>(right.statements());
    members.add(said("bystander"));
    List<String> complaints =
        ConflictChecker.complaints(
            wider, new Conflict(members, right.steps(), witnesses), ConflictCheckerTest::notAsked);
    assertTrue(
        complaints.get(complaints.size() - 1).startsWith("the witness without bystander"),
        complaints::toString);
  }

  @Test
  void aConflictHasSteps() {
    complains("no step shows the contradiction", with());
  }

  @Test
  void aStepRestsOnMembersOnly() {
    complains(
        "a step rests on a statement that is not a member",
        with(
            new Step.Forced(List.of(said("memory"), WISH), guest.low, new GfnRange(0, 0x800)),
            last));
  }

  @Test
  void aStepIsRecounted() {
    complains(
        "`low` need not take 0x0..0x801",
        with(
            new Step.Forced(
                List.of(said("memory"), said("hole")), guest.low, new GfnRange(0, 0x801)),
            last));
  }

  @Test
  void theLastStepIsAContradiction() {
    complains("the last step is no contradiction", with(right.steps().get(0)));
  }

  @Test
  void aSearchIsBelievedOnlyWithASecondOpinion() {
    Conflict searched = with(new Step.Searched(right.statements(), List.of("exact", "other")));
    assertEquals(List.of(), ConflictChecker.complaints(problem, searched, p -> Verdict.IMPOSSIBLE));
    for (Verdict verdict : List.of(Verdict.POSSIBLE, Verdict.UNKNOWN)) {
      assertEquals(
          List.of("no second engine finds that the members cannot hold together"),
          ConflictChecker.complaints(problem, searched, p -> verdict));
    }
  }

  @Test
  void theSecondOpinionIsAboutTheMembersAlone() {
    List<Problem> asked = new ArrayList<>();
    ConflictChecker.complaints(
        problem,
        with(new Step.Searched(right.statements(), List.of("exact", "other"))),
        part -> {
          asked.add(part);
          return Verdict.IMPOSSIBLE;
        });
    assertEquals(List.of(problem.keeping(right.statements())), asked);
  }

  @Test
  void aSearchIsNotBelievedAboutFewerThanAllMembers() {
    List<String> complaints =
        ConflictChecker.complaints(
            problem,
            with(new Step.Searched(List.of(said("hole")), List.of("exact"))),
            part -> part.regions().size() < 3 ? Verdict.POSSIBLE : Verdict.IMPOSSIBLE);
    assertEquals(
        List.of(
            "fewer than two engines were asked",
            "no second engine finds that the members cannot hold together"),
        complaints);
  }
}
