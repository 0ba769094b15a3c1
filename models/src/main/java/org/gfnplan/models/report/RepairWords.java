package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Settings;
import org.jspecify.annotations.Nullable;

/** A repair as a sentence. */
public final class RepairWords {
  private RepairWords() {}

  /** What to change, joined by "and"; a value that was left to the planner is named. */
  public static String title(Guest before, Repair repair) {
    GuestDiff diff = GuestDiff.of(before, repair.guest(), repair.realised().settings());
    List<String> parts = new ArrayList<>();
    for (Change change : repair.changes()) {
      parts.add(
          switch (change.key()) {
            case "mmio_hole" -> setting("mmio_hole", diff.mmioHoleMib());
            case "rdm_mem_boundary" -> setting("rdm_mem_boundary", diff.rdmBoundaryMib());
            default -> change.title();
          });
    }
    return String.join(" and ", parts);
  }

  private static String setting(String key, @Nullable Number value) {
    return value == null || value.longValue() == 0
        ? "`%s` left out".formatted(key)
        : "`%s = %d`".formatted(key, value.longValue());
  }

  /** Settings that the repaired guest needs besides those the user has, as xl spells them. */
  public static List<String> furtherSettings(Guest before, Repair repair) {
    Settings settings = repair.realised().settings();
    List<String> found = new ArrayList<>();
    boolean holeNamed = names(repair, "mmio_hole");
    Integer hole = settings.mmioHoleMib();
    Integer stated = before.mmioHoleMib() == null ? null : before.mmioHoleMib().value();
    if (hole != null && !holeNamed && !Objects.equals(hole, stated)) {
      found.add("mmio_hole = " + hole);
    }
    Long boundary = settings.rdmBoundaryMib();
    if (boundary != null
        && !names(repair, "rdm_mem_boundary")
        && !boundary.equals(before.rdmBoundaryMib().value())) {
      found.add("rdm_mem_boundary = " + boundary);
    }
    for (PciAddress device : settings.devicePolicies().keySet()) {
      RdmPolicy policy = Objects.requireNonNull(settings.devicePolicies().get(device));
      found.add("rdm_policy=%s for %s".formatted(policy.word(), device));
    }
    return found;
  }

  private static boolean names(Repair repair, String key) {
    return repair.changes().stream().anyMatch(change -> change.key().equals(key));
  }
}
