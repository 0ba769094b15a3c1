package org.gfnplan.cli.render.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** What the statements of a problem fix before anything is chosen, and where they clash. */
final class StatedMap {
  /** Of free space in many pieces, so many are drawn, the largest. */
  private static final int PIECES = 24;

  private final List<Box> boxes = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final Set<Region> drawn = new HashSet<>();
  private final Set<Statement> blamed;

  private StatedMap(Set<Statement> blamed) {
    this.blamed = blamed;
  }

  static StatedMap of(Plan plan) {
    Conflict conflict = plan.answer() instanceof Conflict found ? found : null;
    StatedMap map =
        new StatedMap(conflict == null ? Set.of() : new HashSet<>(conflict.statements()));
    if (conflict != null) {
      conflict.steps().forEach(map::addForced);
    }
    plan.problem().rules().forEach(map::addPinned);
    if (conflict != null) {
      conflict.steps().forEach(map::addMark);
    }
    return map;
  }

  List<Box> boxes() {
    return boxes;
  }

  List<Mark> marks() {
    return marks;
  }

  private void addPinned(Rule rule) {
    if (rule instanceof Rule.Pinned pinned) {
      long length = pinned.region().length().min();
      if (pinned.region().length().isFixed() && pinned.start() + length <= Gfn.LIMIT) {
        add(pinned.region(), new GfnRange(pinned.start(), pinned.start() + length));
      }
    } else if (rule instanceof Rule.Within within) {
      List<GfnRange> allowed = within.allowed().ranges();
      if (allowed.size() == 1 && allowed.get(0).length() == within.region().length().min()) {
        add(within.region(), allowed.get(0));
      }
    }
  }

  private void addForced(Step step) {
    if (step instanceof Step.Forced forced) {
      add(forced.region(), forced.range());
    }
  }

  private void add(Region region, GfnRange range) {
    if (drawn.add(region)) {
      Statement why = region.statement();
      boxes.add(
          new Box(
              Lane.of(region.kind()),
              region.name(),
              range,
              why.origin().shortForm(),
              blamed.contains(why)));
    }
  }

  private void addMark(Step step) {
    if (step instanceof Step.Clash clash) {
      add(clash.one(), clash.range());
      add(clash.other(), clash.range());
      marks.add(
          new Mark(
              Mark.Tone.CLASH,
              Lane.RAM,
              clash.range(),
              List.of(
                  "taken twice: " + Sizes.size(Gfn.toBytes(clash.range().length())),
                  "by " + clash.one().name(),
                  "and " + clash.other().name())));
    } else if (step instanceof Step.NoGap noGap) {
      addGaps(noGap.free(), noGap.region().name() + " does not fit", StepWords.sentence(step));
    } else if (step instanceof Step.Overfull full) {
      addGaps(full.free(), "too little room", StepWords.sentence(step));
    } else if (step instanceof Step.NoAddress none) {
      addBetween(none);
    }
  }

  /** The most and the least address, and what lies between them. */
  private void addBetween(Step.NoAddress none) {
    GfnRange between = range(none.most(), none.least());
    if (between != null) {
      marks.add(
          new Mark(
              Mark.Tone.CLASH,
              Lane.RAM,
              between,
              List.of(
                  "no address for " + none.edge().region().name(),
                  "no higher than " + Sizes.address(Gfn.toBytes(none.most())),
                  "no lower than " + Sizes.address(Gfn.toBytes(none.least())))));
    }
  }

  private static @Nullable GfnRange range(long start, long end) {
    return 0 <= start && start < end && end <= Gfn.LIMIT ? new GfnRange(start, end) : null;
  }

  private void addGaps(GfnSet free, String headline, String sentence) {
    List<GfnRange> largest =
        free.ranges().stream()
            .sorted(
                Comparator.comparingLong(GfnRange::length)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(PIECES)
            .toList();
    List<String> said = new ArrayList<>();
    said.add(headline);
    said.addAll(Label.wrap(sentence, Label.MOST));
    for (GfnRange gap : largest) {
      boolean first = gap.equals(largest.get(0));
      marks.add(new Mark(Mark.Tone.GAP, Lane.RAM, gap, first ? said : List.of()));
    }
  }
}
