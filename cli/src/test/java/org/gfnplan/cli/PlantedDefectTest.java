package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gfnplan.cli.PlantedScenes.Case;
import org.gfnplan.cli.PlantedScenes.Neighbours;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.catalogue.Catalogue;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.HostModel;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.solver.answer.Answer;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Undecided;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;

/**
 * Does every rule of the catalogue do something? Each is left out of every scene here, and at least
 * one scene has to end otherwise: another verdict, another conflict, or another layout.
 */
class PlantedDefectTest {
  /** What is in the catalogue and no statement of a problem, and why. */
  private static final Map<String, String> NOT_STATEMENTS =
      Map.of(
          "F1", "an area inside low RAM: it is shown, and nothing else can come near it",
          "F2", "as F1",
          "M8", "judges a request to map frames, see PmemAccessTest",
          "M9", "as M8",
          "X10", "a warning, see HostPlannerTest");

  /** Kinds of regions that only carry an address and are shown to nobody. */
  private static final Set<String> UNSEEN = Set.of("edge", "mark");

  /** QEMU's view of low RAM is part of the answer, and no other region depends on it. */
  private static final Set<String> SAYS_WHERE = Set.of("Q1");

  private static final Solver SOLVER = EngineChoice.EXACT.solver();

  @Test
  void everyRuleOfTheCatalogueIsMissedWhenItIsLeftOut() throws Exception {
    Set<String> missed = new TreeSet<>();
    for (Case scene : PlantedScenes.all()) {
      collect(problem(read(scene)), missed);
    }
    collect(problem(oddVideoMemory()), missed);
    for (Neighbours scene : PlantedScenes.shared()) {
      collect(problem(scene), missed);
    }
    Set<String> idle = catalogue();
    idle.removeAll(missed);
    idle.removeAll(NOT_STATEMENTS.keySet());
    assertEquals(Set.of(), idle, "rules that change nothing in any scene");
  }

  @Test
  void noStatementOfAnySceneIsExempt() throws Exception {
    Set<String> stated = new TreeSet<>();
    for (Case scene : PlantedScenes.all()) {
      problem(read(scene)).statements().forEach(statement -> stated.add(statement.id()));
    }
    for (Neighbours scene : PlantedScenes.shared()) {
      problem(scene).statements().forEach(statement -> stated.add(statement.id()));
    }
    Set<String> unknown = new TreeSet<>(stated);
    unknown.removeAll(catalogue());
    assertEquals(Set.of(), unknown, "rules that are not in the catalogue");
    stated.retainAll(NOT_STATEMENTS.keySet());
    assertEquals(Set.of(), stated);
  }

  /** Adds each id whose absence changes the answer. */
  private static void collect(Problem problem, Set<String> missed) throws Exception {
    Answer full = SOLVER.answer(problem, Budget.DEFAULT).answer();
    Set<String> ids =
        problem.statements().stream()
            .map(Statement::id)
            .collect(Collectors.toCollection(TreeSet::new));
    ids.removeAll(missed);
    for (String id : ids) {
      List<Statement> kept =
          problem.statements().stream().filter(statement -> !statement.id().equals(id)).toList();
      Problem defect = problem.keeping(kept);
      Answer answer = SOLVER.answer(defect, Budget.DEFAULT).answer();
      Set<Region> common =
          Set.copyOf(SAYS_WHERE.contains(id) ? problem.regions() : defect.regions());
      if (!(answer instanceof Undecided)
          && !describe(answer, common).equals(describe(full, common))) {
        missed.add(id);
      }
    }
  }

  /** An answer as far as it is about these regions: others go with the rule that they are from. */
  private static String describe(Answer answer, Set<Region> regions) {
    return answer.fold(
        layout ->
            layout.placements().stream()
                    .filter(placement -> regions.contains(placement.region()))
                    .filter(placement -> !UNSEEN.contains(placement.region().kind()))
                    .map(PlantedDefectTest::describe)
                    .toList()
                + " without "
                + layout.givenUp().stream().map(Statement::id).toList(),
        conflict -> conflict.statements().stream().map(Statement::id).sorted().toList().toString(),
        undecided -> "undecided");
  }

  private static String describe(Placement placement) {
    return "%s %x+%x".formatted(placement.region().name(), placement.start(), placement.length());
  }

  private static Problem problem(Neighbours scene) throws UnusableInput {
    Host host = host(scene.host());
    List<Tenant> tenants = new ArrayList<>();
    for (String text : scene.guests()) {
      Guest guest = guest("g" + tenants.size(), text);
      tenants.add(new Tenant(guest, guest.platform()));
    }
    return HostModel.of(host, tenants).problem();
  }

  private static Problem problem(Scene scene) throws UnusableInput {
    return Platforms.of(scene.guest().platform()).model(scene).problem();
  }

  private static Scene read(Case scene) throws UnusableInput {
    return new Scene(host(scene.host()), guest("g", scene.guest()));
  }

  private static Host host(String text) throws UnusableInput {
    return HostReader.readText("host", bytes("gfnplan: host/1\nname: h\n" + text));
  }

  private static Guest guest(String name, String text) throws UnusableInput {
    return GuestReader.read(name, bytes("gfnplan: guest/1\nname: %s\n%s".formatted(name, text)));
  }

  /** No reader lets RAM be anything but whole MiB, which is what Q2 is there for. */
  private static Scene oddVideoMemory() throws UnusableInput {
    Scene scene = read(new Case(PlantedScenes.NO_RDM, PlantedScenes.hvm("6GiB")));
    Stated<Long> memory = scene.guest().memory().mostKib();
    return scene.with(
        scene
            .guest()
            .withMemory(
                scene.guest().memory().withSize(Stated.by(memory.value() - 4, memory.origin()))));
  }

  /** The ids of the tables in docs/rules.md; {@code F3 - F11} is all between. */
  private static Set<String> catalogue() {
    return new TreeSet<>(Catalogue.get().ruleIds());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
