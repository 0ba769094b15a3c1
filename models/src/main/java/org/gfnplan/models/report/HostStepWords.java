package org.gfnplan.models.report;

import org.gfnplan.models.platform.hostwide.HostModel;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Step;

/** A deduction about several guests as a sentence: a place is a guest there, or host memory. */
public final class HostStepWords {
  private HostStepWords() {}

  /** The deduction, lower case, without a full stop. */
  public static String sentence(Step step, HostModel model) {
    if (step instanceof Step.NoAddress none) {
      String subject = model.subjects().get(none.edge().region());
      if (subject != null && isGuest(none.least(), model) && isGuest(none.most(), model)) {
        return "%s would have to be in %s and in %s"
            .formatted(subject, guest(none.most(), model), guest(none.least(), model));
      }
    }
    if (step instanceof Step.Clash clash) {
      return "host memory %s is taken twice, by %s and by %s"
          .formatted(Sizes.range(clash.range()), clash.one().name(), clash.other().name());
    }
    if (step instanceof Step.Forced forced) {
      return "%s takes all of host memory %s"
          .formatted(forced.region().name(), Sizes.range(forced.range()));
    }
    return StepWords.sentence(step);
  }

  private static boolean isGuest(long place, HostModel model) {
    return 0 <= place && place < model.tenants().size();
  }

  private static String guest(long place, HostModel model) {
    return "guest `%s`".formatted(model.tenants().get((int) place).guest().name());
  }
}
