package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.KeptRange;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;

/** What a guest may wish for about reserved device memory, from the wish to the plan. */
class ReservedMemoryTest {
  private static final String USB_BELOW_1_MIB = "{start: 0xe8000, size: 64KiB, kind: rmrr,";
  private static final String IGD = "{start: 0x7b800000, size: 72MiB, kind: rmrr,";
  private static final Origin LINE = Origin.line("guest.cfg", 9, "pool");

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  @Test
  void aGuestWithoutDevicesIsNeverRefusedForReservedMemory() throws UnusableInput {
    Plan plan = plan(host(USB_BELOW_1_MIB + " devices: [00:1d.0]}"), xl());
    assertEquals(Verdict.LAYOUT, plan.verdict());
    assertTrue(plan.realised().settings().isEmpty());
  }

  @Test
  void aDeviceWithoutReservedMemoryNeverFailsForThatOfOthers() throws UnusableInput {
    Plan plan = plan(host(USB_BELOW_1_MIB + " devices: [00:1d.0]}"), xl("pci=['03:00.0']"));
    assertEquals(Verdict.LAYOUT, plan.verdict());
    assertTrue(plan.realised().settings().isEmpty());
  }

  @Test
  void roomIsKeptForADeviceThatMayComeLater() throws UnusableInput {
    Host host = host(IGD + " devices: [00:02.0]}");
    Guest guest = xl();
    assertEquals(0xf000_0000L, plan(host, guest).realised().lowmemEnd());
    Plan plan = plan(host, later(guest, "00:02.0"));
    // hvmloader does not know of it, so low RAM leaves 56 MiB before it for the registers.
    assertEquals(0x7800_0000L, plan.realised().lowmemEnd());
    assertEquals(List.of(), givenUp(plan));
  }

  @Test
  void whichDeviceCannotComeLaterIsReported() throws UnusableInput {
    Host host = host(IGD + " devices: [00:02.0]}", USB_BELOW_1_MIB + " devices: [00:1d.0]}");
    Plan plan = plan(host, later(xl(), "00:02.0", "00:1d.0"));
    assertEquals(0x7800_0000L, plan.realised().lowmemEnd());
    assertEquals(
        List.of(
            "cannot be kept: 00:1d.0 may be assigned later, so nothing else lies on its RMRR"
                + " 0xe8000"),
        messages(plan, "later-device-without-room"));
  }

  @Test
  void aDeviceThatMustComeLaterIsAConflict() throws UnusableInput {
    Host host = host(USB_BELOW_1_MIB + " devices: [00:1d.0]}");
    PciAssignment strict =
        PciAssignment.of(PciAddress.parse("00:1d.0"), false, RdmPolicies.STRICT, LINE);
    Guest guest = xl();
    Plan plan = plan(host, guest.withPci(guest.pci().withPool(List.of(strict))));
    assertEquals(List.of("R1", "D1", "R2", "D8"), ids(plan));
    assertEquals("00:1d.0 not kept room for", plan.repairs().get(0).changes().get(0).title());
  }

  @Test
  void anotherHostsRangeIsKeptClear() throws UnusableInput {
    Guest guest = xl();
    KeptRange other =
        new KeptRange("igd of the other host", 0x9c00_0000L, 0xa000_0000L, RdmPolicy.STRICT, LINE);
    Plan plan = plan(host(), guest.withRdm(guest.rdm().withRanges(List.of(other))));
    assertEquals(0x9800_0000L, plan.realised().lowmemEnd());
  }

  @Test
  void aRangeBelowOneMibIsAConflictThatNamesIt() throws UnusableInput {
    Guest guest = xl();
    KeptRange low = new KeptRange("legacy", 0xe_0000L, 0xf_0000L, RdmPolicy.STRICT, LINE);
    Plan plan = plan(host(), guest.withRdm(guest.rdm().withRanges(List.of(low))));
    assertEquals(List.of("R1", "D11", "R2", "D12"), ids(plan));
    KeptRange wish = new KeptRange("legacy", 0xe_0000L, 0xf_0000L, RdmPolicy.RELAXED, LINE);
    Plan relaxed = plan(host(), guest.withRdm(guest.rdm().withRanges(List.of(wish))));
    assertEquals(List.of("D12"), givenUp(relaxed));
  }

  @Test
  void aMirroredHostLendsItsHole() throws UnusableInput {
    Host host =
        HostReader.readText(
            "host",
            bytes(
                """
                gfnplan: host/1
                reserved: []
                memory_map:
                  - {start: 0x0, end: 0x9f000, type: usable}
                  - {start: 0x100000, end: 0xa0000000, type: usable}
                  - {start: 0xa4000000, end: 0xa8000000, type: reserved}
                  - {start: 0x100000000, end: 0x200000000, type: usable}
                """));
    Guest guest = xl();
    Plan plan = plan(host, guest.withRdm(guest.rdm().withMirror(LINE)));
    assertEquals(0xa000_0000L, plan.realised().lowmemEnd());
    assertEquals(0xf000_0000L, plan(host, guest).realised().lowmemEnd());
  }

  @Test
  void sharingCanBeAllowedWhileRamIsStillKeptOff() throws UnusableInput {
    Host host = host(IGD + " devices: [00:02.0, 00:14.0]}");
    Guest guest = xl("pci=['00:02.0']");
    assertEquals(List.of("D1", "D5", "D6"), ids(plan(host, guest)));
    PciAssignment shared =
        guest
            .devices()
            .get(0)
            .with(new RdmPolicies(RdmPolicy.STRICT, RdmPolicy.STRICT, RdmPolicy.RELAXED));
    Plan plan = plan(host, guest.withDevices(List.of(shared)));
    assertEquals(0x7b80_0000L, plan.realised().lowmemEnd());
    assertEquals(List.of(), givenUp(plan));
    assertEquals(
        "pci: add `rdm_policy=relaxed` to 0000:00:02.0", plan.realised().settings().lines().get(1));
  }

  @Test
  void ramMayBeGivenWayToWhileSharingStaysForbidden() throws UnusableInput {
    Host host = host(IGD + " devices: [00:02.0, 00:14.0]}");
    Guest guest = xl("pci=['00:02.0']");
    PciAssignment open =
        guest
            .devices()
            .get(0)
            .with(new RdmPolicies(RdmPolicy.RELAXED, RdmPolicy.RELAXED, RdmPolicy.STRICT));
    assertEquals(List.of("D1", "D5", "D6"), ids(plan(host, guest.withDevices(List.of(open)))));
  }

  @Test
  void sharingInTurnNamesTheWholeGroup() throws UnusableInput {
    Host host =
        host(
            "{start: 0x7b800000, size: 1MiB, kind: rmrr, devices: [00:1a.0, 00:1d.0]}",
            "{start: 0x7c800000, size: 1MiB, kind: rmrr, devices: [00:1d.0, 00:14.0]}");
    Plan plan = plan(host, xl("pci=['00:1a.0']"));
    assertEquals(
        List.of(
            "00:1a.0, 00:1d.0, 00:14.0 go to one guest together: they share reserved memory in turn"
                + " (RMRR 0x7b800000-0x7b8fffff, RMRR 0x7c800000-0x7c8fffff)"),
        messages(plan, "reserved-memory-group"));
  }

  private static Guest later(Guest guest, String... devices) {
    List<PciAssignment> pool =
        List.of(devices).stream()
            .map(at -> PciAssignment.of(PciAddress.parse(at), false, null, LINE))
            .toList();
    return guest.withPci(guest.pci().withPool(pool));
  }

  private static List<String> messages(Plan plan, String id) {
    return plan.findings().stream()
        .filter(finding -> finding.id().equals(id))
        .map(Finding::message)
        .toList();
  }

  private static List<String> ids(Plan plan) {
    return ((Conflict) plan.answer()).statements().stream().map(Statement::id).toList();
  }

  private static List<String> givenUp(Plan plan) {
    return ((Layout) plan.answer()).givenUp().stream().map(Statement::id).toList();
  }

  private Plan plan(Host host, Guest guest) throws UnusableInput {
    return planner.plan(new Scene(host, guest), Platforms.of(guest.platform()));
  }

  private static Host host(String... reserved) throws UnusableInput {
    StringBuilder text = new StringBuilder("gfnplan: host/1\niommu: intel\nreserved:\n");
    for (String entry : reserved) {
      text.append("  - ").append(entry.replaceAll("(\\d\\d:\\w\\w\\.\\d)", "\"$1\"")).append('\n');
    }
    return HostReader.readText(
        "host", bytes(text.append(reserved.length == 0 ? "  []\n" : "").toString()));
  }

  private static Guest xl(String... lines) throws UnusableInput {
    return GuestReader.read(
        "guest.cfg",
        bytes("name='g'\ntype='hvm'\nmemory=4096\n" + String.join("\n", lines) + "\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
