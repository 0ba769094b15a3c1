package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people pass through, with its registers, on every real host with a DMAR table. */
class CorpusPassthroughTest {
  private static final String GPU =
      "- {address: \"%02x:00.0\", bars: [{bar: 0, space: memory-32, size: 16MiB},"
          + " {bar: 1, space: memory-64, size: 16GiB, prefetchable: true},"
          + " {bar: 3, space: memory-64, size: 32MiB, prefetchable: true},"
          + " {space: rom, size: 512KiB}]}\n";
  private static final Map<String, String> DEVICES =
      new TreeMap<>(
          Map.of(
              "graphics",
              "- {address: \"00:02.0\", bars: [{bar: 0, space: memory-64, size: 16MiB},"
                  + " {bar: 2, space: memory-64, size: 256MiB, prefetchable: true}]}\n",
              "usb",
              "- {address: \"00:14.0\", bars: [{bar: 0, space: memory-64, size: 64KiB}]}\n",
              "one gpu",
              GPU.formatted(1),
              "two gpus",
              GPU.formatted(1) + GPU.formatted(2)));
  private static final int[] MEMORY_GIB = {4, 8, 16};
  private static final List<Host> HOSTS = new ArrayList<>();

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  @BeforeAll
  static void readHosts() throws IOException, UnusableInput {
    HOSTS.addAll(DmarHosts.read());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"xen-hvm", "qemu-q35"})
  void everyGuestIsDecidedAndEveryConflictHasARepair(String platform) throws UnusableInput {
    for (Map.Entry<String, String> devices : DEVICES.entrySet()) {
      TreeMap<String, Integer> counts = new TreeMap<>();
      for (Host host : HOSTS) {
        for (int gib : MEMORY_GIB) {
          Guest guest = guest(platform, gib, devices.getValue());
          Scene scene = new Scene(host, guest);
          Platform planned = Platforms.of(guest.platform());
          if (!planned.unusable(scene).isEmpty()) {
            counts.merge("no such bus", 1, Integer::sum);
            continue;
          }
          Plan plan = planner.plan(scene, planned);
          String label = "%s %s %s %d GiB".formatted(platform, host.name(), devices.getKey(), gib);
          assertNotEquals(Verdict.UNDECIDED, plan.verdict(), label);
          assertTrue(plan.proven(), label);
          if (plan.verdict() == Verdict.CONFLICT) {
            assertFalse(plan.repairs().isEmpty(), label);
          }
          counts.merge(plan.verdict().word(), 1, Integer::sum);
          counts.merge("today " + outcome(plan.today()), 1, Integer::sum);
          if (platform.equals("xen-hvm")) {
            counts.merge("today, relaxed " + outcome(relaxed(planned, scene)), 1, Integer::sum);
          }
        }
      }
      System.out.printf("%s, %s: %s%n", platform, devices.getKey(), counts);
    }
  }

  /** The first stage that does not end well, and how it ends. */
  private static String outcome(Today today) {
    return today.stages().stream()
        .filter(stage -> stage.verdict() != Stage.Verdict.OK)
        .findFirst()
        .map(stage -> stage.name().word() + " " + stage.verdict().word())
        .orElse("works");
  }

  /** What becomes of the guest when a user relaxes every device, as forums advise. */
  private static Today relaxed(Platform platform, Scene scene) {
    Guest guest = scene.guest();
    return platform.today(
        scene.with(
            guest.withDevices(
                guest.devices().stream()
                    .map(device -> device.with(RdmPolicies.all(RdmPolicy.RELAXED)))
                    .toList())));
  }

  private static Guest guest(String platform, int gib, String devices) throws UnusableInput {
    String document =
        "gfnplan: guest/1\nname: g\nplatform: %s\nmemory: %dGiB\ndevices:\n%s"
            .formatted(platform, gib, devices.indent(2));
    return GuestReader.read("g.yaml", document.getBytes(StandardCharsets.UTF_8));
  }
}
