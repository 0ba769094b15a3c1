package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.proof.Proof;
import org.gfnplan.models.proof.ProofReader;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
  private static final List<String> CONFLICTS =
      List.of("fragmented-hole", "igd-small-hole", "usb-below-1mib", "eight-gpus-40-bits");
  private static final Pattern NUMBER = Pattern.compile("-?0x[0-9a-f]+|(?<=[ \\[])\\d+(?=[ ,\\n])");

  @TempDir Path folder;

  /** The proof of a story's conflict. */
  private String proofOf(String story) throws IOException {
    Path file = folder.resolve(story + ".json");
    List<String> args = new ArrayList<>(StoriesTest.command(Path.of("examples", story)));
    args.addAll(List.of("--proof", file.toString()));
    assertEquals(1, Run.of(args).exit(), story);
    return Files.readString(file);
  }

  private Run check(String proof) throws IOException {
    Path file = folder.resolve("checked.json");
    Files.writeString(file, proof);
    return Run.of("check", "--proof", file.toString());
  }

  @Test
  void everyProofIsVerifiedWithoutASearch() throws IOException {
    for (String story : CONFLICTS) {
      Run run = check(proofOf(story));
      assertEquals(0, run.exit(), story + run.out() + run.err());
      assertTrue(run.out().startsWith("verified without a search"), run.out());
    }
  }

  @Test
  void aChangedNumberIsRejectedOrHarmless() throws IOException, UnusableInput {
    Map<Integer, Integer> exits = new TreeMap<>();
    for (String story : CONFLICTS) {
      String proof = proofOf(story);
      List<MatchResult> numbers = NUMBER.matcher(proof).results().toList();
      for (long seed = 0; seed < 150; seed++) {
        Random random = new Random(seed);
        MatchResult at = numbers.get(random.nextInt(numbers.size()));
        String changed = changed(at.group(), random);
        String tampered = proof.substring(0, at.start()) + changed + proof.substring(at.end());
        Run run = check(tampered);
        String where = "%s seed %d: %s for %s: ".formatted(story, seed, changed, at.group());
        assertTrue(run.exit() >= 0 && run.exit() <= 2, where + run.err());
        exits.merge(run.exit(), 1, Integer::sum);
        if (run.exit() == 0) {
          byte[] bytes = tampered.getBytes(StandardCharsets.UTF_8);
          requireTrue(where, ProofReader.read("proof", bytes));
        }
      }
    }
    assertTrue(exits.keySet().equals(Set.of(0, 1, 2)), exits::toString);
    assertTrue(exits.get(1) > 50, exits::toString);
  }

  private static String changed(String number, Random random) {
    boolean isHex = number.contains("0x");
    long value = isHex ? Long.parseLong(number.replace("0x", ""), 16) : Long.parseLong(number);
    long other =
        switch (random.nextInt(5)) {
          case 0 -> value + 1;
          case 1 -> value - 1;
          case 2 -> value * 2;
          case 3 -> value ^ 1L << random.nextInt(44);
          default -> random.nextLong() >> random.nextInt(60);
        };
    return isHex
        ? (other < 0 ? "-0x" : "0x") + Long.toHexString(Math.abs(other))
        : Long.toString(other);
  }

  /** What was verified is true: an engine that took no part finds the same. */
  private static void requireTrue(String where, Proof proof) {
    Problem problem = proof.problem();
    for (Conflict conflict : proof.conflicts()) {
      assertTrue(solve(problem, conflict.statements()) instanceof Outcome.Refuted, where);
      for (Statement member : conflict.statements()) {
        HashSet<Statement> others = new HashSet<>(conflict.statements());
        others.remove(member);
        assertTrue(solve(problem, List.copyOf(others)) instanceof Outcome.Found, where);
      }
    }
  }

  private static Outcome solve(Problem problem, List<Statement> kept) {
    return new ExactEngine().solve(problem.keeping(kept), Goal.ANY, Budget.DEFAULT);
  }

  @Test
  void allThatIsMalformedIsListed() throws IOException {
    String proof =
        proofOf("fragmented-hole")
            .replaceFirst("\"alignment\" : \"0x1\"", "\"alignment\" : \"0x3\"")
            .replaceFirst("\"min\" : \"[^\"]*\"", "\"min\" : \"much\"");
    Run run = check(proof);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("alignment must be a power of two"), run.err());
    assertTrue(run.err().contains("`min` must be a number of frames"), run.err());
  }

  @Test
  void aSearchIsNotCalledVerified() throws IOException {
    String proof = proofOf("fragmented-hole");
    String searched =
        proof.replaceAll(
            "(?s)\"step\" : \"no-address\",(\\s*\"because\" : [^\\]]*\\]),.*?\"witnesses\"",
            "\"step\":\"searched\",$1,\"engines\":[\"exact\",\"choco\"]}],\"witnesses\"");
    Run run = check(searched);
    assertEquals(3, run.exit(), run.out() + run.err());
    assertTrue(run.out().startsWith("not verifiable without a search"), run.out());
    assertTrue(run.out().contains("rests on a search by exact and choco"), run.out());
  }

  @Test
  void aPlanWithALayoutHasNothingToProve() throws IOException {
    Path file = folder.resolve("none.json");
    List<String> args = new ArrayList<>(StoriesTest.command(Path.of("examples/igd-laptop")));
    args.addAll(List.of("--proof", file.toString()));
    assertEquals(0, Run.of(args).exit());
    Run run = check(Files.readString(file));
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("there is no conflict to prove"), run.err());
  }

  @Test
  void explainPutsEveryConflictIntoTheProof() throws IOException {
    Path file = folder.resolve("all.json");
    List<String> args =
        new ArrayList<>(StoriesTest.command(Path.of("examples/explain-two-clashes")));
    args.addAll(List.of("--proof", file.toString()));
    assertEquals(1, Run.of(args).exit());
    Run run = check(Files.readString(file));
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("conflict 2 of 2"), run.out());
  }
}
