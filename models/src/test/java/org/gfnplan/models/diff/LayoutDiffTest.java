package org.gfnplan.models.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.diff.LayoutChange.Effect;
import org.gfnplan.models.diff.LayoutChange.How;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutDiffTest {
  private static final MapEntry RAM = entry("low RAM", "ram", 0, 0x80000);
  private static final MapEntry FIRMWARE = entry("ACPI tables", "firmware", 0xfc000, 0xfc010);

  private static MapEntry entry(String name, String kind, long start, long end) {
    return new MapEntry(name, kind, new GfnRange(start, end), Origin.builtIn("plan.json", name));
  }

  private static Picture plan(MapEntry... map) {
    List<E820Entry> e820 = new ArrayList<>();
    for (MapEntry entry : map) {
      if (entry.kind().equals("ram") || entry.kind().equals("rdm")) {
        e820.add(
            new E820Entry(
                Math.max(0x100000, entry.range().start() << 12),
                entry.range().end() << 12,
                entry.kind().equals("ram") ? E820Entry.RAM : E820Entry.RESERVED));
      }
    }
    boolean known = Arrays.stream(map).anyMatch(entry -> entry.kind().equals("bar"));
    PlanDocument plan =
        new PlanDocument("plan.json", "xen-hvm", "h", "g", List.of(map), e820, known, null, null);
    return new Picture("plan.json", plan, plan.map());
  }

  private static Picture log(String... lines) {
    String text = "Linux version 6.1.0\n" + String.join("\n", lines) + "\n";
    try {
      return Picture.read("dmesg.txt", text.getBytes(StandardCharsets.UTF_8));
    } catch (UnusableInput e) {
      throw new AssertionError(e);
    }
  }

  private static LayoutDiff diff(Picture before, Picture after) {
    try {
      return LayoutDiff.of(before, after);
    } catch (UnusableInput e) {
      throw new AssertionError(e);
    }
  }

  private static LayoutChange only(LayoutDiff diff) {
    assertEquals(1, diff.changes().size(), diff.changes().toString());
    return diff.changes().get(0);
  }

  private static LayoutChange change(MapEntry before, MapEntry after) {
    return only(diff(plan(RAM, before), plan(RAM, after)));
  }

  @Test
  void equalLayoutsHaveNoChange() {
    LayoutDiff diff = diff(plan(RAM, FIRMWARE), plan(RAM, FIRMWARE));
    assertEquals(List.of(), diff.changes());
    assertEquals(Effect.NONE, diff.effect());
  }

  @Test
  void whatMovedIsToldByHowFar() {
    LayoutChange change =
        change(entry("bar 0", "bar", 0xe0000, 0xe1000), entry("bar 0", "bar", 0xd0000, 0xd1000));
    assertEquals(How.MOVED, change.how());
    assertEquals(-0x10000L << 12, change.bytes());
    assertEquals(Effect.BREAKS, change.effect());
  }

  @Test
  void additionsInFreeSpaceBreakNothing() {
    LayoutChange change = only(diff(plan(RAM), plan(RAM, entry("RMRR", "rdm", 0x90000, 0x90010))));
    assertEquals(How.APPEARED, change.how());
    assertEquals(Effect.NONE, change.effect());
  }

  @Test
  void additionsWhereRegistersMayLieAreNotKnown() {
    MapEntry window = entry("PCI window", "hole", 0x80000, 0xfc000);
    MapEntry rdm = entry("RMRR", "rdm", 0xf0000, 0xf0010);
    LayoutDiff diff =
        diff(
            plan(RAM, window),
            plan(
                RAM,
                entry("PCI window", "hole", 0x80000, 0xf0000),
                rdm,
                entry("PCI window", "hole", 0xf0010, 0xfc000)));
    assertEquals(Effect.UNKNOWN, diff.effect());
    assertEquals(2, diff.changes().size());
    MapEntry bar = entry("bar 0", "bar", 0x80000, 0x80100);
    MapEntry rest = entry("PCI window", "hole", 0x80100, 0xfc000);
    MapEntry less = entry("PCI window", "hole", 0x80100, 0xf0000);
    assertEquals(Effect.NONE, diff(plan(RAM, bar, rest), plan(RAM, bar, less, rdm)).effect());
  }

  @Test
  void ramMayGrowButNotShrink() {
    MapEntry more = entry("high RAM", "ram", 0x100000, 0x200000);
    MapEntry less = entry("high RAM", "ram", 0x100000, 0x180000);
    LayoutChange grown = change(less, more);
    assertEquals(How.GREW, grown.how());
    assertEquals(0x80000L << 12, grown.bytes());
    assertEquals(Effect.NONE, grown.effect());
    LayoutChange shrunk = change(more, less);
    assertEquals(How.SHRANK, shrunk.how());
    assertEquals(Effect.BREAKS, shrunk.effect());
  }

  @Test
  void memoryWithContentsMustKeepItsStart() {
    LayoutChange change =
        change(
            entry("pmem0", "pmem", 0x200000, 0x280000), entry("pmem0", "pmem", 0x1f0000, 0x280000));
    assertEquals(How.GREW, change.how());
    assertEquals(Effect.BREAKS, change.effect());
  }

  @Test
  void framesOfAnotherKindAreToldOf() {
    LayoutDiff diff =
        diff(
            plan(RAM),
            plan(entry("low RAM", "ram", 0, 0x70000), entry("R", "rdm", 0x70000, 0x70010)));
    assertEquals(
        List.of(How.SHRANK, How.APPEARED, How.RETYPED),
        diff.changes().stream().map(LayoutChange::how).toList());
    assertEquals("rdm", diff.changes().get(2).newKind());
    assertEquals(Effect.BREAKS, diff.effect());
  }

  @Test
  void newRamWhereQemuHasFramesBreaks() {
    MapEntry frames = entry("QEMU video memory", "qemu", 0x80000, 0x80800);
    LayoutDiff diff = diff(plan(RAM, frames), plan(entry("low RAM", "ram", 0, 0x80800)));
    assertEquals(Effect.BREAKS, diff.effect());
    assertEquals(Effect.NONE, diff(plan(RAM, frames), plan(RAM)).effect());
  }

  @Test
  void aGuestThatSawItsPlanIsEqual() {
    Picture plan = plan(RAM, entry("RMRR", "rdm", 0x80000, 0x80010), FIRMWARE);
    String[] lines = {
      "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
      "BIOS-e820: [mem 0x00000000000f0000-0x00000000000fffff] reserved",
      "BIOS-e820: [mem 0x0000000000100000-0x000000007fffffff] usable",
      "BIOS-e820: [mem 0x0000000080000000-0x000000008000ffff] reserved",
      "BIOS-e820: [mem 0x00000000fc000000-0x00000000ffffffff] reserved"
    };
    assertEquals(List.of(), diff(plan, log(lines)).changes());
    assertEquals(List.of(), diff(log(lines), plan).changes());
    String[] xen = new String[lines.length];
    for (int i = 0; i < lines.length; i++) {
      xen[i] = lines[i].replace("BIOS-e820:", "[    0.000000] Xen:");
    }
    assertEquals(List.of(), diff(plan, log(xen)).changes());
    lines[3] = "";
    LayoutChange lost = only(diff(plan, log(lines)));
    assertEquals(How.VANISHED, lost.how());
    assertEquals("reserved memory", lost.name());
  }

  @Test
  void iomemIsAMapToo() throws UnusableInput {
    String text = "00100000-7fffffff : System RAM\n80000000-8000ffff : Reserved\n";
    Picture seen = Picture.read("iomem", text.getBytes(StandardCharsets.UTF_8));
    Picture plan = plan(RAM, entry("RMRR", "rdm", 0x80000, 0x80010));
    assertEquals(List.of(), diff(plan, seen).changes());
  }

  @Test
  void ramThatTheFirmwareTookIsToldOf() {
    Picture plan = plan(RAM);
    LayoutDiff diff =
        diff(
            plan,
            log(
                "BIOS-e820: [mem 0x0000000000100000-0x000000007ffeffff] usable",
                "BIOS-e820: [mem 0x000000007fff0000-0x000000007fffffff] reserved"));
    assertEquals(
        List.of(How.SHRANK, How.APPEARED, How.RETYPED),
        diff.changes().stream().map(LayoutChange::how).toList());
    assertEquals(-0x10000, diff.changes().get(0).bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[", "{}", "{\"schema\": 3}", "name = 1", "BIOS-e820: [mem"})
  void whatIsNoLayoutIsUnusable(String text) {
    assertThrows(
        UnusableInput.class, () -> Picture.read("file", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void twoCapturesCannotBeCompared() {
    Picture seen = log("BIOS-e820: [mem 0x0000000000100000-0x000000007fffffff] usable");
    assertThrows(UnusableInput.class, () -> LayoutDiff.of(seen, seen));
  }

  /** Told the other way round, the same frames change hands. */
  @Test
  void differencesMirror() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Picture one = random(random);
      Picture two = random(random);
      List<LayoutChange> there = diff(one, two).changes();
      List<LayoutChange> back = diff(two, one).changes();
      assertEquals(there.size(), back.size(), "seed " + seed);
      for (LayoutChange change : there) {
        boolean mirrored =
            back.stream()
                .anyMatch(
                    other ->
                        other.before().equals(change.after())
                            && other.after().equals(change.before())
                            && (change.how() == How.RETYPED || other.name().equals(change.name())));
        assertEquals(true, mirrored, "seed " + seed + ": " + change);
        assertNotEquals(
            change.how() == How.RETYPED ? null : change.before(), change.after(), "seed " + seed);
      }
      assertEquals(there.isEmpty(), one.map().equals(two.map()), "seed " + seed);
    }
  }

  private static Picture random(Random random) {
    List<String> kinds = List.of("ram", "rdm", "hole", "bar");
    List<MapEntry> map = new ArrayList<>();
    long at = 0x100;
    for (int i = 0; i < 5; i++) {
      String kind = kinds.get(random.nextInt(kinds.size()));
      long length = 1 + random.nextLong(3);
      // Pieces of one thing never touch, so that a map has one form.
      at += 1 + random.nextLong(2);
      map.add(entry(kind + " " + random.nextInt(2), kind, at, at + length));
      at += length;
    }
    return plan(map.toArray(MapEntry[]::new));
  }
}
