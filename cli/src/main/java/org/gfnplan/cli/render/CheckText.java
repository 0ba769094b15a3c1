package org.gfnplan.cli.render;

import java.util.List;
import org.gfnplan.models.proof.CheckedProof;
import org.gfnplan.models.proof.Proof;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.solver.answer.Conflict;

/** What the checkers say about a proof, as text. */
public final class CheckText {
  private CheckText() {}

  /** The text, with a newline at the end. */
  public static String of(CheckedProof checked) {
    WrappedText out = new WrappedText();
    Proof proof = checked.proof();
    out.line(headline(checked));
    for (int i = 0; i < proof.conflicts().size(); i++) {
      Conflict conflict = proof.conflicts().get(i);
      CheckedProof.Checked result = checked.conflicts().get(i);
      out.line("");
      out.line("conflict %d of %d".formatted(i + 1, proof.conflicts().size()));
      if (result.verdict() == CheckedProof.Verdict.WRONG) {
        result.complaints().forEach(complaint -> out.line("  wrong: " + complaint));
      } else {
        ConflictText.of(conflict, StepWords::sentence).forEach(out::line);
        out.line("");
        out.line(
            "  without any one of them there is a layout: %s"
                .formatted(
                    count(conflict.witnesses().size(), "witness", "witnesses") + " checked"));
        out.line(result.engines().isEmpty() ? recounted(conflict) : searched(result.engines()));
      }
    }
    if (checked.verdict() == CheckedProof.Verdict.VERIFIED) {
      out.line("");
      out.line("note: names, wording and line numbers are as the proof has them");
    }
    return out.toString();
  }

  private static String headline(CheckedProof checked) {
    Proof proof = checked.proof();
    String claim =
        "guest `%s` has no gfn layout on host `%s` (%s)"
            .formatted(proof.guest(), proof.host(), proof.platform());
    return switch (checked.verdict()) {
      case VERIFIED -> "verified without a search: " + claim;
      case SEARCHED -> "not verifiable without a search: " + claim;
      case WRONG -> "error: the proof is wrong: " + claim;
    };
  }

  private static String recounted(Conflict conflict) {
    return "  all of them together have none: %s recounted"
        .formatted(count(conflict.steps().size(), "step", "steps"));
  }

  private static String searched(List<String> engines) {
    return "  that all of them together have none rests on a search by %s, which was not repeated"
        .formatted(String.join(" and ", engines));
  }

  private static String count(int number, String one, String many) {
    return "%d %s".formatted(number, number == 1 ? one : many);
  }
}
