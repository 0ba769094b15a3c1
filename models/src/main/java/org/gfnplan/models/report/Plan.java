package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.pmem.PmemMapping;
import org.gfnplan.solver.answer.Answer;
import org.gfnplan.solver.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is reported about a guest on a host.
 *
 * @param platform the platform it was planned for
 * @param engine who decided
 * @param scene the guest and its host
 * @param present the settings that the guest states already
 * @param problem what was asked
 * @param answer the checked answer
 * @param proven whether the layout is the closest one; true for a conflict
 * @param realised how a layout is reached; null without one
 * @param today what happens with the guest's present settings
 * @param repairs changes that were planned and checked, cheapest first; only for a conflict
 * @param ideally how the same guest ends where no tool sets limits; null unless it is a conflict
 *     here, and there is a tool
 * @param findings what else a user should know
 */
public record Plan(
    String platform,
    String engine,
    Scene scene,
    Settings present,
    Problem problem,
    Answer answer,
    boolean proven,
    @Nullable Realised realised,
    Today today,
    List<Repair> repairs,
    @Nullable Verdict ideally,
    List<Finding> findings) {
  public Plan {
    repairs = List.copyOf(repairs);
    findings = List.copyOf(findings);
  }

  /** What differs between the guest and its repaired form. */
  public GuestDiff difference(Repair repair) {
    return GuestDiff.of(scene.guest(), present, repair.guest(), repair.realised().settings());
  }

  /** How the layout's windows of persistent memory are mapped; none without a layout. */
  public List<PmemMapping> pmem() {
    return realised == null ? List.of() : PmemMapping.of(scene, realised.map());
  }

  /** The guest's virtual NUMA nodes in order; none without a layout, or where none are planned. */
  public List<VirtualNode> nodes() {
    return realised == null || realised.nodes().isEmpty()
        ? List.of()
        : VirtualNode.of(scene.guest(), realised.nodes());
  }

  /** How it ended. */
  public Verdict verdict() {
    return Verdict.of(answer);
  }
}
