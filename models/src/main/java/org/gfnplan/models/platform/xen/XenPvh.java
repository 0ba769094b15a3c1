package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.Widths;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * Xen with a guest of type PVH: a kernel without device model and firmware. Its hole is fixed, and
 * no device can be assigned to it, so its layout has nothing to choose.
 */
public final class XenPvh implements Platform {
  private final XenVersion version;

  /** The platform as {@link XenVersion#DEFAULT} has it. */
  public XenPvh() {
    this(XenVersion.DEFAULT);
  }

  /** The platform as a release has it. */
  public XenPvh(XenVersion version) {
    this.version = version;
  }

  private static final long FOUR_GIB = XenLayout.FOUR_GIB >> Gfn.SHIFT;

  @Override
  public String name() {
    return "xen-pvh";
  }

  @Override
  public List<InputProblem> unusable(Scene scene) {
    List<InputProblem> found = new ArrayList<>(XenScene.unusable(scene, name(), Guest.Type.PVH));
    if (!scene.guest().devices().isEmpty()) {
      found.add(
          new InputProblem(
              scene.guest().devices().get(0).origin(),
              "passthrough not yet supported for x86 PVH guests"));
    }
    return found;
  }

  @Override
  public Model model(Scene scene) {
    Guest guest = scene.guest();
    long ram = guest.memory().ramFrames();
    long lowFrames = Math.min(ram, XenLayout.PVH_LOW_RAM_LIMIT >> Gfn.SHIFT);
    Stated<Long> stated =
        guest.memory().mostKib().isDefault() ? guest.memory().startKib() : guest.memory().mostKib();
    Statement memory =
        Statement.required(
            "R1",
            "the guest has %s of RAM".formatted(Sizes.size(Gfn.toBytes(ram))),
            stated.origin());
    Draft draft = new Draft();
    Region low = draft.region(XenHvmModel.LOW, "ram", new Length(0, ram), memory);
    Region high = draft.region(XenHvmModel.HIGH, "ram", new Length(0, ram), memory);
    Statement hole =
        Statement.required(
            "H5",
            "the hole of a PVH guest starts at 0x%x".formatted(XenLayout.PVH_LOW_RAM_LIMIT),
            Origin.builtIn("libxl_dom.c", "libxl__build_hvm"));
    draft.rule(new Rule.Pinned(memory, low, 0));
    draft.rule(new Rule.Pinned(memory, high, FOUR_GIB));
    draft.rule(new Rule.TotalLength(memory, List.of(low, high), GfnSet.empty(), ram));
    draft.rule(new Rule.Sized(hole, low, lowFrames, lowFrames));
    for (Region region : List.of(low, high)) {
      Widths.of(scene).bound(draft, region);
    }
    XenPmem.refuse(draft, guest);
    return draft.model(List.of());
  }

  @Override
  public Realised realise(Scene scene, Layout layout) {
    Placement low = layout.of(XenHvmModel.LOW);
    Placement high = layout.of(XenHvmModel.HIGH);
    BuilderResult built = LibxlBuilder.build(request(scene));
    long lowEnd = Gfn.toBytes(low.end());
    long highEnd = high.isEmpty() ? 0 : Gfn.toBytes(high.end());
    List<MapEntry> map = new ArrayList<>();
    for (Placement ram : List.of(low, high)) {
      GfnRange range = ram.range();
      if (range != null) {
        map.add(new MapEntry(ram.region().name(), "ram", range, ram.region().statement().origin()));
      }
    }
    FixedArea.PVH_TOP.forEach(area -> map.add(area.entry()));
    map.sort(null);
    List<E820Entry> e820 = new ArrayList<>(built.memoryMap());
    e820.sort(E820Entry.BY_ADDRESS);
    List<String> mismatches = new ArrayList<>();
    if (built.lowmemEnd() != lowEnd || built.highmemEnd() != highEnd) {
      mismatches.add(
          "libxl ends low RAM at 0x%x, the layout at 0x%x".formatted(built.lowmemEnd(), lowEnd));
    }
    if (!VirtualNodes.cover(scene.guest(), built.nodes(), low, high)) {
      mismatches.add("libxl's virtual NUMA nodes do not make up the layout's RAM");
    }
    return new Realised(
        XenSettings.NONE.spelled(),
        lowEnd,
        highEnd,
        map,
        e820,
        built.nodes(),
        List.of(),
        mismatches);
  }

  /** libxl's construct_rdm is not run for a guest without devices and strategy. */
  private static BuilderRequest request(Scene scene) {
    Guest guest = scene.guest();
    return new BuilderRequest(
        Guest.Type.PVH,
        guest.memory().mostKib().value(),
        guest.memory().videoKib().value(),
        0,
        guest.hap().value(),
        guest.rdm().boundaryMib().value() * XenLayout.MIB,
        List.of(),
        XenReplay.nodesKib(guest));
  }

  @Override
  public Settings present(Guest guest) {
    return XenSettings.present(guest).spelled();
  }

  @Override
  public Today today(Scene scene) {
    BuilderResult built = LibxlBuilder.build(request(scene));
    return XenPmem.today(
        scene.guest(),
        new Today(
            Stage.inOrder(List.of(XenConfiguration.stage(scene.guest()), build(built))),
            "the guest starts",
            built.lowmemEnd(),
            built.highmemEnd(),
            List.of(),
            0,
            0,
            true));
  }

  private Stage build(BuilderResult built) {
    String refusal = built.refusal();
    if (refusal != null) {
      List<String> messages = new ArrayList<>(List.of("libxl: %s.".formatted(refusal)));
      messages.addAll(new XenLog(version).cannotBuild());
      return Stage.fails(
          Stage.Name.BUILD, "libxl refuses to build the guest: " + refusal, messages);
    }
    return Stage.ok(
        Stage.Name.BUILD, "low RAM ends at 0x%x".formatted(built.lowmemEnd()), List.of());
  }

  @Override
  public List<Finding> findings(Scene scene) {
    List<Finding> found = new ArrayList<>(XenScene.findings(scene));
    Stated<Integer> hole = scene.guest().mmioHoleMib();
    if (hole != null) {
      found.add(
          new Finding(
              Severity.WARNING,
              "pvh-ignores-mmio-hole",
              "a PVH guest has a fixed hole; `mmio_hole` has no effect",
              hole.origin()));
    }
    if (!scene.guest().rdm().strategy().isDefault()) {
      found.add(
          new Finding(
              Severity.WARNING,
              "pvh-ignores-rdm",
              "no device can be assigned to a PVH guest; `rdm` has no effect",
              scene.guest().rdm().strategy().origin()));
    }
    return found;
  }
}
