package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads the devices of {@code pci = [...]} as {@code xlu_pci_parse_spec_string} does: an address
 * first or as {@code bdf=}, or else a {@code name=}, then options that all have a value.
 */
final class XlPci {
  private static final Pattern ADDRESS =
      Pattern.compile("((?:[0-9a-fA-F]+:)?[0-9a-fA-F]+:[0-9a-fA-F]+\\.)(\\*|[0-9a-fA-F]+)");
  private static final Pattern SLOT = Pattern.compile("0*[01]?[0-9a-fA-F]");
  private static final Set<String> FLAGS =
      Set.of("permissive", "msitranslate", "seize", "power_mgmt");

  private final XlConfig config;

  XlPci(XlConfig config) {
    this.config = config;
  }

  /** The devices in the order of the file, each function once. */
  List<PciAssignment> devices() {
    Map<PciAddress, PciAssignment> devices = new LinkedHashMap<>();
    for (XlValue.Atom item : config.strings("pci")) {
      PciAssignment device = device(item.text(), config.origin(item));
      if (device == null) {
        continue;
      }
      PciAssignment earlier = devices.put(device.address(), device);
      if (earlier != null) {
        boolean all = device.allFunctions() || earlier.allFunctions();
        devices.put(
            device.address(),
            PciAssignment.of(device.address(), all, device.policies(), device.origin()));
        config.warn(
            "pci-device-twice",
            "device %s is assigned twice, first in %s; its last policy holds"
                .formatted(device.address(), earlier.origin().shortForm()),
            device.origin());
      }
    }
    return new ArrayList<>(devices.values());
  }

  private @Nullable PciAssignment device(String text, Origin origin) {
    Spec spec = new Spec(text, origin);
    spec.read();
    if (spec.broken) {
      return null;
    }
    if (spec.named) {
      config.warn(
          "pci-name-not-queried",
          "a device that is given by name has no address here, and libxl does not look up its"
              + " reserved memory either: `%s`".formatted(text),
          origin);
      return null;
    }
    PciAddress address = spec.address;
    if (address == null) {
      config.problem("`" + text + "` has no device address", origin);
      return null;
    }
    if (spec.allFunctions) {
      config.warn(
          "pci-all-functions",
          "libxl asks for the reserved memory of function 0 only, though `*` assigns all functions"
              + " of %s".formatted(address),
          origin);
    }
    RdmPolicy policy = spec.policy;
    return PciAssignment.of(
        address, spec.allFunctions, policy == null ? null : RdmPolicies.all(policy), origin);
  }

  /** One item of the list, taken apart from left to right. */
  private final class Spec {
    private final String text;
    private final Origin origin;
    private @Nullable PciAddress address;
    private boolean allFunctions;
    private boolean named;
    private boolean broken;
    private @Nullable RdmPolicy policy;

    Spec(String text, Origin origin) {
      this.text = text;
      this.origin = origin;
    }

    void read() {
      String[] parts = text.split(",", -1);
      int first = 0;
      if (!parts[0].contains("=")) {
        positional(parts[0]);
        first = 1;
      }
      // A comma at the end is accepted, an empty option between two commas is not.
      int end =
          parts.length > 1 && parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
      for (int i = first; i < end; i++) {
        option(parts[i]);
      }
      if (named && address != null) {
        problem("a device needs an address or a name, `" + text + "` has both");
      }
    }

    private void positional(String part) {
      int slot = part.indexOf('@');
      address(slot < 0 ? part : part.substring(0, slot));
      if (slot >= 0) {
        slot(part.substring(slot + 1));
      }
    }

    private void option(String part) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        problem(
            FLAGS.contains(part)
                ? "the option `" + part + "` needs a value: `" + part + "=1`"
                : "`" + part + "` is not an option of the form `key=value`");
        return;
      }
      String key = part.substring(0, equals);
      String value = part.substring(equals + 1);
      switch (key) {
        case "bdf" -> address(value);
        case "vslot" -> slot(value);
        case "name" -> named = true;
        case "rdm_policy" -> policy(value);
        default -> {
          if (!FLAGS.contains(key)) {
            problem("`" + key + "` is not an option of a device");
          }
        }
      }
    }

    private void address(String value) {
      Matcher match = ADDRESS.matcher(value);
      PciAddress parsed = null;
      boolean all = false;
      if (match.matches()) {
        all = match.group(2).equals("*");
        parsed = PciAddress.parse(match.group(1) + (all ? "0" : match.group(2)));
      }
      if (parsed == null) {
        String hint =
            value.isBlank() || value.equals(value.strip()) ? "" : ", blanks around it count";
        problem("`" + value + "` is not a device address" + hint);
        return;
      }
      address = parsed;
      allFunctions = all;
    }

    private void slot(String value) {
      if (!SLOT.matcher(value).matches()) {
        problem("`" + value + "` is not a slot from 0 to 1f");
      }
    }

    private void policy(String value) {
      switch (value.toLowerCase(Locale.ROOT)) {
        case "strict" -> policy = RdmPolicy.STRICT;
        case "relaxed" -> policy = RdmPolicy.RELAXED;
        default -> problem("`rdm_policy` must be `strict` or `relaxed`, this is `" + value + "`");
      }
    }

    private void problem(String message) {
      broken = true;
      config.problem(message, origin);
    }
  }
}
