package org.gfnplan.models.platform.rdm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.models.platform.rules.Words;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** The D rules: what lies on reserved device memory is its identity mapping and nothing else. */
public final class RdmRules {
  /*
   * A relaxed statement is given up for one piece of reserved memory, not for all that a line
   * covers, so each piece has statements of its own. The three policies of a device are one
   * statement where they agree: then one word of the configuration stands behind it.
   */
  private final Draft draft;
  private final Guest guest;
  private final RdmChanges edits;
  private final List<Region> ram;
  private final List<Region> pages;
  private final List<RdmClaim> claims;
  private final Map<RdmClaim, Region> regions = new LinkedHashMap<>();

  /**
   * Rules of a scene.
   *
   * @param ram the regions of guest RAM
   * @param pages regions that hold pages before devices are assigned
   */
  public RdmRules(Draft draft, Scene scene, List<Region> ram, List<Region> pages) {
    this.draft = draft;
    this.guest = scene.guest();
    this.edits = new RdmChanges(scene);
    this.ram = List.copyOf(ram);
    this.pages = List.copyOf(pages);
    this.claims = RdmClaim.of(scene);
  }

  /**
   * D1: the regions, each where its devices reach it; and D3: apart from {@code later}.
   *
   * @param later regions that hold pages only after devices are assigned, or emulate a device
   * @param source who makes those
   */
  public Map<RdmClaim, Region> place(List<Region> later, Origin source) {
    Statement firmware =
        Statement.required(
            "D3",
            "an identity mapping cannot lie on pages that firmware or the chipset uses",
            source);
    for (RdmClaim claim : claims) {
      GfnRange frames = claim.memory().frames();
      Statement there =
          Statement.required(
              "D1",
              "the %s of %s is reached at %s and nowhere else"
                  .formatted(
                      RdmClaim.word(claim.memory().kind()),
                      Words.owners(claim.memory()),
                      Sizes.range(frames.start() << Gfn.SHIFT, frames.end() << Gfn.SHIFT)),
              claim.memory().origin());
      Region region = draft.region(claim.name(), "rdm", Length.fixed(frames.length()), there);
      draft.change(there, edits.forMemory(claim));
      draft.rule(new Rule.Pinned(there, region, frames.start()));
      if (!later.isEmpty()) {
        draft.rule(new Rule.Apart(firmware, region, later));
      }
      regions.put(claim, region);
    }
    return Collections.unmodifiableMap(regions);
  }

  /** D2 and D8: nothing else lies there; D5 and D6: who shares goes into one guest. */
  public void protect() {
    for (RdmClaim claim : claims) {
      Region region = regions.get(claim);
      if (region != null) {
        keepForHost(claim, region);
        claim.owners().forEach(owner -> keepFor(claim, region, owner));
        claim.later().forEach(device -> keepForLater(claim, region, device));
        keepTogether(claim, region);
      }
    }
  }

  /** All reserved memory of the host, when the guest asks for it and no device is behind it. */
  private void keepForHost(RdmClaim claim, Region region) {
    Origin mirror = guest.rdm().mirror();
    if (mirror != null) {
      Statement all =
          Statement.required(
              "D9",
              "the guest mirrors the host: nothing else lies on %s".formatted(claim.name()),
              mirror);
      draft.rule(new Rule.Apart(all, region, all()));
      draft.change(all, RdmChanges.forMirror(mirror));
    }
    if (!claim.byHost() || !claim.owners().isEmpty()) {
      return;
    }
    RdmPolicy policy = guest.rdm().policy().value();
    Statement all =
        new Statement(
            "D2",
            "nothing else lies on %s, as on all reserved memory of the host (%s)"
                .formatted(claim.name(), policy.word()),
            guest.rdm().strategy().origin(),
            strength(policy));
    draft.rule(new Rule.Apart(all, region, all()));
    draft.change(all, edits.forStrategy());
  }

  private void keepFor(RdmClaim claim, Region region, PciAssignment owner) {
    RdmPolicies policies = RdmClaim.policies(guest, owner);
    if (policies.ram() == policies.p2m()) {
      keep(claim, region, owner, all(), "nothing else lies on", policies.ram());
      return;
    }
    keep(claim, region, owner, ram, "no RAM lies on", policies.ram());
    if (!pages.isEmpty()) {
      keep(claim, region, owner, pages, "no page of another party lies on", policies.p2m());
    }
  }

  private void keep(
      RdmClaim claim,
      Region region,
      PciAssignment owner,
      List<Region> others,
      String what,
      RdmPolicy policy) {
    Statement own =
        new Statement(
            "D2",
            "%s is in the guest and %s its %s (%s)"
                .formatted(Words.device(owner), what, claim.name(), policy.word()),
            owner.origin(),
            strength(policy));
    draft.rule(new Rule.Apart(own, region, others));
    draft.change(own, edits.forPolicy(claim, owner));
  }

  /** A device that may come later is kept room for, unless nothing else gives way. */
  private void keepForLater(RdmClaim claim, Region region, PciAssignment device) {
    RdmPolicies stated = device.policies();
    RdmPolicy policy =
        stated != null && stated.equals(RdmPolicies.STRICT) ? RdmPolicy.STRICT : RdmPolicy.RELAXED;
    Statement room =
        new Statement(
            "D8",
            "%s may be assigned later, so nothing else lies on its %s"
                .formatted(Words.device(device), claim.name()),
            device.origin(),
            strength(policy));
    draft.rule(new Rule.Apart(room, region, all()));
    draft.change(room, List.of(RdmChanges.never(device)));
  }

  private List<Region> all() {
    List<Region> all = new ArrayList<>(ram);
    all.addAll(pages);
    return all;
  }

  private static Strength strength(RdmPolicy policy) {
    return policy == RdmPolicy.STRICT ? Strength.REQUIRED : Strength.preferred(1);
  }

  /** Who shares reserved memory goes into one guest, unless the guest allows sharing. */
  private void keepTogether(RdmClaim claim, Region region) {
    List<DeviceScope> outside = claim.outsiders();
    List<PciAssignment> strict =
        claim.owners().stream()
            .filter(owner -> RdmClaim.policies(guest, owner).sharing() == RdmPolicy.STRICT)
            .toList();
    if (!claim.isShared() || outside.isEmpty() || strict.isEmpty()) {
      return;
    }
    GfnRange frames = claim.memory().frames();
    Statement also =
        Statement.required(
            "D5",
            "%s reaches %s too and is not in the guest"
                .formatted(Words.scopes(outside), claim.name()),
            claim.memory().origin());
    Region shared =
        draft.region(
            "%s outside the guest (%s)".formatted(Words.scopes(outside), claim.name()),
            "rdm",
            Length.fixed(frames.length()),
            also);
    draft.rule(new Rule.Pinned(also, shared, frames.start()));
    draft.change(also, edits.forOutsiders(outside, strict.get(0)));
    for (PciAssignment owner : strict) {
      Statement alone =
          Statement.required(
              "D6",
              "%s shares no reserved memory with a device outside the guest (strict)"
                  .formatted(Words.device(owner)),
              owner.origin());
      draft.rule(new Rule.Apart(alone, region, List.of(shared)));
      draft.change(alone, RdmChanges.forSharing(claim, owner));
    }
  }
}
