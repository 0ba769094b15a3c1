package org.gfnplan.models.platform.ideal;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rdm.KeptRules;
import org.gfnplan.models.platform.rdm.RdmRules;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.IovaRules;
import org.gfnplan.models.platform.rules.Widths;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** A guest on a machine that knows no tool's limits, as a problem. */
final class IdealModel {
  /*
   * RAM is cut into chunks. A chunk starts at 0, at 4 GiB, or right behind something that is
   * pinned. How long it is, is left to the solver; chunks that are not needed stay empty. RAM that
   * goes on behind a BAR is left out, which R4 says: there can be as many such places as BARs.
   */
  static final String RAM = "ram";

  private static final long FOUR_GIB = 1L << (32 - Gfn.SHIFT);

  /** The I/O APIC, the local APIC and the firmware's image lie above this. */
  private static final long CHIPSET = Gfn.floor(0xfec0_0000L);

  /** RAM below 4 GiB ends here on a machine without any device (public hvm/e820.h). */
  private static final long USUAL_END = Gfn.floor(0xf000_0000L);

  private final Scene scene;
  private final Guest guest;
  private final Draft draft = new Draft();
  private final Widths widths;
  private final long ram;
  private final Statement memory;
  private final List<Region> chunks = new ArrayList<>();
  private final List<Region> high = new ArrayList<>();

  private IdealModel(Scene scene) {
    this.scene = scene;
    this.guest = scene.guest();
    this.widths = Widths.of(scene);
    this.ram = guest.memory().ramFrames();
    this.memory =
        Statement.required(
            "R1",
            "the guest has %s of RAM".formatted(Sizes.size(Gfn.toBytes(ram))),
            guest.memory().statedKib().origin());
  }

  static Model of(Scene scene) {
    IdealModel model = new IdealModel(scene);
    List<Region> fixed = new ArrayList<>(model.legacy());
    Region chipset = model.chipset();
    fixed.add(chipset);
    model.cutRam();
    model.placeRam(chipset);
    RdmRules reserved = new RdmRules(model.draft, scene, model.chunks, List.of());
    reserved
        .place(fixed, Origin.builtIn("PC memory map", "fixed areas"))
        .values()
        .forEach(model::withinWidth);
    reserved.protect();
    IovaRules.add(model.draft, scene, false, model.chunks);
    KeptRules.add(model.draft, scene, model.chunks.get(0), model.chunks, List.of());
    return model.draft.model(model.preferences());
  }

  /** What every PC has at the top of 4 GiB, where RAM cannot be. */
  private Region chipset() {
    return fixed("F13", "APICs and firmware", CHIPSET, FOUR_GIB, "Intel SDM volume 3");
  }

  /** What every PC with a BIOS has below 1 MiB, on RAM or instead of it. */
  private List<Region> legacy() {
    if (guest.type() == Guest.Type.PVH) {
      return List.of();
    }
    return List.of(
        fixed("F14", "interrupt vectors", 0, 1, "Intel SDM volume 3"),
        fixed("F14", "video window and BIOS", 0xa0, 0x100, "PC memory map"));
  }

  private Region fixed(String id, String name, long start, long end, String source) {
    Statement there =
        Statement.required(
            id,
            "%s: %s".formatted(name, Sizes.range(Gfn.toBytes(start), Gfn.toBytes(end))),
            Origin.builtIn(source, name));
    Region region = draft.region(name, "firmware", Length.fixed(end - start), there);
    draft.rule(new Rule.Pinned(there, region, start));
    return region;
  }

  /** A chunk for each place where RAM can start. */
  private void cutRam() {
    Statement starts =
        Statement.required(
            "R4",
            "RAM starts at 0, at 4 GiB, or where something fixed ends",
            Origin.builtIn("IdealModel.java", "chunks of RAM"));
    TreeSet<Long> places = new TreeSet<>(List.of(0L, FOUR_GIB));
    pinned().forEach(range -> places.add(range.end()));
    for (long start : places.headSet(Gfn.LIMIT)) {
      Region chunk =
          draft.region(
              "RAM from 0x%x".formatted(Gfn.toBytes(start)),
              RAM,
              new Length(0, Math.min(ram, Gfn.LIMIT - start)),
              memory);
      draft.rule(new Rule.Pinned(starts, chunk, start));
      withinWidth(chunk);
      chunks.add(chunk);
      if (start >= FOUR_GIB) {
        high.add(chunk);
      }
    }
  }

  /** Everything that has its place before RAM is laid around it. */
  private List<GfnRange> pinned() {
    List<GfnRange> found = new ArrayList<>();
    scene.host().reserved().forEach(memoryRange -> found.add(memoryRange.frames()));
    guest
        .rdm()
        .ranges()
        .forEach(range -> found.add(GfnRange.coveringBytes(range.startByte(), range.endByte())));
    found.addAll(IovaRules.ranges(scene, false));
    found.addAll(KeptRules.mirrored(scene));
    return found;
  }

  private void placeRam(Region chipset) {
    draft.rule(new Rule.TotalLength(memory, chunks, GfnSet.empty(), ram));
    for (int i = 0; i < chunks.size(); i++) {
      List<Region> others = new ArrayList<>(chunks.subList(i + 1, chunks.size()));
      others.add(chipset);
      draft.rule(new Rule.Apart(memory, chunks.get(i), others));
    }
  }

  private void withinWidth(Region region) {
    widths.bound(draft, region);
  }

  /** As much low RAM as usual, then as little above 4 GiB as can be. */
  private List<Preference> preferences() {
    List<Edge> edges = chunks.stream().map(Region::end).toList();
    long usual = Math.min(ram, USUAL_END);
    return List.of(
        new Preference.Near(List.of(new Preference.Wish(chunks.get(0).end(), usual))),
        new Preference.Shortest(high),
        new Preference.Whole(edges, 1L << 9));
  }
}
