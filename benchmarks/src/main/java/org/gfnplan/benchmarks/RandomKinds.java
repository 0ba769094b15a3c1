package org.gfnplan.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.testing.CrowdedProblems;
import org.gfnplan.solver.testing.MediumProblems;
import org.gfnplan.solver.testing.NestedProblems;
import org.gfnplan.solver.testing.PackedProblems;
import org.gfnplan.solver.testing.TinyProblems;

/** The kinds of random problems that campaigns draw from, by name. */
final class RandomKinds {
  private static final Map<String, LongFunction<Problem>> GENERATORS =
      new TreeMap<>(
          Map.of(
              "tiny", TinyProblems::random,
              "packed", PackedProblems::random,
              "nested", NestedProblems::random,
              "medium", MediumProblems::random,
              "crowded", CrowdedProblems::random));

  private RandomKinds() {}

  /**
   * The kinds that a text names, with commas between them.
   *
   * @throws IllegalArgumentException when there is no such kind
   */
  static List<String> named(String text) {
    List<String> kinds = List.of(text.split(","));
    for (String kind : kinds) {
      if (!GENERATORS.containsKey(kind)) {
        throw new IllegalArgumentException(
            "kinds must be among %s: kind=%s".formatted(GENERATORS.keySet(), kind));
      }
    }
    return kinds;
  }

  /** The problem of a seed. */
  static Problem problem(String kind, long seed) {
    return requireNonNull(GENERATORS.get(kind)).apply(seed);
  }
}
