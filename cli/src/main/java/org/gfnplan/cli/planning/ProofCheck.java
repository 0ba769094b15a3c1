package org.gfnplan.cli.planning;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.proof.CheckedProof;
import org.gfnplan.models.proof.Proof;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.ConflictChecker;
import org.gfnplan.solver.check.SecondOpinion;

/** Has a proof judged by the checkers alone: no engine is asked, nothing is searched. */
public final class ProofCheck {
  private ProofCheck() {}

  /** What they say about each conflict of the proof. */
  public static CheckedProof of(Proof proof) {
    List<CheckedProof.Checked> checked = new ArrayList<>();
    for (Conflict conflict : proof.conflicts()) {
      // The checker asks for an opinion only where a step says that everything was tried. The
      // engines that tried are named in the result, so agreeing here hides nothing.
      List<String> complaints =
          ConflictChecker.complaints(
              proof.problem(), conflict, part -> SecondOpinion.Verdict.IMPOSSIBLE);
      checked.add(new CheckedProof.Checked(complaints, engines(conflict)));
    }
    return new CheckedProof(proof, checked);
  }

  private static List<String> engines(Conflict conflict) {
    return conflict.steps().stream()
        .filter(Step.Searched.class::isInstance)
        .map(Step.Searched.class::cast)
        .flatMap(step -> step.engines().stream())
        .distinct()
        .toList();
  }
}
