package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.platform.NodeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualNodesTest {
  private static final long GIB_KIB = 1L << 20;

  /**
   * A guest with nodes, in MiB. Its reserved memory starts at {@code rdm}, or there is none at 0.
   */
  private record Case(Guest.Type type, List<Long> nodes, long video, long hole, long rdm) {
    BuilderRequest request() {
      long memory = nodes.stream().mapToLong(mib -> mib).sum();
      return new BuilderRequest(
          type,
          memory * 1024,
          video * 1024,
          hole,
          true,
          0,
          rdm == 0
              ? List.of()
              : List.of(
                  new BuilderRequest.Rdm(
                      rdm * XenLayout.MIB, (rdm + 1) * XenLayout.MIB, RdmPolicy.RELAXED)),
          nodes.stream().map(mib -> mib * 1024).toList());
    }

    /** Cases that are a step simpler. */
    List<Case> simpler() {
      List<Case> found = new ArrayList<>();
      found.add(new Case(type, nodes, 0, hole, rdm));
      found.add(new Case(type, nodes, video, 0, rdm));
      found.add(new Case(type, nodes, video, hole, 0));
      for (int i = 0; i < nodes.size(); i++) {
        List<Long> fewer = new ArrayList<>(nodes);
        fewer.remove(i);
        found.add(new Case(type, fewer, video, hole, rdm));
        List<Long> less = new ArrayList<>(nodes);
        less.set(i, nodes.get(i) / 2);
        found.add(new Case(type, less, video, hole, rdm));
      }
      found.removeIf(c -> c.equals(this) || c.nodes.isEmpty() || c.nodes.get(0) <= c.video);
      return found;
    }
  }

  @Test
  void nodesFollowRamThatWasMovedOutOfTheWay() {
    List<Long> nodes = List.of(2 * GIB_KIB, 2 * GIB_KIB);
    assertEquals(
        List.of(
            new NodeRange(0, 0, 0x7f00_0000L),
            new NodeRange(1, 0x7f00_0000L, 0xac60_0000L),
            new NodeRange(1, 0x1_0000_0000L, 0x1_52a0_0000L)),
        VirtualNodes.cut(nodes, 16 * 1024, 0xac60_0000L, 0xf000_0000L));
    BuilderResult built =
        LibxlBuilder.build(
            new BuilderRequest(
                Guest.Type.HVM,
                4 * GIB_KIB,
                16 * 1024,
                0,
                true,
                2048 * XenLayout.MIB,
                List.of(new BuilderRequest.Rdm(0xac6d_3000L, 0xac6e_7000L, RdmPolicy.STRICT)),
                nodes));
    assertEquals(0x1_52a0_0000L, built.highmemEnd());
    assertEquals(3, built.nodes().size());
    assertEquals(0xac60_0000L, built.nodes().get(1).endByte());
  }

  @Test
  void aNodeThatEndsAtTheHoleIsNotCut() {
    assertEquals(
        List.of(
            new NodeRange(0, 0, 0xf000_0000L), new NodeRange(1, 0x1_0000_0000L, 0x1_4000_0000L)),
        VirtualNodes.cut(List.of(3840 * 1024L, GIB_KIB), 0, 0xf000_0000L, 0xf000_0000L));
  }

  @Test
  void aNodeOfVideoMemoryAloneHasNoRam() {
    assertEquals(
        List.of(new NodeRange(1, 0, 0x4000_0000L)),
        VirtualNodes.cut(List.of(8192L, GIB_KIB), 8192, 0x4000_0000L, 0xf000_0000L));
    assertNull(VirtualNodes.refusal(List.of(8192L, GIB_KIB), GIB_KIB + 8192, 8192));
  }

  @Test
  void whatLibxlRefusesIsRefusedInItsWords() {
    assertEquals(
        "vnode 0 too small to contain video ram",
        VirtualNodes.refusal(List.of(8191L, GIB_KIB), GIB_KIB + 8191, 8192));
    assertEquals(
        "Amount of memory mismatch (0x100000 != 0x100400)",
        VirtualNodes.refusal(List.of(GIB_KIB), GIB_KIB + 1024, 0));
    assertEquals(
        "vNUMA memory pages mismatch (0x3ffff != 0x3ff00)",
        VirtualNodes.refusal(List.of(GIB_KIB), GIB_KIB, 4));
    assertEquals(
        "vNUMA memory pages mismatch (0x1ff != 0x200)",
        VirtualNodes.refusal(List.of(1026L, 1022L), 2048, 0));
    assertNull(VirtualNodes.refusal(List.of(), GIB_KIB, 4));
  }

  @Test
  void aGuestWithRefusedNodesIsNotBuilt() {
    BuilderResult built =
        LibxlBuilder.build(
            new BuilderRequest(Guest.Type.PVH, GIB_KIB, 0, 0, true, 0, List.of(), List.of(1024L)));
    assertEquals("Amount of memory mismatch (0x400 != 0x100000)", built.refusal());
    assertEquals(List.of(), built.memoryMap());
    assertEquals(List.of(), built.nodes());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theNodesOfABuiltGuestTileItsRam(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Case found = random(random);
      if (complaint(found) != null) {
        Case least = found;
        boolean smaller = true;
        while (smaller) {
          Case now = least;
          Case next =
              now.simpler().stream().filter(c -> complaint(c) != null).findFirst().orElse(null);
          smaller = next != null;
          least = next == null ? least : next;
        }
        throw new AssertionError("seed %d: %s: %s".formatted(seed, least, complaint(least)));
      }
    }
  }

  @Test
  void theRandomGuestsHaveNodesOnBothSidesOfTheHole() {
    Random random = new Random(1);
    int cut = 0;
    for (int i = 0; i < 2000; i++) {
      Case found = random(random);
      cut += LibxlBuilder.build(found.request()).nodes().size() > found.nodes().size() ? 1 : 0;
    }
    assertEquals(true, cut > 200 && cut < 1800, cut + " of 2000 cut");
  }

  private static Case random(Random random) {
    Guest.Type type = random.nextBoolean() ? Guest.Type.HVM : Guest.Type.PVH;
    List<Long> nodes = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    int width = 1 + random.nextInt(13);
    for (int node = 0; node < count; node++) {
      nodes.add((node == 0 ? 9 : 0) + random.nextLong(1L << width));
    }
    boolean hvm = type == Guest.Type.HVM;
    long video = hvm ? 8 * random.nextInt(2) : 0;
    long hole = hvm && random.nextBoolean() ? 256 + random.nextLong(3000) : 0;
    return new Case(type, nodes, video, hole, hvm ? random.nextInt(2) * random.nextLong(4096) : 0);
  }

  /** What is wrong with the nodes of the built guest, or null. */
  private static @Nullable String complaint(Case guest) {
    BuilderResult built = LibxlBuilder.build(guest.request());
    if (!built.isBuilt()) {
      return "refused: " + built.refusal();
    }
    long next = 0;
    long[] has = new long[guest.nodes().size()];
    for (NodeRange range : built.nodes()) {
      if (next == built.lowmemEnd() && built.highmemEnd() != 0) {
        next = XenLayout.FOUR_GIB;
      }
      if (range.startByte() != next) {
        return "a gap or overlap at 0x%x: %s".formatted(next, built.nodes());
      }
      next = range.endByte();
      has[range.node()] += range.bytes();
    }
    long end = built.highmemEnd() == 0 ? built.lowmemEnd() : built.highmemEnd();
    if (next != end) {
      return "nodes end at 0x%x, RAM at 0x%x".formatted(next, end);
    }
    for (int node = 0; node < has.length; node++) {
      long wanted = guest.nodes().get(node) - (node == 0 ? guest.video() : 0);
      if (has[node] != wanted * XenLayout.MIB) {
        return "node %d has 0x%x bytes".formatted(node, has[node]);
      }
    }
    Extents pages = Extents.of(guest.type(), built.nodes());
    return pages.equals(loop(guest.type(), built.nodes())) ? null : "other pages: " + pages;
  }

  /** The loop of meminit_hvm over ranges, step by step, where no large page fails. */
  private static Extents loop(Guest.Type type, List<NodeRange> ranges) {
    long huge = 1 << 18;
    long large = 1 << 9;
    boolean hvm = type == Guest.Type.HVM;
    long[] pages = {hvm ? 0xa0 : 0, 0, 0};
    for (NodeRange range : ranges) {
      long now = hvm && range.startByte() == 0 ? 0xc0 : range.startByte() >> 12;
      long end = range.endByte() >> 12;
      while (now < end) {
        boolean isHuge = now % huge == 0 && end - now >= huge;
        boolean isLarge = now % large == 0 && end - now >= large;
        pages[isHuge ? 2 : isLarge ? 1 : 0]++;
        now += isHuge ? huge : isLarge ? large : 1;
      }
    }
    return new Extents(pages[0], pages[1], pages[2]);
  }
}
