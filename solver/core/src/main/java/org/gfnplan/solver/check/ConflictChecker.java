package org.gfnplan.solver.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;

/** Accepts or rejects a conflict by the problem alone. */
public final class ConflictChecker {
  private final Problem problem;
  private final Conflict conflict;
  private final List<String> complaints = new ArrayList<>();

  private ConflictChecker(Problem problem, Conflict conflict) {
    this.problem = problem;
    this.conflict = conflict;
  }

  /**
   * Everything that is wrong with a conflict, one line each; none when it is right. The members
   * must be required statements of the problem; without any one of them its witness must be a
   * layout; each step must survive a recount; and the last step must be a contradiction, or, when
   * it only says that everything was tried, {@code opinion} must say so too. It is asked about
   * nothing else.
   */
  public static List<String> complaints(Problem problem, Conflict conflict, SecondOpinion opinion) {
    ConflictChecker checker = new ConflictChecker(problem, conflict);
    checker.checkMembers();
    if (checker.complaints.isEmpty()) {
      checker.checkWitnesses();
      checker.checkSteps(opinion);
    }
    return List.copyOf(checker.complaints);
  }

  private void checkMembers() {
    if (conflict.statements().isEmpty()) {
      complaints.add("the conflict has no members");
    }
    Set<Statement> said = new HashSet<>(problem.statements());
    Set<Statement> seen = new HashSet<>();
    for (Statement member : conflict.statements()) {
      if (!said.contains(member)) {
        complaints.add("member %s is not in the problem".formatted(member.id()));
      } else if (!member.strength().isRequired()) {
        complaints.add("member %s is preferred, not required".formatted(member.id()));
      } else if (!seen.add(member)) {
        complaints.add("member %s is named twice".formatted(member.id()));
      }
    }
  }

  private void checkWitnesses() {
    if (!conflict.witnesses().keySet().equals(new HashSet<>(conflict.statements()))) {
      complaints.add("the witnesses are not one for each member");
      return;
    }
    for (Statement member : conflict.statements()) {
      List<Statement> others = new ArrayList<>(conflict.statements());
      others.remove(member);
      Layout witness = conflict.witnesses().get(member);
      if (witness != null) {
        for (String why : LayoutChecker.complaints(problem.keeping(others), witness)) {
          complaints.add("the witness without %s is no layout: %s".formatted(member.id(), why));
        }
      }
    }
  }

  private void checkSteps(SecondOpinion opinion) {
    if (conflict.steps().isEmpty()) {
      complaints.add("no step shows the contradiction");
      return;
    }
    Set<Statement> members = new HashSet<>(conflict.statements());
    for (Step step : conflict.steps()) {
      if (!members.containsAll(step.because())) {
        complaints.add("a step rests on a statement that is not a member");
        return;
      }
      String why = StepChecker.complaint(problem, step);
      if (why != null) {
        complaints.add(why);
      }
    }
    Step last = conflict.steps().get(conflict.steps().size() - 1);
    if (last instanceof Step.Searched) {
      if (opinion.on(problem.keeping(last.because())) != SecondOpinion.Verdict.IMPOSSIBLE) {
        complaints.add("no second engine finds that the members cannot hold together");
      }
    } else if (!StepChecker.isContradiction(last)) {
      complaints.add("the last step is no contradiction");
    }
  }
}
