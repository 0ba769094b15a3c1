package org.gfnplan.models.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Settings that make today's programs arrive at a layout. What is not among them keeps its default.
 *
 * @param where where a user sets them, {@code xl.cfg}; empty when there is no tool to set
 * @param all each thing once, in a fixed order
 */
public record Settings(String where, List<Setting> all) {
  public Settings {
    all = List.copyOf(all);
  }

  /** These settings less those that are there already with the same value. */
  public Settings without(Settings present) {
    return new Settings(
        where,
        all.stream()
            .filter(
                setting ->
                    present.all.stream()
                        .noneMatch(
                            old -> old.isAbout(setting) && old.value().equals(setting.value())))
            .toList());
  }

  /** The setting of the guest with this key, or null. */
  public @Nullable Setting get(String key) {
    return all.stream()
        .filter(setting -> setting.of() == null && setting.key().equals(key))
        .findFirst()
        .orElse(null);
  }

  /** The value of the setting with this key of a device, as configurations name it, or null. */
  public @Nullable Object get(String key, String device) {
    return all.stream()
        .filter(setting -> device.equals(setting.of()) && setting.key().equals(key))
        .map(Setting::value)
        .findFirst()
        .orElse(null);
  }

  /** Whether the defaults are enough. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** How a user writes them down; devices that get the same word share a line. */
  public List<String> lines() {
    Map<String, StringJoiner> lines = new LinkedHashMap<>();
    for (Setting setting : all) {
      String device = setting.of();
      if (device == null || !setting.isOption()) {
        lines.put(setting.spelling(), new StringJoiner(", ", setting.spelling(), ""));
      } else {
        lines
            .computeIfAbsent(
                setting.spelling(),
                spelling -> new StringJoiner(", ", "pci: add `" + spelling + "` to ", ""))
            .add(device);
      }
    }
    return lines.values().stream().map(StringJoiner::toString).toList();
  }
}
