package org.gfnplan.models.proof;

import java.util.List;

/**
 * What the checkers say about each conflict of a proof.
 *
 * @param proof the proof
 * @param conflicts one for each conflict of the proof, in order
 */
public record CheckedProof(Proof proof, List<Checked> conflicts) {
  public CheckedProof {
    conflicts = List.copyOf(conflicts);
  }

  /** How a check ends. */
  public enum Verdict {
    /** Every claim was verified, and nothing had to be searched. */
    VERIFIED("verified"),
    /** Nothing is wrong, but a claim rests on a search that was not repeated. */
    SEARCHED("searched"),
    /** A claim is wrong. */
    WRONG("wrong");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** The word in documents. */
    public String word() {
      return word;
    }
  }

  /**
   * What the checkers say about one conflict.
   *
   * @param complaints what is wrong, one line each
   * @param engines whose search the contradiction rests on; none when it rests on none
   */
  public record Checked(List<String> complaints, List<String> engines) {
    public Checked {
      complaints = List.copyOf(complaints);
      engines = List.copyOf(engines);
    }

    /** How the check of this conflict ends. */
    public Verdict verdict() {
      return !complaints.isEmpty()
          ? Verdict.WRONG
          : engines.isEmpty() ? Verdict.VERIFIED : Verdict.SEARCHED;
    }
  }

  /** The worst of all conflicts. */
  public Verdict verdict() {
    return conflicts.stream()
        .map(Checked::verdict)
        .max(Verdict::compareTo)
        .orElse(Verdict.VERIFIED);
  }
}
