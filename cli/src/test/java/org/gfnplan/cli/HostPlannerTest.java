package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.HostPlanner;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.hostwide.HostModel;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostRepair;
import org.gfnplan.models.report.HostStepWords;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;

/** What several guests on one host may not share. */
class HostPlannerTest {
  private static final String CHAIN =
      """
      gfnplan: host/1
      iommu: intel
      reserved:
        - {start: 0x7b000000, size: 4KiB, kind: rmrr, devices: ["00:01.0", "00:02.0"]}
        - {start: 0x7c000000, size: 4KiB, kind: rmrr, devices: ["00:02.0", "00:03.0"]}
        - {start: 0x7d000000, size: 4KiB, kind: rmrr, devices: ["00:04.0"]}
      devices:
        - {address: "00:01.0", iommu_group: 1}
        - {address: "00:02.0", iommu_group: 2}
        - {address: "00:03.0", iommu_group: 3}
        - {address: "00:04.0", iommu_group: 4}
        - {address: "00:04.1", iommu_group: 4}
      """;

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  @Test
  void aDeviceIsInOneGuestOnly() throws UnusableInput {
    HostPlan plan = plan(xl("a", "'00:04.0'"), xl("b", "'00:04.0'"));
    assertEquals(Verdict.CONFLICT, plan.verdict());
    assertEquals(List.of("X1 a.cfg:4", "X1 b.cfg:4", "X2 libxl_pci.c"), members(plan));
    assertEquals("00:04.0 would have to be in guest `a` and in guest `b`", lastStep(plan));
    assertEquals(
        List.of("00:04.0 not assigned in guest `a`", "00:04.0 not assigned in guest `b`"),
        titles(plan));
  }

  @Test
  void allFunctionsOfADeviceMeetOneOfThem() throws UnusableInput {
    HostPlan plan = plan(xl("a", "'00:04.*'"), xl("b", "'00:04.1'"));
    assertEquals("00:04.1 would have to be in guest `a` and in guest `b`", lastStep(plan));
  }

  @Test
  void sharingReservedMemoryReachesOverADeviceThatNoGuestHas() throws UnusableInput {
    HostPlan plan = plan(xl("a", "'00:01.0'"), xl("b", "'00:03.0'"));
    assertEquals(
        List.of(
            "X1 a.cfg:4",
            "X1 b.cfg:4",
            "X3 host:4",
            "X3 host:5",
            "X4 a.cfg:4",
            "X4 b.cfg:4",
            "X2 libxl_pci.c"),
        members(plan));
  }

  @Test
  void devicesThatShareMayBeApartWhenAllOwnersAllowIt() throws UnusableInput {
    String one = "'00:01.0,rdm_policy=%s'";
    String two = "'00:02.0,rdm_policy=%s'";
    assertEquals(
        Verdict.LAYOUT,
        plan(xl("a", one.formatted("relaxed")), xl("b", two.formatted("relaxed"))).together());
    assertEquals(
        Verdict.CONFLICT,
        plan(xl("a", one.formatted("strict")), xl("b", two.formatted("relaxed"))).together());
    assertEquals(
        Verdict.CONFLICT,
        plan(xl("a", one.formatted("relaxed")), xl("b", two.formatted("strict"))).together());
  }

  @Test
  void everyRepairWasPlannedForEveryGuest() throws UnusableInput {
    HostPlan plan =
        plan(xl("a", "'00:02.0', '00:03.0'"), xl("b", "'00:01.0'"), xl("c", "'00:04.0'"));
    assertEquals(
        "00:01.0 in guest `a` instead of `b`", titles(plan).get(0), titles(plan).toString());
    for (HostRepair repair : plan.repairs()) {
      List<Tenant> tenants = new ArrayList<>();
      repair.guests().forEach(guest -> tenants.add(new Tenant(guest, guest.platform())));
      assertEquals(
          Verdict.LAYOUT,
          new HostPlanner(planner).plan(plan.host(), tenants).verdict(),
          plan.title(repair));
    }
  }

  @Test
  void aRepairOfOneGuestDoesNotTakeADeviceOfAnother() throws UnusableInput {
    HostPlan plan = plan(xl("a", "'00:01.0'"), xl("b", "'00:02.0', '00:03.0'"));
    assertTrue(
        plan.plans().get(0).repairs().stream()
            .allMatch(
                repair ->
                    repair.guest().devices().stream()
                        .noneMatch(device -> device.spelling().equals("0000:00:02.0"))));
  }

  @Test
  void aDeviceKeptForLaterIsInNoOtherGuest() throws UnusableInput {
    String pool =
        "gfnplan: guest/1\nname: b\nplatform: xen-hvm\nmemory: 1GiB\npool:\n  - {address: \"00:04.0\"}\n";
    HostPlan plan = plan(xl("a", "'00:04.0'"), pool);
    assertEquals(List.of("X1 a.cfg:4", "X6 b.cfg:6"), members(plan));
    assertEquals(Verdict.LAYOUT, plan(xl("a", ""), pool, pool.replace("b\n", "c\n")).together());
  }

  @Test
  void anIommuGroupIsSplitOnXenAndNotByVfio() throws UnusableInput {
    List<Tenant> xen = tenants(xl("a", "'00:04.0'"), xl("b", "'00:04.1'"));
    HostModel onXen = HostModel.of(host(), xen);
    assertEquals(List.of("iommu-group-split"), onXen.findings().stream().map(Finding::id).toList());
    assertEquals(Verdict.LAYOUT, verdict(onXen));
    List<Tenant> qemu = new ArrayList<>();
    for (Tenant tenant : xen) {
      qemu.add(
          new Tenant(tenant.guest(), Stated.by(PlatformName.QEMU_PC, tenant.guest().document())));
    }
    HostModel onQemu = HostModel.of(host(), qemu);
    assertEquals(List.of(), onQemu.findings());
    Conflict conflict =
        (Conflict) EngineChoice.EXACT.solver().answer(onQemu.problem(), Budget.DEFAULT).answer();
    assertEquals(
        List.of("X1", "X1", "X5"), conflict.statements().stream().map(Statement::id).toList());
  }

  @Test
  void moreMemoryThanTheHostHasIsAWarning() throws UnusableInput {
    String map = CHAIN + "memory_map:\n  - {start: 0x0, end: 0x7fffffff, type: usable}\n";
    Host small = HostReader.readText("host", map.getBytes(StandardCharsets.UTF_8));
    List<Tenant> guests = tenants(xl("a", ""), xl("b", ""));
    assertEquals(
        List.of("host-memory-exceeded"),
        HostModel.of(small, guests).findings().stream().map(Finding::id).toList());
    Host large =
        HostReader.readText(
            "host", map.replace("0x7fffffff", "0x80000000").getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(), HostModel.of(large, guests).findings());
  }

  @Test
  void twoGuestsOfOneNameCannotBeToldApart() {
    UnusableInput refused = assertThrows(UnusableInput.class, () -> plan(xl("a", ""), xl("a", "")));
    assertEquals("b.cfg: there are two guests `a`, the first in a.cfg", refused.getMessage());
  }

  private static Verdict verdict(HostModel model) {
    return Verdict.of(EngineChoice.EXACT.solver().answer(model.problem(), Budget.DEFAULT).answer());
  }

  private static String xl(String name, String pci) {
    return "name='%s'\ntype='hvm'\nmemory=1024\npci=[%s]\n".formatted(name, pci);
  }

  private HostPlan plan(String... guests) throws UnusableInput {
    return new HostPlanner(planner).plan(host(), tenants(guests));
  }

  private static Host host() throws UnusableInput {
    return HostReader.readText("host", CHAIN.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Tenant> tenants(String... guests) throws UnusableInput {
    List<Tenant> tenants = new ArrayList<>();
    for (int i = 0; i < guests.length; i++) {
      var guest =
          GuestReader.read((char) ('a' + i) + ".cfg", guests[i].getBytes(StandardCharsets.UTF_8));
      tenants.add(new Tenant(guest, guest.platform()));
    }
    return tenants;
  }

  private static List<String> members(HostPlan plan) {
    return ((Conflict) plan.answer())
        .statements().stream()
            .map(statement -> statement.id() + " " + statement.origin().shortForm())
            .toList();
  }

  private static String lastStep(HostPlan plan) {
    Conflict conflict = (Conflict) plan.answer();
    return HostStepWords.sentence(conflict.steps().get(conflict.steps().size() - 1), plan.model());
  }

  private static List<String> titles(HostPlan plan) {
    return plan.repairs().stream().map(plan::title).toList();
  }
}
