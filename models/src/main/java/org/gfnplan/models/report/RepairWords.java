package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Setting;

/** A repair as a sentence. */
public final class RepairWords {
  private RepairWords() {}

  /** What to change, joined by "and"; a value that was left to the planner is named. */
  public static String title(Plan plan, Repair repair) {
    GuestDiff diff = plan.difference(repair);
    List<String> parts = new ArrayList<>();
    for (Change change : repair.changes()) {
      Setting value = diff.get(change.key());
      if (value == null) {
        parts.add(change.title());
        continue;
      }
      parts.add(
          value.spelling().isEmpty()
              ? "`%s` left out".formatted(value.key())
              : "`%s`".formatted(value.spelling()));
      if (change.key().equals("memory")) {
        for (String along : List.of("maxmem", "vnuma")) {
          Setting other = diff.get(along);
          if (other != null) {
            parts.add("`%s`".formatted(other.spelling()));
          }
        }
      }
    }
    return String.join(" and ", parts);
  }

  /** Settings that the repaired guest needs besides those the user has. */
  public static List<String> furtherSettings(Plan plan, Repair repair) {
    List<String> found = new ArrayList<>();
    for (Setting setting : repair.realised().settings().without(plan.present()).all()) {
      String device = setting.of();
      boolean named =
          device == null
              ? repair.changes().stream().anyMatch(change -> change.key().equals(setting.key()))
              : repair.guest().devices().stream()
                  .anyMatch(
                      changed ->
                          changed.spelling().equals(device)
                              && changed.policies() != null
                              && changed.policies().flag().word().equals(setting.value()));
      if (!named) {
        found.add(setting.words());
      }
    }
    return found;
  }
}
