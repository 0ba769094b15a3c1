package org.gfnplan.cli.planning;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.edit.GuestEdit;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.GuestDiff;
import org.gfnplan.models.report.Repair;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/**
 * Repairs as diffs of the text that the guest was read from. A changed text is read and planned
 * again; unless it asks for the repaired guest and its settings lead to the repair's layout, the
 * repair stays one in words.
 */
final class RepairDiffs {
  private static final String STANDARD_INPUT = "<stdin>";

  private final Planner planner;
  private final Scene scene;
  private final Platform platform;

  RepairDiffs(Planner planner, Scene scene, Platform platform) {
    this.planner = planner;
    this.scene = scene;
    this.platform = platform;
  }

  /** The repair with its diff where there is one. */
  Repair with(Repair repair) {
    SourceText text = scene.text();
    if (text == null) {
      return repair;
    }
    GuestDiff difference =
        GuestDiff.of(
            scene.guest(),
            platform.present(scene.guest()),
            repair.guest(),
            repair.realised().settings());
    String changed = GuestEdit.changed(text, scene.guest(), repair.guest(), difference);
    if (changed == null || !isRepaired(text.name(), changed, repair)) {
      return repair;
    }
    String name = text.name().equals(STANDARD_INPUT) ? "-" : text.name();
    return repair.with(GuestEdit.unified(name, text.content(), changed));
  }

  private boolean isRepaired(String name, String changed, Repair repair) {
    Guest again = read(name, changed);
    if (again == null || !GuestEdit.isSame(again, repair.guest(), repair.realised().settings())) {
      return false;
    }
    Scene changedScene = scene.with(again);
    Platform there = planner.platform(again, scene.guest(), platform);
    if (!there.unusable(changedScene).isEmpty()) {
      return false;
    }
    Realised realised = planner.attempt(changedScene, there).realised();
    return realised != null
        && places(realised).equals(places(repair.realised()))
        && realised.settings().without(there.present(again)).isEmpty();
  }

  private static @Nullable Guest read(String name, String text) {
    try {
      return GuestReader.read(name, text.getBytes(StandardCharsets.UTF_8));
    } catch (UnusableInput unusable) {
      return null;
    }
  }

  private static List<Place> places(Realised realised) {
    return realised.map().stream()
        .map(entry -> new Place(entry.name(), entry.kind(), entry.range()))
        .toList();
  }

  /**
   * An entry of a map without where it comes from.
   *
   * @param name what lies there
   * @param kind what kind of thing that is
   * @param range where
   */
  private record Place(String name, String kind, GfnRange range) {}
}
