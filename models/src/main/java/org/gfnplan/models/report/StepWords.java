package org.gfnplan.models.report;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.space.Gfn;

/** A deduction as a sentence, without the statements it rests on. */
public final class StepWords {
  private StepWords() {}

  /** What kind of deduction it is, one word. */
  public static String kind(Step step) {
    if (step instanceof Step.Forced) {
      return "forced";
    }
    if (step instanceof Step.Clash) {
      return "clash";
    }
    if (step instanceof Step.NoGap) {
      return "no-gap";
    }
    if (step instanceof Step.Overfull) {
      return "overfull";
    }
    if (step instanceof Step.NoAddress) {
      return "no-address";
    }
    return step instanceof Step.Total ? "total" : "searched";
  }

  /** The deduction, lower case, without a full stop. */
  public static String sentence(Step step) {
    if (step instanceof Step.Forced forced) {
      return "%s takes all of %s".formatted(forced.region().name(), Sizes.range(forced.range()));
    }
    if (step instanceof Step.Clash clash) {
      return "%s is taken twice, by %s and by %s"
          .formatted(Sizes.range(clash.range()), clash.one().name(), clash.other().name());
    }
    if (step instanceof Step.NoGap noGap) {
      Region region = noGap.region();
      long free = noGap.free().size();
      if (free == 0) {
        return "%s needs %s, and there is nowhere for it to lie"
            .formatted(region.name(), size(region.length().min()));
      }
      long needed = region.length().min();
      return "%s needs %s in one piece, and of %s free the largest aligned gap has %s: %s by %s"
          .formatted(
              region.name(),
              size(needed),
              size(free),
              noGap.largest() == 0 ? "nothing" : size(noGap.largest()),
              free < needed ? "short" : "enough in all, but too fragmented",
              size(needed - noGap.largest()));
    }
    if (step instanceof Step.Overfull full && full.block() == 1) {
      return "%s in all are needed and %s are there: short by %s"
          .formatted(size(full.needed()), size(full.fit()), size(full.needed() - full.fit()));
    }
    if (step instanceof Step.Overfull full) {
      return "%d aligned blocks of %s are needed and %d fit: short by %s"
          .formatted(
              full.needed(),
              size(full.block()),
              full.fit(),
              size((full.needed() - full.fit()) * full.block()));
    }
    if (step instanceof Step.NoAddress none) {
      return "%s of %s can be no lower than %s and no higher than %s: short by %s"
          .formatted(
              none.edge().side() == Edge.Side.START ? "the start" : "the end",
              none.edge().region().name(),
              Sizes.address(Gfn.toBytes(none.least())),
              Sizes.address(Gfn.toBytes(none.most())),
              size(none.least() - none.most()));
    }
    if (step instanceof Step.Total total) {
      return total(total);
    }
    return "every possibility was tried (%s)"
        .formatted(String.join(", ", ((Step.Searched) step).engines()));
  }

  private static String total(Step.Total total) {
    List<Region> regions = total.regions();
    String names = regions.stream().map(Region::name).collect(Collectors.joining(" and "));
    return total.wanted() > total.most()
        ? "%s must have %s and can have at most %s: short by %s"
            .formatted(
                names,
                size(total.wanted()),
                size(total.most()),
                size(total.wanted() - total.most()))
        : "%s must have %s and have at least %s: %s too much"
            .formatted(
                names,
                size(total.wanted()),
                size(total.least()),
                size(total.least() - total.wanted()));
  }

  private static String size(long frames) {
    return Sizes.size(Gfn.toBytes(frames));
  }
}
