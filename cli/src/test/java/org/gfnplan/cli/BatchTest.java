package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  private static final String LAPTOP = "examples/igd-laptop/";

  @TempDir private Path folder;

  private Run batch(String... lines) throws IOException {
    Path file = folder.resolve("batch.jsonl");
    Files.write(file, List.of(lines));
    return Run.of("plan", "--batch", file.toString());
  }

  @Test
  void answersEachLineWithOneLineInOrder() throws IOException {
    Run run =
        batch(
            "{\"host\":\"%shost\",\"guest\":\"%sguest.cfg\"}".formatted(LAPTOP, LAPTOP),
            "",
            "{\"host\":[\"examples/igd-small-hole/host\"],"
                + "\"guest\":\"examples/igd-small-hole/guest.cfg\"}");
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).contains("\"verdict\":\"layout\""), lines.get(0));
    assertTrue(lines.get(1).contains("\"verdict\":\"conflict\""), lines.get(1));
    assertEquals(ExitCode.CONFLICT, run.exit());
  }

  @Test
  void takesDocumentsInTheLineItself() throws IOException {
    Run run =
        batch(
            "{\"host\":{\"gfnplan\":\"host/1\",\"reserved\":[{\"start\":\"0x7b800000\","
                + "\"size\":\"72MiB\",\"kind\":\"rmrr\",\"devices\":[\"00:02.0\"]}]},"
                + "\"guest\":{\"gfnplan\":\"guest/1\",\"platform\":\"xen-hvm\",\"name\":\"g\",\"memory\":\"4GiB\","
                + "\"devices\":[{\"address\":\"00:02.0\"}]}}");
    assertEquals(ExitCode.LAYOUT, run.exit(), run.out());
    assertTrue(run.out().contains("\"settings\":{\"mmio_hole\":2120}"), run.out());
  }

  @Test
  void severalGuestsOfALineAreOneAnswer() throws IOException {
    String both = "examples/two-guests-shared-rmrr/";
    Run run =
        batch(
            ("{\"host\":\"examples/shared-rmrr/host\",\"guests\":"
                    + "[\"%sdesktop.cfg\",\"%sbuild.cfg\"]}")
                .formatted(both, both),
            "{\"host\":\"%shost\",\"guests\":[\"%sguest.cfg\"]}".formatted(LAPTOP, LAPTOP));
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).contains("\"together\":\"conflict\""), lines.get(0));
    assertTrue(lines.get(1).contains("\"schema\":\"gfnplan/host-plan-1\""), lines.get(1));
    assertTrue(lines.get(1).contains("\"together\":\"layout\""), lines.get(1));
    assertEquals(ExitCode.CONFLICT, run.exit());
  }

  @Test
  void guestsOfALineAreAListAndNotBesideOneGuest() throws IOException {
    Run run =
        batch(
            "{\"host\":\"%shost\",\"guests\":[]}".formatted(LAPTOP),
            "{\"host\":\"%shost\",\"guests\":\"a\"}".formatted(LAPTOP),
            "{\"host\":\"%shost\",\"guests\":[1]}".formatted(LAPTOP),
            "{\"host\":\"%shost\",\"guests\":[\"a\"],\"guest\":\"b\"}".formatted(LAPTOP));
    assertEquals(ExitCode.UNUSABLE, run.exit(), run.out());
    assertEquals(3, run.out().split("must be a list of paths and documents", -1).length - 1);
    assertTrue(run.out().contains("cannot both be given"), run.out());
  }

  @Test
  void oneBadLineDoesNotStopTheRest() throws IOException {
    Run run =
        batch(
            "nonsense",
            "{\"host\":\"no/such/place\",\"guest\":\"nor/this.cfg\"}",
            "{\"host\":\"a\",\"guest\":\"b\",\"gest\":1}",
            "[1]",
            "{\"host\":\"\\u0000\",\"guest\":\"b\"}",
            "{\"host\":\"%shost\",\"guest\":\"%sguest.cfg\"}".formatted(LAPTOP, LAPTOP));
    List<String> lines = run.out().lines().toList();
    assertEquals(6, lines.size());
    for (String line : lines.subList(0, 5)) {
      assertTrue(line.contains("\"verdict\":\"unusable\""), line);
    }
    assertTrue(lines.get(1).contains("no/such/place") && lines.get(1).contains("nor/this.cfg"));
    assertTrue(lines.get(5).contains("\"verdict\":\"layout\""), lines.get(5));
    assertEquals(ExitCode.UNUSABLE, run.exit());
  }

  @Test
  void aDocumentIsTheOnlyHostOrNone() throws IOException {
    Run run =
        batch(
            "{\"host\":[\"%shost\",{\"gfnplan\":\"host/1\"}],\"guest\":\"%sguest.cfg\"}"
                .formatted(LAPTOP, LAPTOP));
    assertEquals(ExitCode.UNUSABLE, run.exit(), run.out());
    assertTrue(run.out().contains("a document must be the only host"), run.out());
  }

  @Test
  void anErrorOfOneLineIsItsAnswer() throws IOException, UnusableInput {
    Planner planner = new Planner(new Solver(new Broken(), new Broken()), Budget.DEFAULT);
    String line = "{\"host\":\"%shost\",\"guest\":\"%sguest.cfg\"}".formatted(LAPTOP, LAPTOP);
    Path file = folder.resolve("batch.jsonl");
    Files.write(file, List.of(line, line));
    StringWriter out = new StringWriter();
    try (Lines lines = Lines.of(file.toString())) {
      assertEquals(
          ExitCode.BUG, new Batch(planner, new FailOn(), "b").run(lines, new PrintWriter(out)));
    }
    List<String> answers = out.toString().lines().toList();
    assertEquals(2, answers.size());
    assertTrue(answers.get(1).contains("a bug in this program: java.lang.StackOverflow"));
  }

  @Test
  void aLineIsAnsweredAsAloneWhateverStandsBeforeIt() throws IOException {
    String line = "{\"host\":\"%shost\",\"guest\":\"%sguest.cfg\"}".formatted(LAPTOP, LAPTOP);
    String alone = batch(line).out();
    assertEquals(alone + alone + alone, batch(line, line, line).out());
  }

  /** An engine that is too deep. */
  private static final class Broken implements Backend {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Outcome solve(Problem problem, Goal goal, Budget budget) {
      throw new StackOverflowError();
    }
  }
}
