package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.solver.search.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that are given to a guest while it runs. */
class LaterDevicesTest {
  private static final String GPU =
      "pool: [{address: \"03:00.0\", port: rp0, bars:"
          + " [{bar: 0, space: memory-64, size: 64GiB, prefetchable: true}]}]\n";
  private static final String POOL_ON_XEN =
      """
      gfnplan: guest/1
      name: g
      platform: xen-hvm
      memory: 4GiB
      pool: [{address: "00:02.0"}]
      """;
  private static final String HOST =
      """
      gfnplan: host/1
      reserved:
        - {start: 0x9c000000, size: 4KiB, kind: rmrr, devices: ["0000:00:02.0"]}
      """;

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);

  @Test
  void aPortReservesWhatHoldsTheDeviceWhereverItsWindowLies() throws UnusableInput {
    Plan plan = q35("ports: [{name: rp0}]\n" + GPU);
    Realised realised = Objects.requireNonNull(plan.realised());
    assertEquals((128L << 30) - (2L << 20), realised.settings().get("pref64-reserve", "rp0"));
    assertEquals(List.of(), rooms(plan));
    assertEquals(List.of(), ids(plan));
  }

  @Test
  void theWindowGrowsForWhatAPortMayNotReserve() throws UnusableInput {
    Plan plan = q35("ports: [{name: rp0, prefetchable: 2MiB}]\n" + GPU);
    assertEquals(List.of("0x1000000..0x2000000"), rooms(plan));
    assertEquals(122L << 30, setting(plan, "pci-hole64-size"));
    assertEquals(List.of(), ids(plan));
  }

  @Test
  void roomThatCannotBeKeptIsReportedAndNotShown() throws UnusableInput {
    Plan plan = q35("pci_hole64: 32GiB\nports: [{name: rp0}]\n" + GPU);
    assertEquals(Verdict.LAYOUT, plan.verdict());
    assertEquals(List.of(), rooms(plan));
    assertEquals(List.of("later-device-without-room"), ids(plan));
  }

  @Test
  void aReserveOfTheSizeOfARegisterMayNotBeAlignedForIt() throws UnusableInput {
    assertEquals(
        List.of("later-device-without-room"),
        ids(q35("ports: [{name: rp0, prefetchable: 64GiB}]\n" + GPU)));
    Plan twice = q35("ports: [{name: rp0, prefetchable: 128GiB}]\n" + GPU);
    assertEquals(List.of(), ids(twice));
  }

  @Test
  void smallRegistersFitWhatEveryPortReserves() throws UnusableInput {
    Plan plan =
        q35(
            "ports: [{name: rp0}]\npool: [{address: \"03:00.0\", port: rp0, bars:"
                + " [{bar: 0, space: memory-32, size: 16KiB}]}]\n");
    assertEquals(List.of(), rooms(plan));
    assertEquals(List.of(), ids(plan));
  }

  @Test
  void aPlanForLaterDevicesMakesXenAcceptThem(@TempDir Path folder) throws IOException {
    Path host = write(folder.resolve("host.yaml"), HOST);
    Path guest = write(folder.resolve("guest.yaml"), POOL_ON_XEN);
    Run plan = plan(host, guest);
    assertTrue(plan.out().contains("\"passthrough\" : \"enabled\""), plan.out());
    Path layout = write(folder.resolve("plan.json"), plan.out());
    Run hotplug =
        Run.of(
            "hotplug",
            "--layout",
            layout.toString(),
            "--host",
            host.toString(),
            "--attach",
            "00:02.0");
    assertEquals(0, hotplug.exit(), hotplug.out() + hotplug.err());
  }

  @Test
  void aGuestThatStatesPassthroughHasNothingToSet(@TempDir Path folder) throws IOException {
    Path host = write(folder.resolve("host.yaml"), HOST);
    Path guest = write(folder.resolve("guest.yaml"), POOL_ON_XEN + "passthrough: true\n");
    Run plan = plan(host, guest);
    assertTrue(plan.out().contains("\"passthrough\" : true"), plan.out());
    assertTrue(!plan.out().contains("\"passthrough\" : \"enabled\""), plan.out());
    Run refused = plan(host, write(guest, POOL_ON_XEN + "passthrough: false\n"));
    assertEquals(ExitCode.UNUSABLE, refused.exit());
    assertTrue(refused.err().contains("a guest without passthrough is given no devices"));
  }

  private static Run plan(Path host, Path guest) {
    return Run.of(
        "plan", "--host", host.toString(), "--guest", guest.toString(), "--format", "json");
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  private Plan q35(String more) throws UnusableInput {
    Guest guest =
        GuestReader.read(
            "guest", bytes("gfnplan: guest/1\nname: g\nplatform: qemu-q35\nmemory: 4GiB\n" + more));
    Scene scene =
        new Scene(HostReader.readText("host", bytes("gfnplan: host/1\nreserved: []\n")), guest);
    return planner.plan(scene, Platforms.of(guest.platform()));
  }

  private static List<String> rooms(Plan plan) {
    Realised realised = plan.realised();
    List<MapEntry> map = realised == null ? List.of() : realised.map();
    return map.stream()
        .filter(entry -> entry.name().startsWith("room for later"))
        .map(entry -> "0x%x..0x%x".formatted(entry.range().start(), entry.range().end()))
        .toList();
  }

  private static Object setting(Plan plan, String key) {
    Realised realised = plan.realised();
    Setting found = realised == null ? null : realised.settings().get(key);
    return found == null ? "" : found.value();
  }

  private static List<String> ids(Plan plan) {
    return plan.findings().stream().map(Finding::id).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
