package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The replay against the real program, where it is installed. {@code -Dgfnplan.qemu.configs=1000}
 * asks more, {@code -Dgfnplan.seed=N} asks the same again; {@code GFNPLAN_REQUIRE_PEERS=1} fails
 * where QEMU is missing.
 */
class LiveQemuTest {
  @TempDir Path folder;

  @Test
  void realQemuAgreesOnRandomConfigurations() throws Exception {
    LiveQemu.mustBeInstalled();
    int count = Integer.getInteger("gfnplan.qemu.configs", 60);
    long seed = Long.getLong("gfnplan.seed", System.nanoTime());
    System.out.printf("seed %d, %d configurations%n", seed, count);
    RandomConfigs configs = new RandomConfigs(new Random(seed));
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> differences = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        RandomConfigs.Asked asked = configs.next();
        Path own = Files.createDirectory(folder.resolve("q" + i));
        differences.add(pool.submit(() -> difference(asked, own)));
      }
      List<String> found = new ArrayList<>();
      for (Future<String> difference : differences) {
        found.add(difference.get());
      }
      found.removeIf(String::isEmpty);
      assertEquals(List.of(), found, () -> "seed " + seed);
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

  private static String difference(RandomConfigs.Asked asked, Path own) throws IOException {
    String real = LiveQemu.answer(asked.config(), asked.cpu(), own);
    String replayed = LiveQemu.expected(QemuReplay.layout(asked.config()));
    for (QemuDevice device : asked.config().devices()) {
      Files.deleteIfExists(own.resolve(device.memdev()));
    }
    return real.equals(replayed)
        ? ""
        : "%s %s%nreal:%n%s%nreplayed:%n%s%n"
            .formatted(asked.config(), asked.cpu(), real, replayed);
  }
}
