package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.HostPlanner;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;

/** Windows of persistent memory, and what backs them. */
class PmemTest {
  private static final String HOST =
      """
      gfnplan: host/1
      reserved:
        - {start: 0x120000000, size: 4KiB, kind: rmrr, devices: ["00:02.0"]}
      reserved_iova:
        - {start: 0x140000000, size: 4KiB, kind: reserved}
      pmem:
        - {name: ns0, extents: [{start: 0x3000000000, size: 4GiB}]}
        - {name: ns1, size: 7GiB, extents: [{start: 0x3100000000, size: 8GiB}]}
        - {name: f, kind: file, size: 2GiB, extents: [{start: 0x30f0000000, size: 256MiB}, {start: 0x3110000000, size: 1792MiB}]}
      """;

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  @Test
  void aWindowLiesBehindHighRamOnTwoMebibytes() throws UnusableInput {
    Plan plan = plan("memory: 4097MiB", "", "{name: p, size: 4GiB, backing: ns0}");
    assertEquals(List.of("NVDIMM `p` 0x110200000..0x210200000"), windows(plan));
  }

  @Test
  void qemuMapsAWindowThatItsBackingHolds() throws UnusableInput {
    Plan fits =
        plan("memory: 4GiB", "", "{name: p, size: 4GiB, backing: ns0}", PlatformName.QEMU_Q35);
    assertEquals(1, fits.pmem().size());
    assertEquals(1, fits.pmem().get(0).runs().size());
    assertEquals(0x3000000L, fits.pmem().get(0).runs().get(0).mfn());
    Plan larger =
        plan("memory: 4GiB", "", "{name: p, size: 5GiB, backing: ns0}", PlatformName.QEMU_Q35);
    assertEquals(List.of("M2", "M6"), ids(larger));
  }

  @Test
  void theLabelIsNotMapped() throws UnusableInput {
    Plan plan = plan("memory: 4GiB", "", "{name: p, size: 4GiB, label: 128KiB, backing: ns0}");
    assertEquals(List.of("NVDIMM `p` 0x110000000..0x20ffe0000"), windows(plan));
  }

  @Test
  void aStatedAddressIsKeptAndRamGoesOnBehindIt() throws UnusableInput {
    Plan plan = plan("memory: 8GiB", "", "{name: p, size: 4GiB, address: 0x100001000}");
    assertEquals(List.of("NVDIMM `p` 0x100001000..0x200001000"), windows(plan));
    assertTrue(
        plan.realised().map().stream().anyMatch(e -> e.range().start() == 0x200001L), "RAM behind");
  }

  @Test
  void anAddressBelowFourGibibytesIsAConflict() throws UnusableInput {
    Plan plan = plan("memory: 1GiB", "", "{name: p, size: 1GiB, address: 0x80000000}");
    assertEquals(List.of("M10", "M4", "M12"), ids(plan));
    assertEquals("`p` without a stated address", titles(plan).get(0));
  }

  @Test
  void aWindowKeepsClearOfWhatDevicesReachAndCannotReach() throws UnusableInput {
    String devices = "devices: [{address: \"00:02.0\"}]\n";
    assertEquals(
        List.of("NVDIMM `p` 0x100000000..0x110000000", "NVDIMM `q` 0x140200000..0x150200000"),
        windows(
            plan(
                "memory: 1GiB",
                devices,
                "{name: p, size: 256MiB}, {name: q, size: 256MiB, address: 0x140200000}")));
    assertEquals(
        List.of("M10", "M4", "V2", "V4"),
        ids(plan("memory: 1GiB", devices, "{name: p, size: 256MiB, address: 0x138000000}")).stream()
            .sorted()
            .toList());
  }

  @Test
  void aWindowOutsideTheWidthIsAConflict() throws UnusableInput {
    String bits = "physical_bits: 36\n";
    assertEquals(Verdict.LAYOUT, plan("memory: 4GiB", bits, "{name: p, size: 32GiB}").verdict());
    // 60 GiB lie above 4 GiB.
    assertEquals(
        List.of("M10", "G1", "M12"),
        ids(plan("memory: 1GiB", bits, "{name: p, size: 61GiB}")).stream().toList());
  }

  @Test
  void aWindowIsNotLargerThanItsBackingByOneFrame() throws UnusableInput {
    String window = "{name: p, size: %s, label: 128KiB, backing: ns1}";
    assertEquals(Verdict.LAYOUT, plan("memory: 1GiB", "", window.formatted("7GiB")).verdict());
    Plan plan = plan("memory: 1GiB", "", window.formatted("7340036KiB"));
    assertEquals(List.of("M10", "M6"), ids(plan));
    assertEquals(List.of("`p` of 7 GiB", "`p` left out"), titles(plan));
  }

  @Test
  void aBackingThatIsLargeEnoughIsOffered() throws UnusableInput {
    Plan plan = plan("memory: 1GiB", "", "{name: p, size: 5GiB, backing: ns0}");
    assertEquals(List.of("`p` on namespace `ns1`", "`p` of 4 GiB", "`p` left out"), titles(plan));
  }

  @Test
  void aBackingThatTheHostDoesNotListIsSaid() throws UnusableInput {
    Plan plan = plan("memory: 1GiB", "", "{name: p, size: 5GiB, backing: other}");
    assertEquals(Verdict.LAYOUT, plan.verdict());
    assertEquals(
        List.of("pmem-backing-unknown"), plan.findings().stream().map(Finding::id).toList());
  }

  @Test
  void xenHasNoMemoryDevices() throws UnusableInput {
    Guest guest = guest("g", "memory: 1GiB", "", "{name: p, size: 1GiB}", PlatformName.XEN_HVM);
    Plan plan = planner.plan(new Scene(host(), guest), Platforms.of(guest.platform()));
    assertEquals(List.of("M10", "M7"), ids(plan));
    assertEquals(List.of("`p` left out"), titles(plan));
    assertEquals(Verdict.LAYOUT, plan.ideally());
  }

  @Test
  void partsOfBackingsThatOverlapAreInOneGuest() throws UnusableInput {
    // The second extent of the file lies in the namespace.
    HostPlan plan =
        both("{name: p, size: 2GiB, backing: f}", "{name: p, size: 1GiB, backing: ns1}");
    Conflict conflict = (Conflict) plan.answer();
    assertEquals(
        List.of("X7", "X7", "X8", "X8", "X9"),
        conflict.statements().stream().map(Statement::id).toList());
    assertEquals(
        Verdict.LAYOUT,
        both("{name: p, size: 2GiB, backing: ns1}", "{name: p, size: 4GiB, backing: ns0}")
            .verdict());
  }

  @Test
  void filesInThousandsOfPartsAreToldApart() throws UnusableInput {
    int parts = 2_000;
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      // By turns and one frame apart, the second file backwards.
      one.append(extent(0x100000 + 4L * i, 1));
      other.insert(0, extent(0x100002 + 4L * i, 1));
    }
    String memory = "  - name: %s\n    kind: %s\n    size: %dKiB\n    extents:\n%s";
    String text =
        "gfnplan: host/1\nreserved: []\npmem:\n"
            + memory.formatted("all", "namespace", 16 * parts, extent(0x100000, 4 * parts))
            + memory.formatted("f0", "file", 4 * parts, one)
            + memory.formatted("f1", "file", 4 * parts, other);
    Host host = HostReader.readText("host", text.getBytes(StandardCharsets.UTF_8));
    String window = "{name: p, size: 2MiB, backing: %s}";
    List<String> files = List.of(window.formatted("f0"), window.formatted("f1"));
    assertEquals(Verdict.LAYOUT, both(host, files).together());
    List<String> nested = List.of(window.formatted("f0"), window.formatted("all"));
    Conflict conflict = (Conflict) both(host, nested).answer();
    assertEquals(
        List.of("X7", "X7", "X8", "X8", "X9"),
        conflict.statements().stream().map(Statement::id).toList());
  }

  @Test
  void aBackingInHundredsOfRunsIsNotListedWhole() throws UnusableInput {
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < 512; i++) {
      parts.append(extent(0x100000 + 2L * i, 1));
    }
    String text =
        "gfnplan: host/1\nreserved: []\npmem:\n  - name: f\n    kind: file\n    size: 2MiB\n"
            + "    extents:\n"
            + parts;
    Host host = HostReader.readText("host", text.getBytes(StandardCharsets.UTF_8));
    Guest guest =
        guest("g", "memory: 1GiB", "", "{name: p, size: 2MiB, backing: f}", PlatformName.IDEAL);
    String words =
        PlanText.of(planner.plan(new Scene(host, guest), Platforms.of(guest.platform())));
    assertEquals(16, words.lines().filter(line -> line.contains("is host memory at")).count());
    assertTrue(words.contains("  and 496 more runs, which"), words);
  }

  private static String extent(long gfn, int frames) {
    return "      - {start: 0x%x000, size: %dKiB}\n".formatted(gfn, 4 * frames);
  }

  @Test
  void aBackingThatTheHostDoesNotPlaceIsInOneGuestByItsName() throws UnusableInput {
    String window = "{name: p, size: 2GiB, backing: /dev/dax9.0}";
    HostPlan plan = both(window, window);
    assertEquals(Verdict.CONFLICT, plan.together());
    assertEquals(Verdict.LAYOUT, both(window, window.replace("9.0", "9.1")).together());
  }

  private HostPlan both(String one, String other) throws UnusableInput {
    return both(host(), List.of(one, other));
  }

  private HostPlan both(Host host, List<String> windows) throws UnusableInput {
    List<Tenant> tenants = new ArrayList<>();
    for (String window : windows) {
      Guest guest = guest("g" + tenants.size(), "memory: 1GiB", "", window, PlatformName.IDEAL);
      tenants.add(new Tenant(guest, guest.platform()));
    }
    return new HostPlanner(planner).plan(host, tenants);
  }

  private Plan plan(String memory, String more, String windows) throws UnusableInput {
    return plan(memory, more, windows, PlatformName.IDEAL);
  }

  private Plan plan(String memory, String more, String windows, PlatformName platform)
      throws UnusableInput {
    Guest guest = guest("g", memory, more, windows, platform);
    return planner.plan(new Scene(host(), guest), Platforms.of(guest.platform()));
  }

  private static Host host() throws UnusableInput {
    return HostReader.readText("host", HOST.getBytes(StandardCharsets.UTF_8));
  }

  private static Guest guest(
      String name, String memory, String more, String windows, PlatformName platform)
      throws UnusableInput {
    String text =
        "gfnplan: guest/1\nname: %s\nplatform: %s\n%s\n%spmem: [%s]\n"
            .formatted(name, platform.word(), memory, more, windows);
    return GuestReader.read(name + ".yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> windows(Plan plan) {
    assertEquals(Verdict.LAYOUT, plan.verdict());
    List<String> found = new ArrayList<>();
    for (MapEntry entry : plan.realised().map()) {
      if (entry.kind().equals("pmem")) {
        found.add(
            "%s 0x%x000..0x%x000"
                .formatted(entry.name(), entry.range().start(), entry.range().end()));
      }
    }
    return found;
  }

  private static List<String> ids(Plan plan) {
    return ((Conflict) plan.answer()).statements().stream().map(Statement::id).toList();
  }

  private static List<String> titles(Plan plan) {
    return plan.repairs().stream().map(repair -> RepairWords.title(plan, repair)).toList();
  }
}
