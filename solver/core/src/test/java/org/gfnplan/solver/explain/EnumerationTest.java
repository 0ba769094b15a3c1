package org.gfnplan.solver.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gfnplan.solver.answer.Correction;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Knot;
import org.gfnplan.solver.answer.Reason;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.check.ConflictChecker;
import org.gfnplan.solver.check.LayoutChecker;
import org.gfnplan.solver.check.SecondOpinion;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Deadline;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.testing.ExhaustiveBackend;
import org.gfnplan.solver.testing.ExhaustiveSearch;
import org.gfnplan.solver.testing.Families;
import org.gfnplan.solver.testing.PackedProblems;
import org.gfnplan.solver.testing.ProblemText;
import org.gfnplan.solver.testing.Shrinker;
import org.gfnplan.solver.testing.TinyProblems;
import org.junit.jupiter.api.Test;

class EnumerationTest {
  private static final int MOST_UNITS = 9;

  @Test
  void findsEveryMinimalConflictAndCorrectionAndNoOther() {
    int[] compared = {0, 0};
    for (long seed = 0; seed < 3000; seed++) {
      Problem problem = TinyProblems.random(seed);
      if (isSmall(problem) && !ExhaustiveSearch.hasLayout(problem)) {
        compared[allOf(problem, false).enumeration().conflicts() > 1 ? 1 : 0]++;
        requireNone(seed, problem, false);
      }
    }
    assertTrue(compared[0] > 100 && compared[1] > 50, compared[0] + " with one, " + compared[1]);
  }

  @Test
  void findsThemAmongBundledUnitsToo() {
    int bundled = 0;
    for (long seed = 0; seed < 6000; seed++) {
      Problem problem = PackedProblems.random(seed);
      if (!isSmall(problem) || ExhaustiveSearch.hasLayout(problem)) {
        continue;
      }
      bundled += allOf(problem, true).units().stream().anyMatch(unit -> unit.size() > 1) ? 1 : 0;
      requireNone(seed, problem, true);
    }
    assertTrue(bundled > 10, "bundled: " + bundled);
  }

  @Test
  void fourPlantedClashesStayApart() {
    Enumeration all = enumerate("X:200:4:1", Limits.DEFAULT);
    assertNull(all.stopped());
    assertTrue(all.knots().size() >= 2, "knots: " + all.knots().size());
    requireTrue("X:200:4:1", all);
  }

  @Test
  void aCountIsOneConflictHoweverManyChoicesThereAre() {
    Problem problem = Families.problem("H:20:100");
    Enumeration all = enumerate("H:20:100", Limits.DEFAULT);
    assertNull(all.stopped());
    assertEquals(1, all.conflicts());
    Reason reason = all.knots().get(0).conflicts().get(0);
    List<Step> steps = reason.conflict().steps();
    assertTrue(steps.get(steps.size() - 1) instanceof Step.Overfull, steps.toString());
    assertEquals(
        problem.statements().size(), reason.conflict().statements().size() + reason.alike().size());
    List<Integer> sizes =
        all.knots().get(0).corrections().stream().map(c -> c.statements().size()).toList();
    // Eight blocks too many, and eight taken slots; or the memory; or the hole.
    assertEquals(List.of(1, 1, 8, 8), sizes.stream().sorted().toList());
    requireTrue("H:20:100", all);
  }

  @Test
  void whatIsLeftOpenIsSaid() {
    Enumeration few = enumerate("X:50:4:1", new Limits(2, 100, 1000));
    assertEquals(2, few.conflicts());
    assertFalse(few.allConflicts());
    assertNotNull(few.stopped());
    Enumeration short3 = enumerate("X:50:4:1", new Limits(1000, 3, 100_000));
    assertTrue(short3.allConflicts());
    assertFalse(short3.allCorrections());
    assertEquals(3, short3.corrections());
  }

  @Test
  void aProblemWithALayoutHasNoKnots() {
    Enumeration none = enumerate("R:10:2", Limits.DEFAULT);
    assertEquals(new Enumeration(List.of(), true, true, null), none);
  }

  @Test
  void theSameEveryTime() {
    assertEquals(enumerate("X:50:4:7", Limits.DEFAULT), enumerate("X:50:4:7", Limits.DEFAULT));
  }

  /** Every conflict is one for the second engine; every way through all knots has a layout. */
  private static void requireTrue(String spec, Enumeration all) {
    Problem problem = Families.problem(spec);
    ExactEngine engine = new ExactEngine();
    Explanations explanations = new Explanations(engine, engine, Deadline.of(Budget.DEFAULT));
    Set<Statement> first = new HashSet<>();
    all.knots().forEach(knot -> first.addAll(knot.corrections().get(0).statements()));
    try {
      assertNotNull(explanations.layout(without(problem, first)));
    } catch (NotDecided open) {
      fail(open);
    }
    for (Knot knot : all.knots()) {
      for (Reason reason : knot.conflicts()) {
        assertEquals(
            List.of(),
            ConflictChecker.complaints(
                problem, reason.conflict(), part -> SecondOpinion.Verdict.UNKNOWN));
      }
      for (Correction correction : knot.corrections()) {
        Set<Statement> gone = new HashSet<>(correction.beside());
        gone.addAll(correction.statements());
        assertEquals(
            List.of(), LayoutChecker.complaints(without(problem, gone), correction.layout()));
        for (Statement statement : correction.statements()) {
          Set<Statement> fewer = new HashSet<>(gone);
          fewer.remove(statement);
          try {
            assertNull(explanations.layout(without(problem, fewer)), statement.text());
          } catch (NotDecided open) {
            fail(open);
          }
        }
      }
    }
  }

  private static Problem without(Problem problem, Set<Statement> gone) {
    return problem.keeping(problem.statements().stream().filter(s -> !gone.contains(s)).toList());
  }

  private static Enumeration enumerate(String spec, Limits limits) {
    return new Solver(new ExactEngine(), new ExhaustiveBackend())
        .enumerate(Families.problem(spec), Set.of(), Budget.DEFAULT, limits);
  }

  private record All(Enumeration enumeration, List<List<Statement>> units) {}

  private static All allOf(Problem problem, boolean bundling) {
    Explanations explanations =
        new Explanations(new ExactEngine(), new ExhaustiveBackend(), Deadline.of(Budget.DEFAULT));
    Enumerator enumerator =
        new Enumerator(
            problem.withoutPreferences(),
            given(problem),
            explanations,
            new Limits(500, 5000, 50_000),
            bundling);
    Enumeration found = enumerator.all();
    return new All(found, enumerator.units());
  }

  /** In every third problem one statement in three is given. */
  private static Set<Statement> given(Problem problem) {
    List<Statement> required = required(problem);
    Set<Statement> given = new HashSet<>();
    for (int i = 0; i < required.size() && required.size() % 3 == 0; i += 3) {
      given.add(required.get(i));
    }
    return given;
  }

  private static List<Statement> required(Problem problem) {
    return problem.statements().stream().filter(s -> s.strength().isRequired()).toList();
  }

  private static boolean isSmall(Problem problem) {
    return required(problem).size() <= MOST_UNITS;
  }

  private static void requireNone(long seed, Problem problem, boolean bundling) {
    if (!differences(problem, bundling).isEmpty()) {
      Problem small =
          Shrinker.shrink(problem, p -> isSmall(p) && !differences(p, bundling).isEmpty());
      fail("seed %d: %s\n%s".formatted(seed, differences(small, bundling), ProblemText.of(small)));
    }
  }

  /** What differs from trying every subset of the units. */
  private static List<String> differences(Problem problem, boolean bundling) {
    All all = allOf(problem, bundling);
    List<String> differences = new ArrayList<>();
    if (all.enumeration().stopped() != null) {
      differences.add("stopped: " + all.enumeration().stopped());
    }
    int count = all.units().size();
    boolean[] hasLayout = new boolean[1 << count];
    for (int set = hasLayout.length - 1; set >= 0; set--) {
      for (int u = 0; u < count; u++) {
        hasLayout[set] |= hasLayout[set | 1 << u];
      }
      if (!hasLayout[set]) {
        int chosen = set;
        List<Statement> kept =
            IntStream.range(0, count)
                .filter(u -> (chosen & 1 << u) != 0)
                .boxed()
                .flatMap(u -> all.units().get(u).stream())
                .toList();
        List<Statement> said = new ArrayList<>(kept);
        said.addAll(given(problem));
        hasLayout[set] = ExhaustiveSearch.hasLayout(problem.keeping(said));
      }
    }
    Set<Integer> conflicts = new HashSet<>();
    Set<Integer> corrections = new HashSet<>();
    for (int set = 0; set < hasLayout.length; set++) {
      boolean smallest = !hasLayout[set];
      boolean largest = hasLayout[set];
      for (int u = 0; u < count; u++) {
        smallest &= (set & 1 << u) == 0 || hasLayout[set & ~(1 << u)];
        largest &= (set & 1 << u) != 0 || !hasLayout[set | 1 << u];
      }
      if (smallest) {
        conflicts.add(set);
      }
      if (largest) {
        corrections.add((1 << count) - 1 & ~set);
      }
    }
    Set<Integer> found = new HashSet<>();
    List<Integer> products = new ArrayList<>(List.of(0));
    for (Knot knot : all.enumeration().knots()) {
      for (Reason reason : knot.conflicts()) {
        found.add(
            mask(
                all.units(),
                Stream.concat(reason.conflict().statements().stream(), reason.alike().stream())));
      }
      List<Integer> longer = new ArrayList<>();
      for (int product : products) {
        for (Correction c : knot.corrections()) {
          longer.add(
              product
                  | mask(all.units(), Stream.concat(c.statements().stream(), c.alike().stream())));
        }
      }
      products = longer;
    }
    if (!found.equals(conflicts)) {
      differences.add("conflicts are %s, not %s".formatted(conflicts, found));
    }
    if (!new HashSet<>(products).equals(corrections) || products.size() != corrections.size()) {
      differences.add("corrections are %s, not %s".formatted(corrections, products));
    }
    return differences;
  }

  private static int mask(List<List<Statement>> units, Stream<Statement> statements) {
    return statements
        .filter(s -> units.stream().anyMatch(unit -> unit.contains(s)))
        .mapToInt(s -> IntStream.range(0, units.size()).filter(u -> units.get(u).contains(s)).sum())
        .map(u -> 1 << u)
        .reduce(0, (one, other) -> one | other);
  }
}
