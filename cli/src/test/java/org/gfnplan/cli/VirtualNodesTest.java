package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.NodeRange;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.VirtualNode;
import org.gfnplan.solver.search.Budget;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual NUMA nodes of Xen guests, from the guest's file to the plan and what starts from it. */
class VirtualNodesTest {
  private static final String STORY = "examples/two-nodes/";
  private static final long MIB = 1 << 20;

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);
  @TempDir private Path folder;

  /** Nodes in MiB, and where the reserved memory of the assigned device starts. */
  private record Case(boolean pvh, List<Long> nodes, long rdm) {
    List<Case> simpler() {
      List<Case> found = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        List<Long> fewer = new ArrayList<>(nodes);
        fewer.remove(i);
        found.add(new Case(pvh, fewer, rdm));
        List<Long> less = new ArrayList<>(nodes);
        less.set(i, nodes.get(i) / 2);
        found.add(new Case(pvh, less, rdm));
      }
      found.removeIf(c -> c.equals(this) || c.nodes.isEmpty() || c.nodes.get(0) <= 8);
      return found;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void theNodesOfAPlanTileItsRam(long seed) throws UnusableInput {
    Random random = new Random(seed);
    int layouts = 0;
    for (int i = 0; i < 60; i++) {
      Case found = random(random);
      String complaint = complaint(found);
      while (complaint != null) {
        Case now = found;
        String was = complaint;
        complaint = null;
        for (Case simpler : now.simpler()) {
          String why = complaint == null ? complaint(simpler) : null;
          found = why == null ? found : simpler;
          complaint = why == null ? complaint : why;
        }
        assertTrue(complaint != null, "seed %d: %s: %s".formatted(seed, now, was));
      }
      layouts += plan(found).realised() == null ? 0 : 1;
    }
    assertTrue(layouts > 40, layouts + " of 60 have a layout, seed " + seed);
  }

  private static Case random(Random random) {
    List<Long> nodes = new ArrayList<>();
    for (int node = random.nextInt(4); node >= 0; node--) {
      nodes.add(300 + random.nextLong(3000));
    }
    return new Case(random.nextInt(4) == 0, nodes, 300 + random.nextLong(3500));
  }

  private Plan plan(Case found) throws UnusableInput {
    String nodes =
        found.nodes().stream()
            .map("{memory: %dMiB}"::formatted)
            .collect(Collectors.joining(", ", "[", "]"));
    return plan(
        "[{start: 0x%x, size: 64KiB, kind: rmrr, devices: [\"00:02.0\"]}]"
            .formatted(found.rdm() * MIB),
        """
        platform: xen-%s
        memory: %dMiB
        vnuma: %s
        %s
        """
            .formatted(
                found.pvh() ? "pvh" : "hvm",
                found.nodes().stream().mapToLong(mib -> mib).sum(),
                nodes,
                found.pvh() ? "" : "devices: [{address: \"00:02.0\"}]"));
  }

  private Plan plan(String reserved, String guest) throws UnusableInput {
    Host host =
        HostReader.readText("host", bytes("gfnplan: host/1\nname: h\nreserved: " + reserved));
    Guest read = GuestReader.read("guest", bytes("gfnplan: guest/1\nname: g\n" + guest));
    Scene scene = new Scene(host, read);
    return planner.plan(scene, Platforms.of(read.platform()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What is wrong with the nodes of the plan, or null; no layout, nothing wrong. */
  private @Nullable String complaint(Case found) throws UnusableInput {
    Plan plan = plan(found);
    if (plan.realised() == null) {
      return null;
    }
    GfnSet ram = GfnSet.of(GfnRange.coveringBytes(0, plan.realised().lowmemEnd()));
    if (plan.realised().highmemEnd() != 0) {
      ram = ram.union(GfnSet.of(GfnRange.coveringBytes(1L << 32, plan.realised().highmemEnd())));
    }
    GfnSet seen = GfnSet.empty();
    for (VirtualNode node : plan.nodes()) {
      long bytes = 0;
      for (NodeRange range : node.ranges()) {
        GfnRange frames = GfnRange.coveringBytes(range.startByte(), range.endByte());
        if (seen.overlaps(frames)) {
          return "node %d overlaps another".formatted(node.number());
        }
        seen = seen.union(GfnSet.of(frames));
        bytes += range.bytes();
      }
      long video = node.number() == 0 && !found.pvh() ? 8 : 0;
      if (bytes != (found.nodes().get(node.number()) - video) * MIB) {
        return "node %d has 0x%x bytes".formatted(node.number(), bytes);
      }
    }
    return seen.equals(ram) ? null : "RAM is %s, nodes have %s".formatted(ram, seen);
  }

  @Test
  void aGuestThatMustShrinkTakesItFromItsLastNodes() throws UnusableInput {
    Plan plan =
        plan(
            "[]",
            """
            platform: xen-hvm
            memory: 5GiB
            physical_bits: 32
            vnuma: [{memory: 2GiB}, {memory: 2GiB}, {memory: 1GiB}]
            """);
    assertEquals(
        List.of(2097152L, 1843200L, 0L),
        plan.repairs().get(0).guest().memory().nodes().stream().map(n -> n.kib()).toList());
    assertEquals(
        "2 GiB, 1800 MiB, 0 bytes", plan.difference(plan.repairs().get(0)).get("vnuma").value());
  }

  @Test
  void nodesThatDoNotAddUpAreNotPlanned() throws IOException {
    Path guest =
        Files.writeString(
            folder.resolve("guest.cfg"),
            "name = 'g'\ntype = 'pvh'\nmaxmem = 2048\nmemory = 2048\nvnuma = [['size=1024']]\n");
    Run run = Run.of("plan", "--host", STORY + "host.yaml", "--guest", guest.toString());
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().contains("maxmem and vnuma memory size mismatch"), run.err());
  }

  @Test
  void whatStartsFromAPlanTakesOneWithNodes() {
    String plan = STORY + "expected.json";
    assertEquals(0, Run.of("diff", plan, plan).exit());
    Run run =
        Run.of("hotplug", "--layout", plan, "--host", STORY + "host.yaml", "--detach", "00:14.0");
    assertEquals(0, run.exit(), run.err());
  }

  @Test
  void theIdealPlatformHasNoNodes() {
    Run run =
        Run.of(
            "plan",
            "--platform",
            "ideal",
            "--host",
            STORY + "host.yaml",
            "--guest",
            STORY + "guest.cfg");
    assertEquals(0, run.exit(), run.err());
    assertTrue(!run.out().contains("virtual NUMA"), run.out());
  }

  @Test
  void severalGuestsOnAHostMayHaveNodes() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("guest.cfg"),
            "name = 'p'\ntype = 'pvh'\nvnuma = [['size=3584'], ['size=512','pnode=1']]\n");
    Run run =
        Run.of(
            "plan",
            "--host",
            STORY + "host.yaml",
            "--guest",
            STORY + "guest.cfg",
            "--guest",
            other.toString());
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("  node 0: 0x0..0xe0000000 (3584 MiB)\n"), run.out());
    assertTrue(
        run.words()
            .contains(
                "node 1 on host node 1: 0xe0000000..0xfc000000 (448 MiB),"
                    + " 0x100000000..0x104000000 (64 MiB)"),
        run.out());
  }
}
