package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmPolicy;
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
            case "memory" -> memory(diff);
            default -> change.title();
          });
    }
    return String.join(" and ", parts);
  }

  private static String memory(GuestDiff diff) {
    return diff.maxMemoryMib() == null
        ? "`memory = %d`".formatted(diff.memoryMib())
        : "`memory = %d` and `maxmem = %d`".formatted(diff.memoryMib(), diff.maxMemoryMib());
  }

  private static String setting(String key, @Nullable Number value) {
    return value == null || value.longValue() == 0
        ? "`%s` left out".formatted(key)
        : "`%s = %d`".formatted(key, value.longValue());
  }

  /** Settings that the repaired guest needs besides those the user has, as xl spells them. */
  public static List<String> furtherSettings(Guest before, Repair repair) {
    Settings settings = repair.realised().settings().beyond(before);
    List<String> found = new ArrayList<>();
    Integer hole = settings.mmioHoleMib();
    if (hole != null && !names(repair, "mmio_hole")) {
      found.add("mmio_hole = " + hole);
    }
    Long boundary = settings.rdmBoundaryMib();
    if (boundary != null && !names(repair, "rdm_mem_boundary")) {
      found.add("rdm_mem_boundary = " + boundary);
    }
    for (Map.Entry<String, RdmPolicy> device : settings.devicePolicies().entrySet()) {
      boolean named =
          repair.guest().devices().stream()
              .anyMatch(
                  changed ->
                      changed.spelling().equals(device.getKey())
                          && changed.policy() == device.getValue());
      if (!named) {
        found.add("rdm_policy=%s for %s".formatted(device.getValue().word(), device.getKey()));
      }
    }
    return found;
  }

  private static boolean names(Repair repair, String key) {
    return repair.changes().stream().anyMatch(change -> change.key().equals(key));
  }
}
