package org.gfnplan.solver.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** Accepts or rejects a deduction by counting again, on nothing but what it says it rests on. */
public final class StepChecker {
  private final Recount recount;

  private StepChecker(Problem problem) {
    recount = new Recount(problem);
  }

  /**
   * Whether a step, when it is right, shows that the statements it rests on cannot hold together.
   */
  public static boolean isContradiction(Step step) {
    return !(step instanceof Step.Forced || step instanceof Step.Searched);
  }

  /** What is wrong with a step, in one line; null when it is right. */
  public static @Nullable String complaint(Problem problem, Step step) {
    if (step.because().isEmpty()) {
      return "the step rests on nothing";
    }
    Problem said = problem.keeping(step.because());
    for (Region region : regionsOf(step)) {
      if (!said.regions().contains(region)) {
        return "the step speaks of `%s`, but does not rest on why it is there"
            .formatted(region.name());
      }
    }
    return new StepChecker(said).complaint(step);
  }

  private static List<Region> regionsOf(Step step) {
    if (step instanceof Step.Forced forced) {
      return List.of(forced.region());
    }
    if (step instanceof Step.Clash clash) {
      return List.of(clash.one(), clash.other());
    }
    if (step instanceof Step.NoGap gap) {
      return List.of(gap.region());
    }
    if (step instanceof Step.NoAddress address) {
      return List.of(address.edge().region());
    }
    return step instanceof Step.Total total ? total.regions() : List.of();
  }

  private @Nullable String complaint(Step step) {
    if (step instanceof Step.Forced forced) {
      return recount.comesTo(() -> takes(forced.region(), forced.range()))
          ? null
          : "`%s` need not take %s".formatted(forced.region().name(), forced.range());
    }
    if (step instanceof Step.Clash clash) {
      return clash(clash);
    }
    if (step instanceof Step.NoGap gap) {
      return recount.comesTo(() -> hasNoGap(gap))
          ? null
          : "`%s` may have a place outside %s, or one of more than 0x%x frames"
              .formatted(gap.region().name(), gap.free(), gap.largest());
    }
    if (step instanceof Step.NoAddress address) {
      return recount.comesTo(() -> hasNoAddress(address))
          ? null
          : "the %s of `%s` may lie elsewhere than from 0x%x to 0x%x"
              .formatted(
                  address.edge().side() == Edge.Side.START ? "start" : "end",
                  address.edge().region().name(),
                  address.least(),
                  address.most());
    }
    if (step instanceof Step.Total total) {
      return recount.comesTo(() -> cannotAddUp(total))
          ? null
          : "the regions may add up to 0x%x frames".formatted(total.wanted());
    }
    if (step instanceof Step.Overfull overfull) {
      return recount.comesTo(() -> isOverfull(overfull))
          ? null
          : "0x%x blocks of 0x%x frames may be enough".formatted(overfull.fit(), overfull.block());
    }
    return new HashSet<>(((Step.Searched) step).engines()).size() < 2
        ? "fewer than two engines were asked"
        : null;
  }

  private boolean takes(Region region, GfnRange range) {
    GfnRange taken = recount.of(region).taken();
    return taken != null && taken.contains(range);
  }

  private @Nullable String clash(Step.Clash clash) {
    if (!recount.areApart(clash.one(), clash.other())) {
      return "`%s` and `%s` may share frames".formatted(clash.one().name(), clash.other().name());
    }
    return recount.comesTo(
            () -> takes(clash.one(), clash.range()) && takes(clash.other(), clash.range()))
        ? null
        : "`%s` and `%s` need not both take %s"
            .formatted(clash.one().name(), clash.other().name(), clash.range());
  }

  private boolean hasNoGap(Step.NoGap gap) {
    return recount.room(gap.region()).minus(gap.free()).isEmpty()
        && recount.longest(gap.region(), gap.free()) == gap.largest()
        && gap.largest() < recount.of(gap.region()).lengthMin();
  }

  private boolean hasNoAddress(Step.NoAddress step) {
    var extent = recount.of(step.edge().region());
    boolean start = step.edge().side() == Edge.Side.START;
    return step.least() > step.most()
        && (start ? extent.startMin() : extent.endMin()) >= step.least()
        && (start ? extent.startMax() : extent.endMax()) <= step.most();
  }

  private boolean cannotAddUp(Step.Total step) {
    if (step.least() <= step.wanted() && step.wanted() <= step.most()) {
      return false;
    }
    for (Rule rule : recount.rules()) {
      if (rule instanceof Rule.TotalLength total
          && total.frames() == step.wanted()
          && total.summands().equals(step.regions())
          && isBetween(total, step)) {
        return true;
      }
    }
    if (step.regions().size() != 1) {
      return false;
    }
    // One region must be longer than it can be; nothing but its own length is added up.
    var extent = recount.of(step.regions().get(0));
    return step.wanted() > step.most()
        && extent.lengthMin() >= step.wanted()
        && extent.lengthMax() <= step.most();
  }

  private boolean isBetween(Rule.TotalLength total, Step.Total step) {
    long least = 0;
    long most = 0;
    for (Region region : total.summands()) {
      least += recount.fewest(region, total.except());
      most += recount.most(region, total.except());
    }
    return least >= step.least() && most <= step.most();
  }

  private boolean isOverfull(Step.Overfull step) {
    if (step.block() < 1) {
      return false;
    }
    long fit = 0;
    for (GfnRange run : step.free().ranges()) {
      long from = (run.start() + step.block() - 1) / step.block();
      fit += Math.max(0, run.end() / step.block() - from);
    }
    return fit == step.fit()
        && step.fit() < step.needed()
        && (needed(step, List.of()) >= step.needed()
            || (step.block() == 1 && totals(step).anyMatch(most -> most >= step.needed())));
  }

  /** For each total whose summands keep apart and in the free frames, it and what is beside it. */
  private LongStream totals(Step.Overfull step) {
    return recount.rules().stream()
        .filter(Rule.TotalLength.class::isInstance)
        .map(Rule.TotalLength.class::cast)
        .filter(total -> total.summands().stream().allMatch(one -> isSummand(one, total, step)))
        .mapToLong(total -> total.frames() + needed(step, total.summands()));
  }

  private boolean isSummand(Region one, Rule.TotalLength total, Step.Overfull step) {
    return recount.room(one).minus(step.free()).isEmpty()
        && total.summands().stream()
            .allMatch(other -> other.equals(one) || recount.areApart(one, other));
  }

  /** The blocks that regions apart from these, and from each other, cover in the free frames. */
  private long needed(Step.Overfull step, List<Region> beside) {
    List<Region> counted = new ArrayList<>(beside);
    long needed = 0;
    for (Region region : recount.regions()) {
      long blocks = recount.of(region).lengthMin() / step.block();
      GfnSet room = recount.room(region);
      if (blocks > 0
          && !recount.of(region).isSettled()
          && recount.step(region) % step.block() == 0
          && room.minus(step.free()).isEmpty()
          && counted.stream().allMatch(other -> recount.areApart(region, other))) {
        counted.add(region);
        needed += blocks;
      }
    }
    return needed;
  }
}
