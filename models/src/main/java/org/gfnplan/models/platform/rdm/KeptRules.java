package org.gfnplan.models.platform.rdm;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.KeptRange;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** D9 to D11: ranges kept clear though no device of the guest has reserved memory there. */
public final class KeptRules {
  private static final long FOUR_GIB = 1L << 32;
  private static final long MIB = 1L << 20;

  private KeptRules() {}

  /** Adds them; {@code low} is the RAM that starts at 0. */
  public static void add(
      Draft draft, Scene scene, Region low, List<Region> ram, List<Region> pages) {
    Origin mirror = scene.guest().rdm().mirror();
    if (mirror != null) {
      mirror(draft, scene, mirror, low, ram);
    }
    List<Region> all = new ArrayList<>(ram);
    all.addAll(pages);
    for (KeptRange range : scene.guest().rdm().ranges()) {
      keep(draft, range, all);
    }
  }

  /** A range that the user states. */
  private static void keep(Draft draft, KeptRange range, List<Region> others) {
    GfnRange frames = GfnRange.coveringBytes(range.startByte(), range.endByte());
    Statement there =
        Statement.required(
            "D11",
            "`%s` is the range %s"
                .formatted(range.name(), Sizes.range(range.startByte(), range.endByte())),
            range.origin());
    Region region =
        draft.region("kept range " + range.name(), "rdm", Length.fixed(frames.length()), there);
    draft.rule(new Rule.Pinned(there, region, frames.start()));
    Statement clear =
        new Statement(
            "D12",
            "nothing else lies on the kept range `%s` (%s)"
                .formatted(range.name(), range.policy().word()),
            range.origin(),
            range.policy() == RdmPolicy.STRICT ? Strength.REQUIRED : Strength.preferred(1));
    draft.rule(new Rule.Apart(clear, region, others));
    draft.change(
        clear,
        List.of(
            new Change(
                "range " + range.name(),
                "the range `%s` not kept clear".formatted(range.name()),
                Change.DROP,
                null,
                range.origin(),
                guest ->
                    guest.withRdm(
                        guest
                            .rdm()
                            .withRanges(
                                guest.rdm().ranges().stream()
                                    .filter(other -> !other.name().equals(range.name()))
                                    .toList())))));
  }

  /** What a guest that mirrors the host leaves out besides RDM; none for any other guest. */
  public static List<GfnRange> mirrored(Scene scene) {
    return scene.guest().rdm().mirror() == null
        ? List.of()
        : scene.host().memoryMap().stream()
            .filter(entry -> isMirrored(entry) && !entry.isRam())
            .map(entry -> GfnRange.coveringBytes(entry.startByte(), entry.endByte()))
            .toList();
  }

  /** Below 1 MiB firmware is master in host and guest alike; above 4 GiB there is no hole. */
  private static boolean isMirrored(MemoryMapEntry entry) {
    return entry.startByte() < FOUR_GIB && entry.endByte() > MIB;
  }

  /**
   * What the host's firmware reserved between 1 MiB and 4 GiB holds no RAM, and low RAM ends where
   * the host's does, so that the hole of the guest is at least the host's.
   */
  private static void mirror(
      Draft draft, Scene scene, Origin mirror, Region low, List<Region> ram) {
    long lastRam = 0;
    Origin lastRamOrigin = mirror;
    for (MemoryMapEntry entry : scene.host().memoryMap()) {
      if (!isMirrored(entry)) {
        continue;
      }
      if (entry.isRam()) {
        lastRam = Math.min(entry.endByte(), FOUR_GIB);
        lastRamOrigin = entry.origin();
        continue;
      }
      GfnRange frames = GfnRange.coveringBytes(entry.startByte(), entry.endByte());
      Statement there =
          Statement.required(
              "D10",
              "the host keeps %s to itself"
                  .formatted(Sizes.range(entry.startByte(), entry.endByte())),
              entry.origin());
      Region region =
          draft.region(
              "host reserved 0x%x".formatted(entry.startByte()),
              "rdm",
              Length.fixed(frames.length()),
              there);
      draft.rule(new Rule.Pinned(there, region, frames.start()));
      Statement clear =
          Statement.required(
              "D9",
              "the guest mirrors the host: no RAM lies on what the host keeps at 0x%x"
                  .formatted(entry.startByte()),
              mirror);
      draft.rule(new Rule.Apart(clear, region, ram));
      draft.change(clear, RdmChanges.forMirror(mirror));
    }
    if (lastRam > 0) {
      Statement end =
          Statement.required(
              "D9",
              "the guest mirrors the host: low RAM ends at or below 0x%x, as the host's (%s)"
                  .formatted(lastRam, lastRamOrigin.shortForm()),
              mirror);
      draft.rule(new Rule.Sized(end, low, 0, Gfn.floor(lastRam)));
      draft.change(end, RdmChanges.forMirror(mirror));
    }
  }
}
