package org.gfnplan.models.hotplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.hotplug.HotplugEvent.Action;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HotplugGuestTest {
  private static final Origin HERE = Origin.builtIn("plan.json", "");

  /** RAM to 0x80000000, one reserved range above it, an empty window, special pages. */
  private static final List<MapEntry> MAP =
      List.of(
          entry("low RAM", "ram", 0, 0x80000),
          entry("RMRR 0x80000000", "rdm", 0x80000, 0x80010),
          entry("PCI window", "hole", 0x80010, 0xe0000),
          entry("BAR 0 of 05:00.0", "bar", 0xe0000, 0xe0010),
          entry("BAR 1 of xen-platform", "bar", 0xe0100, 0xe0110),
          entry("PCI window", "hole", 0xe0110, 0xfc000),
          entry("IOAPIC", "firmware", 0xfec00, 0xfec01),
          entry("special pages", "firmware", 0xfeff8, 0xff000),
          entry("high RAM", "ram", 0x100000, 0x140000));

  private static MapEntry entry(String name, String kind, long start, long end) {
    return new MapEntry(name, kind, new GfnRange(start, end), HERE);
  }

  private static PlanDocument plan(String platform) {
    List<E820Entry> e820 =
        List.of(
            new E820Entry(0x100000, 0x80000000L, 1), new E820Entry(0x80000000L, 0x80010000L, 2));
    return new PlanDocument(
        "plan.json", platform, "host", "guest", MAP, e820, false, List.of(), null);
  }

  private static Host host(String... reserved) {
    String text =
        "gfnplan: host/1\nname: host\nreserved:\n  - " + String.join("\n  - ", reserved) + "\n";
    try {
      return HostReader.readText("host.yaml", text.getBytes(StandardCharsets.UTF_8));
    } catch (UnusableInput e) {
      throw new AssertionError(e);
    }
  }

  private static String rmrr(String start, String end, String devices) {
    return "{start: %s, end: %s, kind: rmrr, devices: [%s]}".formatted(start, end, devices);
  }

  private static PciAddress device(String text) {
    PciAddress address = PciAddress.parse(text);
    if (address == null) {
      throw new AssertionError(text);
    }
    return address;
  }

  private static HotplugEvent attach(String device, RdmPolicy policy) {
    return new HotplugEvent(Action.ATTACH, device(device), policy);
  }

  private static HotplugEvent detach(String device) {
    return new HotplugEvent(Action.DETACH, device(device), RdmPolicy.STRICT);
  }

  private static HotplugReport run(Host host, HotplugEvent... events) {
    return run(host, true, List.of(), events);
  }

  private static HotplugReport run(
      Host host,
      @Nullable Boolean passthrough,
      List<PciAssignment> devices,
      HotplugEvent... events) {
    try {
      return HotplugGuest.run(plan("xen-hvm"), host, devices, passthrough, List.of(events));
    } catch (UnusableInput e) {
      throw new AssertionError(e);
    }
  }

  private static HotplugStep only(HotplugReport report) {
    assertEquals(1, report.events().size());
    return report.events().get(0);
  }

  private static List<HotplugRange.Outcome> outcomes(HotplugStep step) {
    return step.ranges().stream().map(HotplugRange::outcome).toList();
  }

  @Test
  void reservedMemoryIsMapped() {
    HotplugReport report =
        run(
            host(rmrr("0x80000000", "0x80010000", "\"00:02.0\"")),
            attach("00:02.0", RdmPolicy.STRICT));
    HotplugStep step = only(report);
    assertEquals(HotplugStep.Outcome.ATTACHED, step.outcome());
    assertEquals(List.of(HotplugRange.Outcome.MAPPED), outcomes(step));
    assertEquals(List.of(), step.notes());
    assertEquals(0, report.failures());
    assertEquals(report.before().small() + 16, report.after().small());
  }

  @Test
  void whatWasNotReservedIsMappedAndToldOf() {
    HotplugStep step =
        only(
            run(
                host(rmrr("0x90000000", "0x90010000", "\"00:02.0\"")),
                attach("00:02.0", RdmPolicy.STRICT)));
    assertEquals(HotplugStep.Outcome.ATTACHED, step.outcome());
    assertEquals(2, step.notes().size(), step.notes().toString());
    assertTrue(step.notes().get(0).contains("was not reserved"), step.notes().toString());
    assertTrue(step.notes().get(1).contains("PCI window"), step.notes().toString());
  }

  @Test
  void ramInTheWayIsRefusedWhenStrictAndLeftWhenRelaxed() {
    Host host = host(rmrr("0x7fff8000", "0x80008000", "\"00:02.0\""));
    HotplugStep strict = only(run(host, attach("00:02.0", RdmPolicy.STRICT)));
    assertEquals("EBUSY", strict.error());
    assertEquals(
        List.of(new HotplugRange.InTheWay("low RAM", "ram", new GfnRange(0x7fff8, 0x80000))),
        strict.ranges().get(0).inTheWay());
    HotplugReport relaxed = run(host, attach("00:02.0", RdmPolicy.RELAXED));
    assertEquals(HotplugStep.Outcome.SKIPPED, only(relaxed).outcome());
    assertEquals(1, relaxed.failures());
    assertEquals(relaxed.before().small() + 8, relaxed.after().small());
  }

  @Test
  void aRefusedDeviceLeavesNothingBehind() {
    HotplugReport report =
        run(
            host(
                rmrr("0x80000000", "0x80010000", "\"00:02.0\""),
                rmrr("0xfeff8000", "0xfeff9000", "\"00:02.0\"")),
            attach("00:02.0", RdmPolicy.STRICT),
            detach("00:02.0"));
    assertEquals(
        List.of(HotplugRange.Outcome.UNDONE, HotplugRange.Outcome.CONFLICT),
        outcomes(report.events().get(0)));
    assertEquals("EBUSY", report.events().get(0).error());
    assertEquals("ENODEV", report.events().get(1).error());
    assertEquals(report.before(), report.after());
  }

  @Test
  void emulatedRegistersAreHidden() {
    HotplugStep step =
        only(
            run(
                host(rmrr("0xfec00000", "0xfec01000", "\"00:02.0\"")),
                attach("00:02.0", RdmPolicy.STRICT)));
    assertEquals(HotplugStep.Outcome.ATTACHED, step.outcome());
    assertTrue(
        step.notes().stream().anyMatch(note -> note.contains("hides IOAPIC")),
        step.notes().toString());
  }

  @Test
  void registersOfHostDevicesAreInTheWayAndEmulatedOnesAreHidden() {
    Host host =
        host(
            rmrr("0xe0000000", "0xe0001000", "\"00:02.0\""),
            rmrr("0xe0100000", "0xe0101000", "\"00:03.0\""));
    HotplugReport report =
        run(host, attach("00:02.0", RdmPolicy.STRICT), attach("00:03.0", RdmPolicy.STRICT));
    assertEquals("EBUSY", report.events().get(0).error());
    assertTrue(
        report.events().get(1).notes().get(1).contains("hides BAR 1 of xen-platform"),
        report.events().get(1).toString());
  }

  @Test
  void sharedMemoryIsRefusedWhenStrictEvenInsideOneGuest() {
    Host host = host(rmrr("0x80000000", "0x80010000", "\"00:1a.0\", \"00:1d.0\""));
    HotplugReport report =
        run(
            host,
            attach("00:1a.0", RdmPolicy.RELAXED),
            attach("00:1d.0", RdmPolicy.STRICT),
            attach("00:1d.0", RdmPolicy.RELAXED),
            detach("00:1a.0"),
            detach("00:1d.0"));
    List<HotplugStep> steps = report.events();
    assertTrue(steps.get(0).notes().get(0).contains("0000:00:1d.0"), steps.get(0).toString());
    assertEquals("EPERM", steps.get(1).error());
    assertEquals(List.of(HotplugRange.Outcome.COUNTED), outcomes(steps.get(2)));
    assertEquals(List.of(), steps.get(2).notes());
    assertEquals(List.of(HotplugRange.Outcome.KEPT), outcomes(steps.get(3)));
    assertEquals(List.of(HotplugRange.Outcome.UNMAPPED), outcomes(steps.get(4)));
    assertEquals(report.before(), report.after());
  }

  @Test
  void anOverlapWithAnotherMappingIsAnAddressInUse() {
    Host host =
        host(
            "{start: 0x80000000, end: 0x80008000, kind: ivmd-unity, devices: [\"00:02.0\"]}",
            "{start: 0x80004000, end: 0x80010000, kind: ivmd-unity, devices: [\"00:03.0\"]}");
    HotplugReport report =
        run(host, attach("00:02.0", RdmPolicy.STRICT), attach("00:03.0", RdmPolicy.RELAXED));
    HotplugStep refused = report.events().get(1);
    assertEquals("EADDRINUSE", refused.error());
    assertEquals(new GfnRange(0x80004, 0x80008), refused.ranges().get(0).inTheWay().get(0).range());
  }

  @Test
  void amdSharesWithoutACheckAndMapsNoExclusionRange() {
    Host host =
        host(
            "{start: 0x80000000, end: 0x80008000, kind: ivmd-unity,"
                + " devices: [\"00:02.0\", \"00:03.0\"]}",
            "{start: 0x70000000, end: 0x70001000, kind: ivmd-exclusion, devices: [\"00:02.0\"]}");
    HotplugReport report = run(host, attach("00:02.0", RdmPolicy.STRICT));
    assertEquals(
        List.of(HotplugRange.Outcome.NEVER_MAPPED, HotplugRange.Outcome.MAPPED),
        outcomes(only(report)));
    assertEquals(HotplugStep.Outcome.ATTACHED, only(report).outcome());
  }

  @Test
  void aGuestMadeWithoutPassthroughTakesNoDevice() {
    Host host = host(rmrr("0x80000000", "0x80010000", "\"00:02.0\""));
    HotplugEvent event = attach("00:03.0", RdmPolicy.STRICT);
    assertEquals("EOPNOTSUPP", only(run(host, null, List.of(), event)).error());
    assertEquals("EOPNOTSUPP", only(run(host, false, List.of(), event)).error());
    PciAssignment first = PciAssignment.of(device("00:02.0"), false, RdmPolicies.STRICT, HERE);
    HotplugReport report = run(host, null, List.of(first), event);
    assertEquals(HotplugStep.Outcome.ATTACHED, only(report).outcome());
    assertEquals(List.of(HotplugRange.Outcome.MAPPED), outcomes(report.atCreation().get(0)));
  }

  @Test
  void allFunctionsAreAttachedOneByOne() {
    Host host = host(rmrr("0x80000000", "0x80010000", "\"00:02.0\", \"00:02.3\""));
    PciAssignment all = PciAssignment.of(device("00:02.0"), true, RdmPolicies.RELAXED, HERE);
    HotplugReport report = run(host, null, List.of(all), detach("00:02.0"));
    assertEquals(2, report.atCreation().size());
    assertEquals(List.of(HotplugRange.Outcome.KEPT), outcomes(only(report)));
  }

  @Test
  void aDeviceComesAndGoesOnce() {
    Host host = host(rmrr("0x80000000", "0x80010000", "\"00:02.0\""));
    HotplugReport report =
        run(
            host,
            attach("00:02.0", RdmPolicy.STRICT),
            attach("00:02.0", RdmPolicy.RELAXED),
            detach("00:02.0"),
            detach("00:02.0"));
    assertEquals("EBUSY", report.events().get(1).error());
    assertEquals("ENODEV", report.events().get(3).error());
    assertEquals(2, report.failures());
  }

  @Test
  void otherPlatformsAndUnknownHostsAreUnusable() {
    Host silent;
    try {
      silent =
          HostReader.readText(
              "host.yaml", "gfnplan: host/1\nname: h\n".getBytes(StandardCharsets.UTF_8));
    } catch (UnusableInput e) {
      throw new AssertionError(e);
    }
    UnusableInput unusable =
        assertThrows(
            UnusableInput.class,
            () -> HotplugGuest.run(plan("ideal"), silent, List.of(), true, List.of()));
    assertEquals(2, unusable.problems().size());
  }
}
