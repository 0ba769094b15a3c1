package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gfnplan.models.platform.qemu.RandomConfigs.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The replay against the real program, where it is installed. {@code -Dgfnplan.qemu.configs=5000}
 * asks more, {@code -Dgfnplan.seed=N} asks the same again, {@code -Dgfnplan.qemu.program=PATH} asks
 * another version; {@code GFNPLAN_REQUIRE_PEERS=1} fails where QEMU is missing.
 */
class LiveQemuTest {
  private static final int PROCESSES = 2;

  /** More would only repeat the same cause. */
  private static final int MOST_SHRUNK = 3;

  @TempDir Path folder;

  /** What is asked: the real program, or one made up. */
  interface Oracle {
    /** The answer, in the words of {@link LiveQemu#expected}. */
    String answer(Asked asked);
  }

  @Test
  void realQemuAgreesOnRandomConfigurations() throws Exception {
    LiveQemu.mustBeInstalled();
    QemuVersion version = LiveQemu.version();
    int count = Integer.getInteger("gfnplan.qemu.configs", 200);
    long seed = Long.getLong("gfnplan.seed", System.nanoTime());
    System.out.printf("seed %d, %d configurations, QEMU %s%n", seed, count, version.word());
    RandomConfigs configs = new RandomConfigs(new Random(seed), version);
    ExecutorService pool = Executors.newFixedThreadPool(PROCESSES);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      List<Asked> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Asked asked = configs.next();
        all.add(asked);
        answers.add(pool.submit(() -> difference(asked, this::real) != null));
      }
      List<String> found = new ArrayList<>();
      int differ = 0;
      for (int i = 0; i < count; i++) {
        if (answers.get(i).get() && differ++ < MOST_SHRUNK) {
          Asked least =
              QemuShrinker.shrink(all.get(i), smaller -> difference(smaller, this::real) != null);
          found.add("configuration %d, shrunk:%n%s".formatted(i, report(least)));
        }
      }
      int wrong = differ;
      assertEquals(
          0,
          differ,
          () -> "seed %d: %d differ%n%s".formatted(seed, wrong, String.join("\n", found)));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theGeneratorMakesLayoutsAndManyKindsOfRefusal() {
    RandomConfigs configs = new RandomConfigs(new Random(1));
    List<QemuRefusal.Reason> reasons = new ArrayList<>();
    int layouts = 0;
    for (int i = 0; i < 1000; i++) {
      QemuAnswer answer = QemuReplay.layout(configs.next().config());
      if (answer instanceof QemuRefusal refusal) {
        reasons.add(refusal.reason());
      } else {
        layouts++;
      }
    }
    int accepted = layouts;
    assertTrue(300 < accepted && accepted < 800, () -> accepted + " of 1000 accepted");
    assertTrue(reasons.stream().distinct().count() > 15, reasons::toString);
  }

  @Test
  void aVirtualMachineThatIsKilledLeavesNoQemu() throws Exception {
    LiveQemu.mustBeInstalled();
    Process tests =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dgfnplan.qemu.program=" + LiveQemu.PROGRAM,
                Sleeper.class.getName(),
                folder.resolve("errors").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = tests.inputReader(StandardCharsets.UTF_8)) {
      long qemu = Long.parseLong(Objects.requireNonNull(said.readLine(), "no QEMU was started"));
      assertTrue(isRunning(qemu));
      tests.destroyForcibly().waitFor();
      for (int i = 0; i < 100 && isRunning(qemu); i++) {
        Thread.sleep(100);
      }
      assertFalse(isRunning(qemu));
    } finally {
      tests.destroyForcibly();
    }
  }

  /** Whether a process runs: one that nobody waits for stays in the list as a zombie. */
  private static boolean isRunning(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      return !Files.readString(stat).replaceFirst("^.*\\) ", "").startsWith("Z");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Starts QEMU, says which process it is, and never ends by itself. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws Exception {
      List<String> command =
          List.of(LiveQemu.PROGRAM, "-S", "-display", "none", "-nodefaults", "-qmp", "stdio");
      try (LiveQemu qemu = new LiveQemu(command, Path.of(args[0]))) {
        qemu.ask("{\"execute\":\"qmp_capabilities\"}");
        System.out.println(qemu.pid());
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  private String real(Asked asked) {
    try {
      Path own = Files.createTempDirectory(folder, "q");
      String answer = LiveQemu.answer(asked.config(), asked.cpu(), own);
      for (QemuDevice device : asked.config().devices()) {
        Files.deleteIfExists(own.resolve(device.memdev()));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(asked.toString(), e);
    }
  }

  private String report(Asked asked) throws IOException {
    return "%s%n%s%n%s"
        .formatted(
            asked,
            String.join(" ", LiveQemu.command(asked.config(), asked.cpu(), folder)),
            difference(asked, this::real));
  }

  /** How the program and the replay differ, or null. */
  static @Nullable String difference(Asked asked, Oracle oracle) {
    String real = oracle.answer(asked);
    String replayed = LiveQemu.expected(QemuReplay.layout(asked.config()));
    return replayed.equals(real) ? null : "real:%n%s%nreplayed:%n%s%n".formatted(real, replayed);
  }
}
