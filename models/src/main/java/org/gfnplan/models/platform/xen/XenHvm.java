package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Xen with a guest of type HVM, hvmloader and qemu-xen. */
public final class XenHvm implements Platform {
  private final XenVersion version;

  /** The platform as {@link XenVersion#DEFAULT} has it. */
  public XenHvm() {
    this(XenVersion.DEFAULT);
  }

  /** The platform as a release has it. */
  public XenHvm(XenVersion version) {
    this.version = version;
  }

  @Override
  public String name() {
    return "xen-hvm";
  }

  @Override
  public List<InputProblem> unusable(Scene scene) {
    return XenScene.unusable(scene, name(), Guest.Type.HVM);
  }

  @Override
  public Model model(Scene scene) {
    return XenHvmModel.of(scene);
  }

  @Override
  public Realised realise(Scene scene, Layout layout) {
    Placement low = layout.of(XenHvmModel.LOW);
    Placement high = layout.of(XenHvmModel.HIGH);
    XenSettings settings = settings(scene, low);
    Scene set = scene.with(XenReplay.apply(scene.guest(), settings));
    BuilderRequest request = XenReplay.request(set);
    BuilderResult built = LibxlBuilder.build(request);
    long lowEnd = Gfn.toBytes(low.end());
    long highEnd = high.isEmpty() ? 0 : Gfn.toBytes(high.end());
    XenFirmware firmware = built.isBuilt() ? XenFirmware.run(set, built) : null;
    List<E820Entry> e820 = new ArrayList<>(built.memoryMap());
    e820.sort(E820Entry.BY_ADDRESS);
    return new Realised(
        settings.spelled(),
        lowEnd,
        highEnd,
        firmware == null ? List.of() : XenMap.of(set, layout, firmware),
        e820,
        built.nodes(),
        firmware == null ? List.of() : XenAdvice.of(scene.guest(), built, firmware.result()),
        mismatches(set, low, high, request, built, firmware));
  }

  private static XenSettings settings(Scene scene, Placement low) {
    Guest guest = scene.guest();
    int chosen = XenBars.of(scene).hole(Gfn.toBytes(low.end()));
    Integer hole = guest.mmioHoleMib() != null || chosen > 0 ? chosen : null;
    Long boundary =
        guest.rdm().boundaryMib().isDefault() ? null : guest.rdm().boundaryMib().value();
    TreeMap<String, RdmPolicy> policies = new TreeMap<>();
    for (RdmClaim claim : RdmClaim.of(scene)) {
      GfnRange frames = claim.memory().frames();
      long startMib = (Gfn.toBytes(frames.start()) + XenLayout.MIB - 1) / XenLayout.MIB;
      long limit = boundary == null ? guest.rdm().boundaryMib().value() : boundary;
      if (claim.isToldOf() && frames.start() < low.end() && startMib > limit) {
        boundary = startMib;
      }
      if (claim.isShared() && claim.outsiders().isEmpty()) {
        for (PciAssignment owner : claim.owners()) {
          if (RdmClaim.policy(guest, owner) == RdmPolicy.STRICT) {
            policies.put(owner.spelling(), RdmPolicy.RELAXED);
          }
        }
      }
    }
    for (PciAssignment device : guest.devices()) {
      // xl drops the global policy and knows one word for three, so each device has to say it.
      RdmPolicies own = device.policies();
      if ((own == null || !own.isUniform())
          && RdmClaim.policy(guest, device) == RdmPolicy.RELAXED) {
        policies.put(device.spelling(), RdmPolicy.RELAXED);
      }
    }
    return new XenSettings(hole, boundary, policies, XenSettings.needsPassthrough(guest));
  }

  private static List<String> mismatches(
      Scene set,
      Placement low,
      Placement high,
      BuilderRequest request,
      BuilderResult built,
      @Nullable XenFirmware firmware) {
    List<String> found = new ArrayList<>();
    if (firmware == null) {
      found.add("libxl refuses the guest: " + built.refusal());
      return found;
    }
    long highEnd = high.isEmpty() ? 0 : Gfn.toBytes(high.end());
    if (built.lowmemEnd() != Gfn.toBytes(low.end()) || built.highmemEnd() != highEnd) {
      found.add(
          "libxl ends low RAM at 0x%x and high RAM at 0x%x, the layout at 0x%x and 0x%x"
              .formatted(built.lowmemEnd(), built.highmemEnd(), Gfn.toBytes(low.end()), highEnd));
    }
    if (!VirtualNodes.cover(set.guest(), built.nodes(), low, high)) {
      found.add("libxl's virtual NUMA nodes do not make up the layout's RAM");
    }
    BuilderResult dropped =
        LibxlBuilder.build(XenReplay.request(set.with(XenReplay.asXlReadsIt(set.guest()))));
    if (dropped.lowmemEnd() != built.lowmemEnd() || dropped.highmemEnd() != built.highmemEnd()) {
      found.add("RAM lies elsewhere when xl drops the rdm line");
    }
    found.addAll(firmware.complaints());
    if (!QemuView.of(request).agreesWith(built)) {
      found.add("QEMU does not believe RAM to be where libxl puts it");
    }
    TreeSet<Long> covered = new TreeSet<>();
    for (RdmClaim claim : RdmClaim.of(set)) {
      GfnRange frames = claim.memory().frames();
      boolean listed = claim.byHost() || claim.owners().stream().anyMatch(claim::isAskedForBy);
      if (listed && (overlaps(frames, low) || overlaps(frames, high))) {
        covered.add(Gfn.toBytes(frames.start()));
      }
    }
    TreeSet<Long> masked = new TreeSet<>();
    built.masked().forEach(rdm -> masked.add(rdm.startByte()));
    if (!covered.equals(masked)) {
      found.add("libxl leaves out other reserved memory than the layout does");
    }
    return found;
  }

  private static boolean overlaps(GfnRange frames, Placement ram) {
    return !ram.isEmpty() && frames.start() < ram.end() && ram.start() < frames.end();
  }

  @Override
  public Settings present(Guest guest) {
    return XenSettings.present(guest).spelled();
  }

  @Override
  public Today today(Scene scene) {
    return XenPmem.today(scene.guest(), XenToday.of(scene, version));
  }

  @Override
  public List<Finding> findings(Scene scene) {
    return XenScene.findings(scene);
  }
}
