package org.gfnplan.solver.ortools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.gfnplan.solver.testing.Families;

/** A solve in a JVM of its own, for what concerns a whole process. */
final class Forked {
  /** Decided in milliseconds, so a child that solves it is about the start. */
  static final String EASY = "R:5:1";

  /** Takes CP-SAT longer than any test waits. */
  static final String HARD = "P:24:1000:0:512:1";

  private final Process process;

  private Forked(Process process) {
    this.process = process;
  }

  /** Starts a child with these variables and options that solves an instance. */
  static Forked start(Map<String, String> environment, List<String> options, String spec)
      throws IOException {
    // A background job of a shell ignores SIGINT, and hands that down.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Forked.class.getName(), spec));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new Forked(builder.start());
  }

  /** What a child says that is left alone. */
  static String run(Map<String, String> environment, List<String> options, String spec)
      throws IOException, InterruptedException {
    Forked child = start(environment, options, spec);
    String text = child.rest();
    child.exitCode();
    return text;
  }

  /** Waits until the child has mapped a file whose name, as the kernel shows it, ends so. */
  void awaitMapped(String name) throws IOException, InterruptedException {
    Path maps = Path.of("/proc/" + process.pid() + "/maps");
    for (int i = 0; i < 600; i++) {
      try (Stream<String> lines = Files.lines(maps)) {
        if (lines.anyMatch(line -> line.endsWith(name))) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("the child never mapped " + name);
  }

  String rest() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the child did not end within a minute");
    }
    return process.exitValue();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** The child: says what it is about to do, what came out, and that its hooks ran. */
  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> say("hooks ran")));
    CpSatBackend backend = new CpSatBackend();
    Problem problem = Families.problem(args[0]);
    say("native before `%s`: %s".formatted(backend.name(), hasNativeCode()));
    Outcome outcome = backend.solve(problem, Goal.ANY, Budget.steps(Long.MAX_VALUE));
    say("native after: " + hasNativeCode());
    say(outcome instanceof Outcome.GaveUp gaveUp ? gaveUp.reason() : "decided");
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static boolean hasNativeCode() {
    try {
      return Files.readString(Path.of("/proc/self/maps")).contains("ortools.so");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
