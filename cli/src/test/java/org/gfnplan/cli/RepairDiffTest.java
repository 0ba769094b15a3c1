package org.gfnplan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repairs of the stories that end in a conflict, done as their reader would do them. */
class RepairDiffTest {
  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  static Stream<Path> stories() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("examples"))) {
      return folders.sorted().filter(RepairDiffTest::isConflictOfOneGuest).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void aDiffAppliedNeedsNothingElse(Path story)
      throws IOException, UnusableInput, PatchFailedException {
    Plan plan = plan(story);
    for (Repair repair : plan.repairs()) {
      String diff = repair.diff();
      if (diff == null) {
        continue;
      }
      String text = Files.readString(Path.of(option(story, "--guest")));
      String patched =
          String.join(
              "\n",
              UnifiedDiffUtils.parseUnifiedDiff(Arrays.asList(diff.split("\n")))
                  .applyTo(List.of(text.split("\n", -1))));
      Guest guest = GuestReader.read("patched", patched.getBytes(UTF_8));
      Plan again = planner.plan(plan.scene().with(guest), Platforms.of(guest.platform()));
      assertEquals(Verdict.LAYOUT, again.verdict(), diff);
      assertTrue(again.realised().settings().without(again.present()).isEmpty(), diff);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void noPartOfARepairCanBeLeftOut(Path story) throws UnusableInput {
    Plan plan = plan(story);
    for (Repair repair : plan.repairs()) {
      for (Change left : repair.changes()) {
        List<Change> others = new ArrayList<>(repair.changes());
        others.remove(left);
        Guest guest = plan.scene().guest();
        for (Change change : others) {
          guest = change.edit().apply(guest);
        }
        Plan without = planner.plan(plan.scene().with(guest), Platforms.of(guest.platform()));
        assertNotEquals(Verdict.LAYOUT, without.verdict(), left.title());
      }
    }
  }

  @Test
  void everyStoryOfAConflictHasADiff() throws IOException, UnusableInput {
    for (Path story : stories().toList()) {
      assertTrue(
          plan(story).repairs().stream().anyMatch(repair -> repair.diff() != null),
          story.toString());
    }
  }

  @Test
  void standardInputIsCalledADash() throws IOException {
    Path folder = Path.of("examples", "fragmented-hole");
    InputStream before = System.in;
    try {
      System.setIn(Files.newInputStream(folder.resolve("guest.cfg")));
      Run run = Run.of("plan", "--host", folder.resolve("host.yaml").toString(), "--guest", "-");
      assertTrue(run.out().contains("      --- -\n      +++ -\n"), run.out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void otherFirmwareIsOfferedWhereItsWindowIsInTheWay() throws UnusableInput {
    Repair repair =
        offered(
            """
            gfnplan: guest/1
            name: g
            platform: qemu-q35
            firmware: ovmf
            memory: 40GiB
            physical_bits: 36
            devices:
              - address: "01:00.0"
                bars: [{bar: 0, space: memory-64, size: 8GiB, prefetchable: true}]
            """,
            "SeaBIOS instead of OVMF");
    assertTrue(String.valueOf(repair.diff()).contains("\n+firmware: seabios\n"), repair.diff());
    assertTrue(String.valueOf(repair.changes().get(0).givesUp()).contains("UEFI"));
  }

  @Test
  void anotherMachineIsOfferedWhereItHelps() throws UnusableInput {
    Repair repair =
        offered(
            """
            gfnplan: guest/1
            name: g
            platform: qemu-pc
            memory: 4GiB
            max_ram_below_4g: 3GiB
            rdm:
              ranges:
                - {name: kept, start: 0x90000000, size: 1MiB, policy: strict}
            """,
            "the platform `qemu-q35`");
    assertTrue(String.valueOf(repair.diff()).contains("\n+platform: qemu-q35\n"), repair.diff());
  }

  private Repair offered(String text, String title) throws UnusableInput {
    Host host = HostReader.readText("h", "gfnplan: host/1\nname: h\n".getBytes(UTF_8));
    GuestReader.Source read = GuestReader.source("g", text.getBytes(UTF_8));
    Plan plan =
        planner.plan(
            new Scene(host, read.guest(), read.text()), Platforms.of(read.guest().platform()));
    return plan.repairs().stream()
        .filter(repair -> repair.changes().get(0).title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError(plan.verdict() + " " + titles(plan)));
  }

  private static List<String> titles(Plan plan) {
    return plan.repairs().stream()
        .flatMap(repair -> repair.changes().stream())
        .map(Change::title)
        .toList();
  }

  private Plan plan(Path story) throws UnusableInput {
    Host host = HostReader.read(List.of(Path.of(option(story, "--host"))));
    GuestReader.Source guest = GuestReader.source(Path.of(option(story, "--guest")));
    return planner.plan(
        new Scene(host, guest.guest(), guest.text()), Platforms.of(guest.guest().platform()));
  }

  private static boolean isConflictOfOneGuest(Path story) {
    List<String> words = words(story);
    return words.get(0).equals("plan")
        && words.stream().filter("--guest"::equals).count() == 1
        && read(story.resolve("exit")).equals("1\n");
  }

  private static String option(Path story, String name) {
    List<String> words = words(story);
    return words.get(words.indexOf(name) + 1);
  }

  private static List<String> words(Path story) {
    return read(story.resolve("command"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> Stream.of(line.split(" ")))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
