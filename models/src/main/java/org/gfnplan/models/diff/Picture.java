package org.gfnplan.models.diff;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.report.PlanReader;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/**
 * What lies where in a guest: as planned, or as the guest itself saw it in its e820 map.
 *
 * @param document the file
 * @param plan the plan, or null when the guest's own map was read
 * @param map what lies where, by address, without overlaps; of a guest's own map only RAM and what
 *     is reserved
 */
public record Picture(String document, @Nullable PlanDocument plan, List<MapEntry> map) {
  private static final long LEGACY_END = Gfn.floor(1L << 20);
  private static final long FOUR_GIB = Gfn.floor(1L << 32);
  private static final GfnSet COMPARED = GfnSet.of(new GfnRange(LEGACY_END, Gfn.LIMIT));

  /** PV guests print their map so; the rest of the line is as in all others. */
  private static final Pattern XEN_LINE = Pattern.compile("\\bXen: +(?=\\[mem 0x)");

  public Picture {
    map = List.copyOf(map);
  }

  /**
   * A plan, or a kernel log or {@code /proc/iomem} of a guest.
   *
   * @throws UnusableInput with every problem of the document, or when it is neither
   */
  public static Picture read(String name, byte[] bytes) throws UnusableInput {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // Kernel logs start with a bracket.
    if (text.stripLeading().startsWith("{")) {
      PlanDocument plan = PlanReader.read(name, bytes);
      return new Picture(name, plan, plan.map());
    }
    byte[] log = bytes;
    if (!text.contains("BIOS-e820:")) {
      String known = XEN_LINE.matcher(text).replaceAll("BIOS-e820: ");
      log = known.equals(text) ? bytes : known.getBytes(StandardCharsets.UTF_8);
    }
    List<MemoryMapEntry> entries = HostReader.readText(name, log).memoryMap();
    if (entries.isEmpty()) {
      throw new UnusableInput(
          List.of(
              new InputProblem(
                  Origin.builtIn(name, ""),
                  "is no plan, and has no memory map of a guest: no BIOS-e820 line, no"
                      + " /proc/iomem")));
    }
    return new Picture(name, null, captured(entries));
  }

  /** The map that a guest or its firmware printed. */
  public static Picture of(String document, List<MemoryMapEntry> entries) {
    return new Picture(document, null, captured(entries));
  }

  /** A plan that was read already. */
  public static Picture of(PlanDocument plan) {
    return new Picture(plan.document(), plan, plan.map());
  }

  private static List<MapEntry> captured(List<MemoryMapEntry> entries) {
    List<GfnRange> ram = new ArrayList<>();
    List<GfnRange> reserved = new ArrayList<>();
    for (MemoryMapEntry entry : entries) {
      // A frame that is RAM in part only cannot be used as such.
      long start = entry.isRam() ? Gfn.ceil(entry.startByte()) : Gfn.floor(entry.startByte());
      long end = entry.isRam() ? Gfn.floor(entry.endByte()) : Gfn.ceil(entry.endByte());
      if (start < end) {
        (entry.isRam() ? ram : reserved).add(new GfnRange(start, end));
      }
    }
    return entries(GfnSet.of(ram).minus(GfnSet.of(reserved)), GfnSet.of(reserved));
  }

  private static List<MapEntry> entries(GfnSet ram, GfnSet reserved) {
    List<MapEntry> map = new ArrayList<>();
    add(map, "low RAM", "ram", ram.within(new GfnRange(0, FOUR_GIB)));
    add(map, "high RAM", "ram", ram.within(new GfnRange(FOUR_GIB, Gfn.LIMIT)));
    add(map, "reserved memory", "reserved", reserved);
    map.sort(null);
    return map;
  }

  private static void add(List<MapEntry> map, String name, String kind, GfnSet frames) {
    Origin origin = Origin.builtIn("e820", name);
    frames.ranges().forEach(range -> map.add(new MapEntry(name, kind, range, origin)));
  }

  /**
   * This, so that it can be compared with a guest's own map. Firmware rearranges the first MiB, and
   * reserves more of its own area below 4 GiB than any plan says; neither is compared.
   *
   * @param plan the plan of the two
   */
  Picture asSeenByGuest(PlanDocument plan) {
    GfnSet ram;
    GfnSet reserved;
    if (this.plan != null) {
      List<GfnRange> usable = new ArrayList<>();
      List<GfnRange> other = new ArrayList<>();
      for (E820Entry entry : this.plan.e820()) {
        boolean isRam = entry.type() == E820Entry.RAM;
        (isRam ? usable : other).add(GfnRange.coveringBytes(entry.startByte(), entry.endByte()));
      }
      ram = GfnSet.of(usable);
      reserved = GfnSet.of(other);
    } else {
      ram = frames("ram");
      reserved = frames("reserved");
    }
    GfnSet firmware = firmware(plan);
    return new Picture(
        document,
        this.plan,
        entries(ram.intersection(COMPARED), reserved.intersection(COMPARED).minus(firmware)));
  }

  private GfnSet frames(String kind) {
    return GfnSet.of(
        map.stream().filter(entry -> entry.kind().equals(kind)).map(MapEntry::range).toList());
  }

  /** Where firmware may reserve what it likes: from its lowest area above 1 MiB up to 4 GiB. */
  private static GfnSet firmware(PlanDocument plan) {
    return plan.map().stream()
        .filter(entry -> entry.kind().equals("firmware"))
        .map(entry -> entry.range().start())
        .filter(start -> start >= LEGACY_END && start < FOUR_GIB)
        .findFirst()
        .map(start -> GfnSet.of(new GfnRange(start, FOUR_GIB)))
        .orElse(GfnSet.empty());
  }
}
