package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.solver.answer.Answer;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;

/**
 * Does every rule of the catalogue do something? Each is left out of every scene here, and at least
 * one scene has to end otherwise: another verdict, another conflict, or another layout.
 */
class PlantedDefectTest {
  /** Areas inside low RAM: they are shown, and nothing else can come near them. */
  private static final Set<String> NOT_RULES = Set.of("F1", "F2");

  private static final String NO_RDM = "reserved: []\n";

  private static final Solver SOLVER = EngineChoice.EXACT.solver();

  /**
   * A guest on a host.
   *
   * @param host a host document without its first line
   * @param guest a guest document without its first line
   */
  private record Case(String host, String guest) {}

  private static final List<Case> CASES = cases();

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    String strict = hvm("4GiB", "devices: [{address: \"00:02.0\"}]");
    for (String area :
        List.of(
            "0xfc000000",
            "0xfc200000",
            "0xfe700000",
            "0xfec00000",
            "0xfed00000",
            "0xfed40000",
            "0xfee00000",
            "0xfeff0000",
            "0xfeff8000")) {
      cases.add(new Case(rdm(area, "4KiB", "00:02.0"), strict));
    }
    cases.add(
        new Case(
            rdm("0xffd00000", "4KiB", "00:02.0"),
            hvm("4GiB", "firmware: ovmf", "devices: [{address: \"00:02.0\"}]")));
    cases.add(new Case(rdm("0x8000000", "4KiB", "00:02.0"), strict));
    cases.add(new Case(rdm("0xe8000", "4KiB", "00:02.0"), strict));
    cases.add(new Case(rdm("0xac6d3000", "80KiB", "00:02.0"), strict));
    cases.add(
        new Case(
            rdm("0xac6d3000", "80KiB", "00:02.0"),
            hvm("4GiB", "mmio_hole: 512MiB", "devices: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            rdm("0xac6d3000", "80KiB", "00:02.0"),
            hvm(
                "4GiB",
                "mmio_hole: 512MiB",
                "rdm: {boundary: 256MiB}",
                "devices: [{address: \"00:02.0\", rdm_policy: relaxed}]")));
    cases.add(
        new Case(
            "reserved:\n  - {start: 0x9c000000, size: 1MiB, kind: rmrr,"
                + " devices: [\"0000:00:02.0\", \"0000:00:14.0\"]}\n",
            strict));
    cases.add(
        new Case(
            "reserved:\n  - {start: 0x120000000, size: 1MiB, kind: rmrr,"
                + " devices: [\"0000:00:02.0\"]}\n",
            hvm("4616MiB", "devices: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            rdm("0x9c000000", "4KiB", "00:02.0"), hvm("4GiB", "pool: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            rdm("0xf0000000", "4KiB", "00:02.0"),
            hvm("4GiB", "mmio_hole: 256MiB", "pool: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            NO_RDM
                + "memory_map:\n  - {start: 0x100000, end: 0x90000000, type: usable}\n"
                + "  - {start: 0x80000000, end: 0x81000000, type: reserved}\n",
            hvm("4GiB", "rdm: {mirror_host: true}")));
    cases.add(
        new Case(NO_RDM, hvm("4GiB", "rdm: {ranges: [{name: a, start: 0xa0000000, size: 1MiB}]}")));
    cases.add(new Case(NO_RDM, hvm("6GiB", "physical_bits: 32")));
    cases.add(new Case(NO_RDM, hvm("3900MiB", "physical_bits: 32")));
    cases.add(new Case(NO_RDM, hvm("4GiB", "mmio_hole: 1GiB", gpu("memory-32", "1GiB"))));
    cases.add(new Case(NO_RDM, pvh("8GiB")));
    cases.add(new Case(NO_RDM, ideal("64GiB", gpu("memory-64", "1GiB"))));
    cases.add(new Case(NO_RDM, ideal("3GiB", gpu("memory-32", "2GiB"))));
    cases.add(new Case(rdm("0xe8000", "4KiB", "00:02.0"), ideal("3GiB", dev())));
    cases.add(new Case(rdm("0xfee00000", "4KiB", "00:02.0"), ideal("3GiB", dev())));
    cases.add(new Case(NO_RDM + "iommu_bits: 36\n", hvm("100GiB", dev())));
    cases.add(new Case(NO_RDM + "cpu_physical_bits: 36\n", hvm("100GiB")));
    cases.add(new Case(NO_RDM, ideal("100GiB", "private_bit: 36")));
    cases.add(new Case(NO_RDM + "iommu: amd\n", hvm("1100GiB", dev())));
    cases.add(
        new Case(
            NO_RDM + "reserved_iova:\n  - {start: 0x200000000, size: 1MiB, kind: reserved}\n",
            hvm("16GiB", dev())));
    return cases;
  }

  @Test
  void everyRuleOfTheCatalogueIsMissedWhenItIsLeftOut() throws Exception {
    Set<String> missed = new TreeSet<>();
    for (Case scene : CASES) {
      collect(problem(read(scene)), missed);
    }
    collect(problem(oddVideoMemory()), missed);
    Set<String> idle = catalogue();
    idle.removeAll(missed);
    idle.removeAll(NOT_RULES);
    assertEquals(Set.of(), idle, "rules that change nothing in any scene");
  }

  /** Adds each id whose absence changes the answer. */
  private static void collect(Problem problem, Set<String> missed) throws Exception {
    String full = describe(SOLVER.answer(problem, Budget.DEFAULT).answer());
    Set<String> ids =
        problem.statements().stream()
            .map(Statement::id)
            .collect(Collectors.toCollection(TreeSet::new));
    ids.removeAll(missed);
    for (String id : ids) {
      List<Statement> kept =
          problem.statements().stream().filter(statement -> !statement.id().equals(id)).toList();
      Problem defect = problem.keeping(kept);
      if (!describe(SOLVER.answer(defect, Budget.DEFAULT).answer()).equals(full)) {
        missed.add(id);
      }
    }
  }

  private static String describe(Answer answer) {
    return answer.fold(
        layout ->
            layout.placements().stream()
                    .filter(placement -> !placement.region().kind().equals("edge"))
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

  private static Problem problem(Scene scene) throws UnusableInput {
    return Platforms.of(scene.guest().platform()).model(scene).problem();
  }

  private static Scene read(Case scene) throws UnusableInput {
    Host host = HostReader.readText("host", bytes("gfnplan: host/1\nname: h\n" + scene.host()));
    Guest guest = GuestReader.read("guest", bytes("gfnplan: guest/1\nname: g\n" + scene.guest()));
    return new Scene(host, guest);
  }

  /** No reader lets RAM be anything but whole MiB, which is what Q2 is there for. */
  private static Scene oddVideoMemory() throws UnusableInput {
    Scene scene = read(new Case(NO_RDM, hvm("6GiB")));
    Stated<Long> memory = scene.guest().memory().mostKib();
    return scene.with(
        scene
            .guest()
            .withMemory(
                scene.guest().memory().withSize(Stated.by(memory.value() - 4, memory.origin()))));
  }

  /** The ids of the tables in docs/rules.md; {@code F3 - F11} is all between. */
  private static Set<String> catalogue() throws IOException {
    Set<String> ids = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("docs/rules.md"))) {
      Matcher row = Pattern.compile("^\\| ([A-Z]\\d+(?:(?:, | - )[A-Z]\\d+)*) \\|").matcher(line);
      if (row.find()) {
        List<String> named = List.of(row.group(1).split(", | - "));
        ids.addAll(named);
        if (row.group(1).contains(" - ")) {
          String family = named.get(0).substring(0, 1);
          for (int i = number(named.get(0)); i <= number(named.get(1)); i++) {
            ids.add(family + i);
          }
        }
      }
    }
    return ids;
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private static String rdm(String start, String size, String device) {
    return "reserved:\n  - {start: %s, size: %s, kind: rmrr, devices: [\"%s\"]}\n"
        .formatted(start, size, device);
  }

  private static String dev() {
    return "devices: [{address: \"00:02.0\"}]";
  }

  private static String gpu(String space, String size) {
    return "devices: [{address: \"00:02.0\", bars: [{bar: 0, space: %s, size: %s}]}]"
        .formatted(space, size);
  }

  private static String hvm(String memory, String... lines) {
    return guest("xen-hvm", memory, lines);
  }

  private static String pvh(String memory) {
    return guest("xen-pvh", memory);
  }

  private static String ideal(String memory, String... lines) {
    return guest("ideal", memory, lines);
  }

  private static String guest(String platform, String memory, String... lines) {
    return "platform: %s\nmemory: %s\n%s\n".formatted(platform, memory, String.join("\n", lines));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
