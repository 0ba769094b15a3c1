package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every real host with a DMAR table, with guests of five sizes and three ways to reserve. */
class CorpusPlanTest {
  /** Low RAM always fills what the largest hole leaves, the first 256 MiB. */
  private static final long ALWAYS_RAM = 256L << 20;

  private static final int[] MEMORY_GIB = {1, 2, 4, 8, 64};
  private static final List<Host> HOSTS = new ArrayList<>();

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  @BeforeAll
  static void readHosts() throws IOException, UnusableInput {
    HOSTS.addAll(DmarHosts.read());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"host", "devices", "relaxed"})
  void everyGuestIsDecidedAndEveryConflictHasARepair(String way) throws UnusableInput {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (Host host : HOSTS) {
      for (int gib : MEMORY_GIB) {
        String label = "%s %s %d GiB".formatted(host.name(), way, gib);
        Plan plan = plan(host, way, gib);
        boolean clear =
            host.reserved().stream().allMatch(memory -> memory.startByte() >= ALWAYS_RAM);
        Verdict expected =
            way.equals("relaxed") || (clear && canAllBeAssigned(host))
                ? Verdict.LAYOUT
                : Verdict.CONFLICT;
        assertEquals(expected, plan.verdict(), label);
        if (plan.verdict() == Verdict.CONFLICT) {
          assertFalse(plan.repairs().isEmpty(), label);
        } else {
          assertTrue(plan.proven(), label);
        }
        counts.merge(plan.verdict().word(), 1, Integer::sum);
        counts.merge("works today: " + plan.today().works(), 1, Integer::sum);
      }
    }
    System.out.printf("%s: %s%n", way, counts);
  }

  private Plan plan(Host host, String way, int gib) throws UnusableInput {
    StringBuilder config = new StringBuilder("name = 'g'\ntype = 'hvm'\nmemory = " + gib * 1024);
    if (way.equals("host")) {
      config.append("\nrdm = 'strategy=host,policy=strict'");
    } else {
      config.append("\npci = [");
      for (String device : devices(host)) {
        config.append(
            "'%s,rdm_policy=%s',".formatted(device, way.equals("relaxed") ? way : "strict"));
      }
      config.append("]");
    }
    byte[] bytes = config.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    Scene scene = new Scene(host, GuestReader.read("g.cfg", bytes));
    return planner.plan(scene, Platforms.of(scene.guest().platform()));
  }

  private static Set<String> devices(Host host) {
    return host.reserved().stream()
        .flatMap(memory -> memory.devices().stream())
        .filter(scope -> scope.address() != null)
        .map(scope -> String.valueOf(scope.address()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A device behind a bridge cannot be named, so who shares memory with it cannot be complete. */
  private static boolean canAllBeAssigned(Host host) {
    return host.reserved().stream()
        .map(ReservedMemory::devices)
        .filter(devices -> devices.stream().anyMatch(scope -> scope.address() != null))
        .flatMap(List::stream)
        .allMatch(scope -> scope.address() != null || isCovered(scope, host));
  }

  private static boolean isCovered(DeviceScope scope, Host host) {
    return host.reserved().stream()
        .flatMap(memory -> memory.devices().stream())
        .anyMatch(other -> other.address() != null && scope.mayBe(other.address()));
  }
}
