package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.testing.Shared;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Goal;
import org.gfnplan.solver.search.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class QemuPlatformTest {
  private static final long SEED = 20_261_121;
  private static final Host BARE = host("");

  @Test
  void everyRecordedConfigurationIsPlannedAsTheRealQemuHasIt() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    List<String> wrong = new ArrayList<>();
    int planned = 0;
    for (String line : Files.readAllLines(Shared.folder().resolve("golden/qemu.jsonl"))) {
      JsonNode tree = json.readTree(line);
      QemuConfig config =
          tree.path("config") instanceof ObjectNode given
              ? new QemuCaseReader(given, QemuVersion.DEFAULT).config()
              : null;
      if (config == null || !QemuGuests.isStatable(config)) {
        continue;
      }
      String why = disagreement(config, tree.path("ok").asBoolean(false));
      planned++;
      if (why != null) {
        wrong.add(why + "\n" + line);
      }
    }
    assertEquals(List.of(), wrong.stream().limit(3).toList(), wrong.size() + " wrong");
    int most = planned;
    assertTrue(most > 1000, () -> most + " planned");
  }

  @Test
  void randomConfigurationsArePlannedAsQemuHasThem() {
    RandomConfigs configs = new RandomConfigs(new Random(SEED));
    int layouts = 0;
    int refusals = 0;
    while (layouts < 500 || refusals < 100) {
      QemuConfig config = configs.next().config();
      if (!QemuGuests.isStatable(config)) {
        continue;
      }
      boolean accepted = QemuReplay.layout(config) instanceof QemuLayout;
      layouts += accepted ? 1 : 0;
      refusals += accepted ? 0 : 1;
      String why = disagreement(config, accepted);
      assertEquals(null, why, () -> "seed " + SEED + " " + config);
    }
  }

  /** How the plan of a guest with these settings and QEMU differ, or null. */
  private static @Nullable String disagreement(QemuConfig config, boolean accepted) {
    QemuPlatform platform = new QemuPlatform(QemuGuests.platform(config));
    Scene scene = new Scene(BARE, QemuGuests.of(config));
    if (!platform.unusable(scene).isEmpty()) {
      return accepted ? "unusable: " + platform.unusable(scene) : null;
    }
    Outcome outcome =
        new ExactEngine().solve(platform.model(scene).problem(), Goal.CANONICAL, Budget.DEFAULT);
    if (outcome instanceof Outcome.Found found) {
      List<String> differences = platform.realise(scene, found.layout()).mismatches();
      return differences.isEmpty() && accepted ? null : "layout: " + differences;
    }
    return outcome instanceof Outcome.GaveUp || accepted ? "outcome: " + outcome : null;
  }

  @Test
  void settingsOfAnyPlanLeadToItsLayout() {
    Random random = new Random(SEED);
    RandomConfigs configs = new RandomConfigs(random);
    int layouts = 0;
    int moved = 0;
    for (int scenes = 0; layouts < 500; scenes++) {
      assertTrue(scenes < 20_000, "too few feasible scenes");
      QemuConfig config = configs.next().config();
      if (!QemuGuests.isStatable(config) || config.machine().board() == QemuMachine.Board.MICROVM) {
        continue;
      }
      Guest guest = QemuGuests.of(config);
      guest =
          guest
              .withMachine(
                  guest
                      .machine()
                      .withMaxRamBelow4g(null)
                      .withPciHole64(null)
                      .withPhysicalBits(null))
              .withDevices(devices(random));
      QemuPlatform platform = new QemuPlatform(QemuGuests.platform(config));
      Scene scene = new Scene(host(reserved(random)), guest);
      if (!platform.unusable(scene).isEmpty()) {
        continue;
      }
      int number = scenes;
      Outcome outcome =
          new ExactEngine().solve(platform.model(scene).problem(), Goal.CANONICAL, Budget.DEFAULT);
      assertTrue(
          !(outcome instanceof Outcome.GaveUp),
          () -> "seed %d scene %d: %s %s".formatted(SEED, number, outcome, config));
      if (outcome instanceof Outcome.Found found) {
        Layout layout = found.layout();
        assertEquals(
            List.of(),
            platform.realise(scene, layout).mismatches(),
            () -> "seed %d scene %d: %s".formatted(SEED, number, config));
        layouts++;
        moved += platform.realise(scene, layout).settings().get("max-ram-below-4g") == null ? 0 : 1;
      }
    }
    int split = moved;
    assertTrue(split > 50, () -> split + " of 500 with another split");
  }

  private static List<PciAssignment> devices(Random random) {
    List<PciAssignment> found = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      List<Bar> bars = new ArrayList<>();
      for (int index = 0; index < 3; index++) {
        boolean wide = random.nextBoolean();
        long bytes = 1L << (wide ? 20 + random.nextInt(18) : 12 + random.nextInt(19));
        bars.add(
            new Bar(
                2 * index,
                wide ? Bar.Space.MEMORY_64 : Bar.Space.MEMORY_32,
                bytes,
                wide,
                List.of(),
                null,
                QemuGuests.HERE));
      }
      found.add(
          new PciAssignment(
              new PciAddress(0, i + 1, 0, 0), false, null, bars, List.of(), null, QemuGuests.HERE));
    }
    return found;
  }

  private static String reserved(Random random) {
    if (random.nextInt(3) == 0) {
      return "";
    }
    long start = (random.nextInt(4000) + 16L) << 20;
    return "reserved_iova:\n  - {start: %d, size: 1MiB, kind: direct}\n".formatted(start);
  }

  private static Host host(String more) {
    try {
      return HostReader.readText(
          "host",
          ("gfnplan: host/1\niommu: intel\nreserved: []\n" + more)
              .getBytes(StandardCharsets.UTF_8));
    } catch (UnusableInput e) {
      throw new IllegalStateException(e);
    }
  }
}
