package org.gfnplan.models.guest.xl;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.input.Spelling;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Looks for settings that do not go together, and for keys that xl does not know. */
final class XlChecks {
  private static final Set<String> PASSTHROUGH =
      Set.of("default", "disabled", "enabled", "sync_pt", "share_pt");

  private final XlConfig config;
  private final Guest.Type type;

  private XlChecks(XlConfig config, Guest.Type type) {
    this.config = config;
    this.type = type;
  }

  static void run(
      XlConfig config,
      Guest.Type type,
      XlMemory memory,
      Stated<Boolean> hap,
      List<PciAssignment> devices) {
    XlChecks checks = new XlChecks(config, type);
    // A device by name is in no list of addresses, but it is assigned.
    boolean assigned = !devices.isEmpty() || !config.strings("pci").isEmpty();
    checks.passthrough(memory, hap, assigned);
    checks.unplanned();
    checks.misspelt();
  }

  /** Whether devices can be given to the guest later, or null when the file leaves it to libxl. */
  static @Nullable Stated<Boolean> passthrough(XlConfig config) {
    Stated<String> stated = config.text("passthrough");
    String mode = stated == null ? "default" : stated.value().toLowerCase(Locale.ROOT);
    return stated == null || mode.equals("default")
        ? null
        : Stated.by(!mode.equals("disabled"), stated.origin());
  }

  private void passthrough(XlMemory memory, Stated<Boolean> hap, boolean assigned) {
    Stated<String> stated = config.text("passthrough");
    String mode = stated == null ? "default" : stated.value().toLowerCase(Locale.ROOT);
    if (stated != null && !PASSTHROUGH.contains(mode)) {
      config.problem("unknown passthrough option '" + stated.value() + "'", stated.origin());
      return;
    }
    boolean on = mode.equals("default") ? assigned : !mode.equals("disabled");
    Origin reason = config.originOf(assigned ? "pci" : "passthrough");
    if (assigned && mode.equals("disabled")) {
      config.problem(
          "libxl refuses it: passthrough disabled but devices are specified",
          config.originOf("passthrough"));
    }
    if (on && type == Guest.Type.PVH) {
      config.problem("libxl refuses it: passthrough not yet supported for x86 PVH guests", reason);
    }
    if (mode.equals("share_pt") && !hap.value()) {
      config.problem(
          "libxl refuses it: passthrough=\"share_pt\" only valid for HAP guests",
          config.originOf("passthrough"));
    }
    Stated<Long> start = memory.memoryKib();
    Stated<Long> most = memory.maxMemoryKib();
    if (on && start != null && most != null && start.value() < most.value()) {
      config.problem(
          "libxl refuses it: `memory` below `maxmem` means populate on demand, which does not go"
              + " together with passthrough",
          start.isDefault() ? most.origin() : start.origin());
    }
  }

  private void unplanned() {
    if (config.has("iomem") && !config.strings("iomem").isEmpty()) {
      config.warn(
          "iomem-not-planned",
          "the frames that `iomem` maps into the guest are not planned",
          config.originOf("iomem"));
    }
  }

  private void misspelt() {
    for (String name : config.names()) {
      if (XlKeys.ALL.contains(name)) {
        continue;
      }
      String nearest = Spelling.nearest(name, XlKeys.LAYOUT);
      if (nearest != null) {
        config.warn(
            "unknown-key-like-known",
            "xl ignores `%s`, which it does not know; `%s` shapes the layout"
                .formatted(name, nearest),
            config.originOf(name));
      }
    }
  }
}
