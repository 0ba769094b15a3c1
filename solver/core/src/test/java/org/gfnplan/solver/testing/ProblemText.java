package org.gfnplan.solver.testing;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.space.Alignment;

/** Problems and outcomes as text for people who read a failed test. */
public final class ProblemText {
  private ProblemText() {}

  /** Each statement with its regions and rules, one line each, then the preferences. */
  public static String of(Problem problem) {
    StringBuilder text = new StringBuilder();
    for (Statement statement : problem.statements()) {
      text.append(statement.strength().isRequired() ? "required" : "preferred ");
      if (!statement.strength().isRequired()) {
        text.append(statement.strength().weight());
      }
      text.append(" `%s %s`\n".formatted(statement.id(), statement.text()));
      for (Region region : problem.regions()) {
        if (region.statement().equals(statement)) {
          text.append(
              "  region %s length 0x%x..0x%x align 0x%x\n"
                  .formatted(
                      region.name(),
                      region.length().min(),
                      region.length().max(),
                      region.alignment().frames()));
        }
      }
      for (Rule rule : problem.rules()) {
        if (rule.statement().equals(statement)) {
          text.append("  ").append(of(rule)).append('\n');
        }
      }
    }
    problem.preferences().forEach(p -> text.append("prefer ").append(of(p)).append('\n'));
    return text.append("region order: ").append(names(problem.regions())).append('\n').toString();
  }

  /** A layout on one line, and what it gives up. */
  public static String of(Layout layout) {
    return layout.placements().stream()
            .map(p -> "%s=0x%x+0x%x".formatted(p.region().name(), p.start(), p.length()))
            .collect(Collectors.joining(" "))
        + layout.givenUp().stream()
            .map(statement -> " without `%s`".formatted(statement.id()))
            .collect(Collectors.joining());
  }

  /** An outcome on one line. */
  public static String of(Outcome outcome) {
    if (outcome instanceof Outcome.Found found) {
      return "%s costs %s: %s"
          .formatted(found.proven() ? "proven" : "found", found.costs(), of(found.layout()));
    }
    if (outcome instanceof Outcome.Refuted refuted) {
      return "refuted in %d steps".formatted(refuted.certificate().size());
    }
    return "gave up: " + ((Outcome.GaveUp) outcome).reason();
  }

  private static String of(Rule rule) {
    if (rule instanceof Rule.Pinned pinned) {
      return "%s pinned at 0x%x".formatted(pinned.region().name(), pinned.start());
    }
    if (rule instanceof Rule.Within within) {
      return "%s within %s".formatted(within.region().name(), within.allowed());
    }
    if (rule instanceof Rule.Aligned aligned) {
      return "%s aligned to %s".formatted(aligned.region().name(), of(aligned.alignment()));
    }
    if (rule instanceof Rule.Sized sized) {
      return "%s sized 0x%x..0x%x".formatted(sized.region().name(), sized.min(), sized.max());
    }
    if (rule instanceof Rule.Apart apart) {
      return "%s apart from %s".formatted(apart.region().name(), names(apart.others()));
    }
    if (rule instanceof Rule.TotalLength total) {
      return "total of %s except %s is 0x%x"
          .formatted(names(total.summands()), total.except(), total.frames());
    }
    if (rule instanceof Rule.SameEdge same) {
      return "%s = %s".formatted(of(same.one()), of(same.other()));
    }
    if (rule instanceof Rule.OnGrid grid) {
      return "%s on grid 0x%x".formatted(of(grid.edge()), grid.step());
    }
    if (rule instanceof Rule.Inside inside) {
      return "%s inside of %s".formatted(inside.region().name(), inside.container().name());
    }
    Rule.Follows follows = (Rule.Follows) rule;
    return "%s follows %s rounded up to %s"
        .formatted(follows.region().name(), names(follows.chain()), of(follows.alignment()));
  }

  private static String of(Preference preference) {
    if (preference instanceof Preference.Near near) {
      return "near " + wishes(near.wishes());
    }
    if (preference instanceof Preference.Unmoved unmoved) {
      return "unmoved " + wishes(unmoved.wishes());
    }
    if (preference instanceof Preference.Shortest shortest) {
      return "shortest " + names(shortest.regions());
    }
    Preference.Whole whole = (Preference.Whole) preference;
    return "whole 0x%x: %s"
        .formatted(
            whole.step(),
            whole.edges().stream().map(ProblemText::of).collect(Collectors.joining(", ")));
  }

  private static String wishes(List<Preference.Wish> wishes) {
    return wishes.stream()
        .map(wish -> "%s to 0x%x".formatted(of(wish.edge()), wish.gfn()))
        .collect(Collectors.joining(", "));
  }

  private static String of(Edge edge) {
    return (edge.side() == Edge.Side.START ? "start of " : "end of ") + edge.region().name();
  }

  private static String of(Alignment alignment) {
    return "0x%x".formatted(alignment.frames());
  }

  private static String names(List<Region> regions) {
    return regions.stream().map(Region::name).collect(Collectors.joining(", "));
  }
}
