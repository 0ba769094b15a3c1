package org.gfnplan.models.guest.xl;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/** Reads {@code type} and its predecessor {@code builder}. */
final class XlType {
  private XlType() {}

  /**
   * How the guest boots. HVM together with a problem when it cannot be planned, so that the rest of
   * the file can still be looked at. As in xl, the beginning of a word is enough.
   */
  static Guest.Type read(XlConfig config) {
    Stated<String> type = config.text("type");
    Stated<String> builder = config.text("builder");
    if (type == null && builder == null) {
      if (!config.has("type") && !config.has("builder")) {
        unstated(config);
      }
      return Guest.Type.HVM;
    }
    String byType = type == null ? null : word(config, type, "type", "hvm", "pv", "pvh");
    String byBuilder = builder == null ? null : word(config, builder, "builder", "hvm", "generic");
    if ("generic".equals(byBuilder)) {
      byBuilder = "pv";
    }
    if (byType != null && byBuilder != null && !byType.equals(byBuilder)) {
      config.problem("`builder` and `type` contradict each other", config.originOf("builder"));
    }
    if ("pv".equals(byType) || (byType == null && "pv".equals(byBuilder))) {
      config.problem(
          "PV guests are not covered: they see host frames, not a layout",
          config.originOf(byType == null ? "builder" : "type"));
    }
    return "pvh".equals(byType) ? Guest.Type.PVH : Guest.Type.HVM;
  }

  /**
   * xl starts a PV guest then. A file that also says how to boot one means it; any other was most
   * likely cut short, and its owner wants to know both that and the plan.
   */
  private static void unstated(XlConfig config) {
    if (config.has("kernel") || config.has("bootloader") || config.has("ramdisk")) {
      config.missing(
          "`type` is missing and xl then starts a PV guest, which has no layout to plan; HVM is"
              + " `type = \"hvm\"`");
    } else {
      config.warn(
          "type-missing",
          "`type` is missing and xl then starts a PV guest; it is planned as `type = \"hvm\"`",
          config.document());
    }
  }

  private static @Nullable String word(
      XlConfig config, Stated<String> stated, String key, String... words) {
    for (String word : words) {
      if (word.startsWith(stated.value())) {
        return word;
      }
    }
    config.problem(
        "`%s` must be one of `%s`, this is `%s`"
            .formatted(key, String.join("`, `", words), stated.value()),
        stated.origin());
    return null;
  }
}
