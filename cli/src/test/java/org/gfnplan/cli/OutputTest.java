package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A result that is lost, and an error of Java's own, end with a code that says so. */
class OutputTest {
  private static final String PLAN =
      "plan --host examples/igd-laptop/host --guest examples/igd-laptop/guest.cfg";
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {PLAN, PLAN + " --format json", "host examples/igd-laptop/host", "--help", "help"})
  void aLostResultIsToldAndEndsWithTwo(String args) {
    StringWriter err = new StringWriter();
    int code = Main.run(args.split(" "), new PrintWriter(new Full()), new PrintWriter(err));
    assertEquals(ExitCode.UNUSABLE, code);
    assertEquals("error: standard output: cannot be written%n".formatted(), err.toString());
  }

  @Test
  void aFileThatIsFullIsNamed() {
    Assumptions.assumeTrue(Files.isWritable(FULL), "there is no /dev/full");
    Run run = Run.of((PLAN + " --output " + FULL).split(" "));
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().startsWith("error: /dev/full: cannot be written"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aDirectoryIsNoOutput() {
    Run run = Run.of((PLAN + " --output " + folder).split(" "));
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().startsWith("error: " + folder + ": cannot be written"), run.err());
  }

  @Test
  void aBatchStopsWhenItsAnswersAreLost() throws IOException {
    Path lines = folder.resolve("batch.jsonl");
    Files.write(lines, Collections.nCopies(1000, "nonsense"));
    Full full = new Full();
    StringWriter err = new StringWriter();
    String[] args = {"plan", "--batch", lines.toString()};
    assertEquals(ExitCode.UNUSABLE, Main.run(args, new PrintWriter(full), new PrintWriter(err)));
    assertEquals(2, full.writes, "the first answer and its line end");
  }

  @Test
  void predictionsStopWhenTheyAreLost() throws IOException {
    Path cases = folder.resolve("cases.jsonl");
    Files.write(cases, Collections.nCopies(1000, "nonsense"));
    StringWriter err = new StringWriter();
    String[] args = {"predict", "xen-builder", "--cases", cases.toString()};
    assertEquals(
        ExitCode.UNUSABLE, Main.run(args, new PrintWriter(new Full()), new PrintWriter(err)));
    assertTrue(err.toString().contains("cases.jsonl:1: "), err.toString());
    assertFalse(err.toString().contains("cases.jsonl:2: "), err.toString());
  }

  static Stream<Supplier<CommandLine>> failing() {
    return Stream.of(
        () -> new CommandLine(new Failing()),
        () -> {
          Error bug = new NoClassDefFoundError("one\ntwo");
          throw new CommandLine.InitializationException(
              "outer", new InvocationTargetException(bug));
        });
  }

  @ParameterizedTest
  @MethodSource("failing")
  void anErrorOfJavaIsABugInOneLine(Supplier<CommandLine> command) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            command, new String[] {}, new PrintWriter(new StringWriter()), new PrintWriter(err));
    assertEquals(ExitCode.BUG, code);
    assertTrue(
        err.toString()
            .startsWith(
                "error: a bug in this program: java.lang.NoClassDefFoundError: one%nnote: "
                    .formatted()),
        err.toString());
    assertFalse(err.toString().contains("two"), err.toString());
  }

  /** A command whose class path has a hole. */
  @Command
  private static final class Failing implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new NoClassDefFoundError("one\ntwo");
    }
  }

  /** A device without room. */
  private static final class Full extends Writer {
    private int writes;

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
      writes++;
      throw new IOException("no room");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
