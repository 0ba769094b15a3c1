package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final String TWO = "explain-two-clashes";

  private static Run explain(String story, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "explain",
                "--host",
                "examples/%s/host.yaml".formatted(story),
                "--guest",
                "examples/%s/guest.cfg".formatted(story)));
    args.addAll(List.of(more));
    return Run.of(args);
  }

  @Test
  void withoutAllItSaysWhatPlanSays() {
    Run plan =
        Run.of(
            "plan",
            "--host",
            "examples/fragmented-hole/host.yaml",
            "--guest",
            "examples/fragmented-hole/guest.cfg");
    assertEquals(plan, explain("fragmented-hole"));
  }

  @Test
  void aLayoutLeavesNothingToExplain() {
    Run run =
        Run.of(
            "explain",
            "--all",
            "--host",
            "examples/igd-laptop/host",
            "--guest",
            "examples/igd-laptop/guest.cfg");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("nothing to explain"), run.out());
  }

  @Test
  void aLimitIsSaidToHaveStoppedIt() {
    Run run = explain(TWO, "--all", "--limit", "1");
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("conflict 1 of 1\n"), run.out());
    assertTrue(run.out().contains("stopped early: 1 conflicts were found"), run.out());
  }

  @Test
  void aChoiceIsOneConflictAndOneCorrection() {
    Run run = explain(TWO, "--choose", "cheapest");
    assertTrue(run.out().contains("conflict 1 of 2"), run.out());
    assertTrue(!run.out().contains("conflict 2 of 2"), run.out());
    assertTrue(run.out().contains("there are 2 conflicts and 5 corrections"), run.out());
    assertTrue(!run.out().contains("[no setting]"), run.out());
    Run smallest = explain(TWO, "--choose", "smallest");
    assertTrue(smallest.out().contains("[no setting]"), smallest.out());
  }

  @Test
  void wrongUsageIsToldOnce() {
    assertEquals(2, explain(TWO, "--all", "--limit", "0").exit());
    assertEquals(2, explain(TWO, "--choose", "best").exit());
    assertEquals(2, Run.of("check").exit());
    assertEquals(2, Run.of("check", "--proof", "examples/none.json").exit());
    assertEquals(2, Run.of("check", "--proof", "examples/fragmented-hole/guest.cfg").exit());
  }

  @Test
  void linesFitATerminal() {
    String text = explain(TWO, "--all").out();
    assertEquals(List.of(), text.lines().filter(line -> line.length() > 80).toList());
  }
}
