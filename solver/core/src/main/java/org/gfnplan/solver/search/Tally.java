package org.gfnplan.solver.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.jspecify.annotations.Nullable;

/** What several engines have said about one problem, and what follows from it. */
final class Tally {
  private final Goal goal;
  private final Map<String, String> gaveUp = new LinkedHashMap<>();
  private final List<String> refuters = new ArrayList<>();
  private List<Step> certificate = List.of();
  private @Nullable String finder;
  private Outcome.@Nullable Found best;

  Tally(Goal goal) {
    this.goal = goal;
  }

  /** Takes down what an engine says; an engine that was asked again replaces what it said. */
  void hear(String engine, Outcome outcome) {
    gaveUp.remove(engine);
    if (outcome instanceof Outcome.Found found) {
      hearFound(engine, found);
    } else if (outcome instanceof Outcome.Refuted refuted) {
      if (finder != null) {
        throw new EnginesDisagree(finder, engine, "the first has a layout, the second has none");
      }
      refuters.add(engine);
      certificate = refuted.certificate();
    } else {
      gaveUp.put(engine, ((Outcome.GaveUp) outcome).reason());
    }
  }

  private void hearFound(String engine, Outcome.Found found) {
    if (!refuters.isEmpty()) {
      throw new EnginesDisagree(
          refuters.get(0), engine, "the first has no layout, the second has one");
    }
    if (best == null || goal == Goal.ANY) {
      finder = engine;
      best = found;
      return;
    }
    int order = compare(found, best);
    if (found.proven() && order > 0) {
      throw new EnginesDisagree(
          String.valueOf(finder),
          engine,
          "the first has a layout that costs %s, the second has proven %s to be the best"
              .formatted(best.costs(), found.costs()));
    }
    if (found.proven() || order < 0) {
      finder = engine;
      best = found;
    }
  }

  /** Orders by costs; for the canonical goal by addresses, too. */
  private int compare(Outcome.Found one, Outcome.Found other) {
    int order = compare(one.costs(), other.costs());
    return order != 0 || goal != Goal.CANONICAL ? order : compare(addresses(one), addresses(other));
  }

  private static int compare(List<Long> one, List<Long> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = Long.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<Long> addresses(Outcome.Found found) {
    List<Long> addresses = new ArrayList<>();
    for (Placement placement : found.layout().placements()) {
      addresses.add(placement.start());
      addresses.add(placement.length());
    }
    return addresses;
  }

  boolean hasLayout() {
    return best != null;
  }

  /** Whether nothing that another engine could say would change the decision. */
  boolean isDecided() {
    return (best != null && (best.proven() || goal == Goal.ANY))
        || !certificate.isEmpty()
        || refuters.size() > 1;
  }

  /** Whether the engine has nothing to add. */
  boolean isDoneWith(String engine) {
    return refuters.contains(engine);
  }

  /** What all of it comes to. */
  Decision decision() {
    if (best != null) {
      return new Decision(best, List.of(String.valueOf(finder)));
    }
    if (isDecided()) {
      // A certificate speaks for itself, and is the last thing that was heard.
      List<String> agree =
          certificate.isEmpty() ? refuters : refuters.subList(refuters.size() - 1, refuters.size());
      return new Decision(new Outcome.Refuted(certificate), agree);
    }
    String silent =
        gaveUp.entrySet().stream()
            .map(entry -> "%s: %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    if (refuters.isEmpty()) {
      return new Decision(new Outcome.GaveUp(silent), List.copyOf(gaveUp.keySet()));
    }
    String alone = "%s finds no layout, and no other engine confirms it".formatted(refuters.get(0));
    return new Decision(
        new Outcome.GaveUp(silent.isEmpty() ? alone : alone + "; " + silent),
        List.copyOf(refuters));
  }
}
