package org.gfnplan.models.guest.xl;

import java.util.Locale;
import java.util.Set;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;

/** Reads which firmware an HVM guest has, and with which device model. */
final class XlFirmware {
  private static final Set<String> KINDS = Set.of("seabios", "ovmf", "rombios");
  private static final Stated<String> DEFAULT =
      Stated.byDefault(
          "seabios", Origin.builtIn("libxl_create.c", "bios defaults to seabios with qemu-xen"));

  private XlFirmware() {}

  /** The firmware, {@code none} for PVH; what libxl refuses is a problem. */
  static Stated<String> read(XlConfig config, Guest.Type type) {
    if (type == Guest.Type.PVH) {
      return Stated.byDefault("none", Origin.builtIn("xl_parse.c", "PVH starts without firmware"));
    }
    deviceModel(config);
    if (config.has("firmware_override")) {
      otherLoader(config, "firmware_override");
    }
    if (config.has("bios_path_override")) {
      config.find(
          Severity.NOTE,
          "other-firmware-image",
          "the size of the image that `bios_path_override` names is not known here",
          config.originOf("bios_path_override"));
    }
    Stated<String> bios = bios(config);
    if (bios.value().equals("rombios")) {
      config.problem("libxl refuses it: qemu-xen does not support bios=rombios", bios.origin());
    }
    return bios;
  }

  /* `firmware` is read after `bios` and wins when it names a firmware. */
  private static Stated<String> bios(XlConfig config) {
    Stated<String> bios = config.text("bios");
    if (bios != null && !KINDS.contains(lower(bios))) {
      config.problem(
          "`bios` must be `seabios` or `ovmf`, this is `" + bios.value() + "`", bios.origin());
      bios = null;
    }
    Stated<String> firmware = config.text("firmware");
    if (firmware != null && KINDS.contains(lower(firmware))) {
      return Stated.by(lower(firmware), firmware.origin());
    }
    if (firmware != null && "uefi".startsWith(firmware.value())) {
      return Stated.by("ovmf", firmware.origin());
    }
    if (firmware != null && !"bios".startsWith(firmware.value())) {
      otherLoader(config, "firmware");
    }
    return bios == null ? DEFAULT : Stated.by(lower(bios), bios.origin());
  }

  private static void otherLoader(XlConfig config, String key) {
    config.warn(
        "other-hvmloader",
        "`" + key + "` replaces hvmloader; the layout is planned for the one that comes with Xen",
        config.originOf(key));
  }

  private static void deviceModel(XlConfig config) {
    Stated<String> version = config.text("device_model_version");
    if (version != null && version.value().equals("qemu-xen-traditional")) {
      config.problem(
          "qemu-xen-traditional is not planned for: Xen 4.21 has it no more, and on 4.17 it puts"
              + " memory elsewhere than `qemu-xen`",
          version.origin());
    } else if (version != null && !version.value().equals("qemu-xen")) {
      config.problem(
          "`device_model_version` must be `qemu-xen`, this is `" + version.value() + "`",
          version.origin());
    }
    if (config.has("device_model")) {
      config.find(
          Severity.NOTE,
          "xl-ignores-device-model",
          "xl ignores `device_model`, it only reads `device_model_override`",
          config.originOf("device_model"));
    }
  }

  private static String lower(Stated<String> text) {
    return text.value().toLowerCase(Locale.ROOT);
  }
}
