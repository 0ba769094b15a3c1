package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;

/** What the address space alone allows, beside what a tool can be told. */
class IdealTest {
  private static final String IGD = "{start: 0x7b800000, size: 72MiB, kind: rmrr, devices: [%s]}";

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  @Test
  void ramGoesOnBehindReservedMemory() throws UnusableInput {
    Plan plan = plan(IGD.formatted("\"00:02.0\""), 3072, PlatformName.IDEAL);
    assertEquals(
        List.of(
            new E820Entry(0, 0x7b80_0000L, E820Entry.RAM),
            new E820Entry(0x7b80_0000L, 0x8000_0000L, E820Entry.RESERVED),
            new E820Entry(0x8000_0000L, 0xc480_0000L, E820Entry.RAM)),
        plan.realised().e820().stream().toList());
    assertEquals(0, plan.realised().highmemEnd());
  }

  @Test
  void reservedMemoryUnderTheBiosHasNoLayoutAnywhere() throws UnusableInput {
    String usb = "{start: 0xe8000, size: 64KiB, kind: rmrr, devices: [\"00:02.0\"]}";
    assertEquals(Verdict.CONFLICT, plan(usb, 3072, PlatformName.IDEAL).verdict());
    assertEquals(Verdict.CONFLICT, plan(usb, 3072, PlatformName.XEN_HVM).ideally());
  }

  @Test
  void aConflictThatOnlyTheToolMakesIsToldApart() throws UnusableInput {
    // Low RAM has to fill the first 256 MiB on Xen; the machine itself does not ask for that.
    String early = "{start: 0x8000000, size: 1MiB, kind: rmrr, devices: [\"00:02.0\"]}";
    Plan plan = plan(early, 3072, PlatformName.XEN_HVM);
    assertEquals(Verdict.CONFLICT, plan.verdict());
    assertEquals(Verdict.LAYOUT, plan.ideally());
  }

  @Test
  void aLayoutIsComparedWithNothing() throws UnusableInput {
    assertNull(plan(IGD.formatted("\"00:02.0\""), 3072, PlatformName.XEN_HVM).ideally());
  }

  private Plan plan(String reserved, int memory, PlatformName platform) throws UnusableInput {
    Host host =
        HostReader.readText(
            "host", bytes("gfnplan: host/1\niommu: intel\nreserved:\n  - " + reserved + "\n"));
    Guest guest =
        GuestReader.read(
            "guest.cfg",
            bytes(
                "name='g'\ntype='hvm'\nmemory=%d\nvga='none'\npci=['00:02.0']\n"
                    .formatted(memory)));
    return planner.plan(
        new Scene(host, guest), Platforms.of(Stated.by(platform, guest.document())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
