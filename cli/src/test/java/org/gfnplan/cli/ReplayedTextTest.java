package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.export.Export;
import org.gfnplan.models.export.ExportFormat;
import org.gfnplan.models.export.Planned;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.report.Plan;
import org.gfnplan.solver.search.Budget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plan, settings, replay, plan: what a plan prints as xl.cfg is read back as text; today's programs
 * then do as planned, and the plan of that text is the same without a further setting.
 */
class ReplayedTextTest {
  private static final int CASES = 150;

  private final Planner planner = new Planner(EngineChoice.EXACT.solver(), Budget.DEFAULT);

  /** What a guest is and what it says of reserved memory. */
  private enum Kind {
    HVM_DEVICES("type='hvm'"),
    HVM_STRATEGY_HOST("type='hvm'\nrdm='strategy=host'"),
    HVM_IGNORE("type='hvm'\nrdm='strategy=ignore'"),
    PVH("type='pvh'\nkernel='k'");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * A part of a case that can be left out.
   *
   * @param reserved a line of the host's reserved memory, or empty
   * @param device lines of the host's devices, or empty
   * @param guest a line of the guest, or empty
   * @param pci an item of its {@code pci}, or empty
   */
  private record Part(String reserved, String device, String guest, String pci) {}

  private record Case(Kind kind, int memory, List<Part> parts) {
    private Case without(int index) {
      List<Part> left = new ArrayList<>(parts);
      left.remove(index);
      return new Case(kind, memory, left);
    }

    private String host() {
      String reserved = joined(parts.stream().map(Part::reserved).toList());
      String devices = joined(parts.stream().map(Part::device).toList());
      return "gfnplan: host/1\niommu: intel\ndevices_complete: false\nreserved:\n%s\ndevices:\n%s\n"
          .formatted(reserved.isEmpty() ? "  []" : reserved, devices.isEmpty() ? "  []" : devices);
    }

    private String guest() {
      String pci =
          parts.stream()
              .map(Part::pci)
              .filter(item -> !item.isEmpty())
              .collect(Collectors.joining(","));
      return "name='g'\n%s\nmemory=%d\n%s\n%s\n"
          .formatted(
              kind.text,
              memory,
              joined(parts.stream().map(Part::guest).toList()),
              pci.isEmpty() ? "" : "pci=[" + pci + "]");
    }

    private static String joined(List<String> lines) {
      return lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theTextOfAPlanLeadsToThePlan(Kind kind) throws UnusableInput {
    int layouts = 0;
    for (long seed = 0; seed < CASES; seed++) {
      Case made = random(kind, new Random(seed));
      String complaint = complaint(made);
      if (complaint != null && !complaint.equals(NO_LAYOUT)) {
        Case least = shrunk(made);
        fail(
            "%s, seed %d: %s%n%s%n%s"
                .formatted(kind, seed, complaint(least), least.host(), least.guest()));
      }
      layouts += complaint == null ? 1 : 0;
    }
    assertTrue(layouts > CASES / 5, "layouts=" + layouts);
  }

  private static final String NO_LAYOUT = "no layout";

  /** Parts are dropped as long as something is wrong. */
  private Case shrunk(Case made) throws UnusableInput {
    for (int i = 0; i < made.parts.size(); i++) {
      Case less = made.without(i);
      String still = complaint(less);
      if (still != null && !still.equals(NO_LAYOUT)) {
        return shrunk(less);
      }
    }
    return made;
  }

  private @Nullable String complaint(Case made) throws UnusableInput {
    Scene scene =
        new Scene(
            HostReader.readText("host", bytes(made.host())),
            GuestReader.read("guest.cfg", bytes(made.guest())));
    Plan plan = planner.plan(scene, Platforms.of(scene.guest().platform()));
    Realised realised = plan.realised();
    if (realised == null) {
      return NO_LAYOUT;
    }
    byte[] text =
        Export.of(ExportFormat.XL, new Planned(scene.guest().platform().value(), scene, realised));
    Guest read = GuestReader.read("printed.cfg", text);
    Scene again = scene.with(read);
    Today today = Platforms.of(read.platform()).today(again);
    if (!today.works()) {
      return "today: " + today.summary();
    }
    if (today.stages().stream().anyMatch(stage -> stage.verdict() == Stage.Verdict.FAILS)) {
      return "a stage fails: " + today.summary();
    }
    if (today.lowmemEnd() != realised.lowmemEnd() || today.highmemEnd() != realised.highmemEnd()) {
      return "replayed RAM ends at 0x%x and 0x%x, planned at 0x%x and 0x%x"
          .formatted(
              today.lowmemEnd(), today.highmemEnd(), realised.lowmemEnd(), realised.highmemEnd());
    }
    Plan second = planner.plan(again, Platforms.of(read.platform()));
    Realised same = second.realised();
    if (same == null) {
      return "the printed guest has no layout";
    }
    return !spans(same).equals(spans(realised)) || !same.e820().equals(realised.e820())
        ? "the printed guest is planned otherwise: %s, not %s"
            .formatted(spans(same), spans(realised))
        : null;
  }

  private static List<String> spans(Realised realised) {
    return realised.map().stream()
        .map(entry -> entry.kind() + " " + entry.name() + " " + entry.range())
        .toList();
  }

  private static Case random(Kind kind, Random random) {
    List<Part> parts = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      parts.add(new Part("", "", "hap=0", ""));
    }
    if (kind == Kind.PVH) {
      return new Case(kind, 64 + random.nextInt(12_000), parts);
    }
    switch (random.nextInt(3)) {
      case 0 -> parts.add(new Part("", "", "vga='none'", ""));
      case 1 -> parts.add(new Part("", "", "vga='stdvga'\nvideoram=16", ""));
      default -> {}
    }
    if (random.nextInt(5) == 0) {
      parts.add(new Part("", "", "mmio_hole=" + (256 + random.nextInt(3585)), ""));
    }
    if (random.nextInt(5) == 0) {
      parts.add(new Part("", "", "rdm_mem_boundary=" + (512 << random.nextInt(3)), ""));
    }
    long from = 0x1000_0000L;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      from += 0x1000L * random.nextInt(0x4_0000);
      long end = from + 0x1000L * (1 + random.nextInt(4096));
      parts.add(device(i, from, end, random));
      from = end + 0x1000_0000L;
    }
    if (random.nextInt(4) == 0) {
      long high = (1L << 32) + 0x1000L * random.nextInt(1 << 20);
      parts.add(device(9, high, high + 0x10_0000, random));
    }
    return new Case(kind, 256 + random.nextInt(random.nextBoolean() ? 3000 : 9000), parts);
  }

  /** A device with reserved memory and registers, of which the host knows the places or not. */
  private static Part device(int slot, long start, long end, Random random) {
    String address = "0000:00:%02x.0".formatted(slot);
    StringBuilder bars = new StringBuilder("  - address: \"%s\"".formatted(address));
    boolean wide = random.nextBoolean();
    long size = 1L << (12 + random.nextInt(wide ? 20 : 15));
    String at =
        wide && random.nextBoolean()
            ? ", host_address: 0x%x".formatted(0x20_0000_0000L + slot * size)
            : "";
    bars.append(
        "\n    bars:\n      - {bar: 0, space: %s, size: %d%s}"
            .formatted(wide ? "memory-64" : "memory-32", size, at));
    String policy = random.nextInt(3) == 0 ? ",rdm_policy=relaxed" : "";
    return new Part(
        "  - {start: 0x%x, end: 0x%x, kind: rmrr, devices: [\"%s\"]}"
            .formatted(start, end, address),
        bars.toString(),
        "",
        "'%s%s'".formatted(address.substring(5), policy));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
