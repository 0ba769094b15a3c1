package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code vnuma = [["pnode=0","size=2048",...], ...]} as {@code parse_vnuma_config} does
 * (xl_parse.c), with the checks of {@code libxl__vnuma_config_check} (libxl_vnuma.c) that need no
 * host. Only sizes shape the layout; the other options are kept for who writes the guest down.
 */
final class XlVnuma {
  private static final int MOST_NODES = 128;
  private static final long MOST_MIB = 16L << 20;
  private static final long MOST_PHYSICAL = 63;
  private static final long MOST_DISTANCE = 255;
  private static final int MOST_VCPUS = 512;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,8})(?:-([0-9]{1,8}))?");

  private final XlConfig config;
  private final List<NumaNode> nodes = new ArrayList<>();
  private final BitSet taken = new BitSet();
  private final int count;

  XlVnuma(XlConfig config) {
    this.config = config;
    List<XlValue> items = config.items("vnuma");
    count = items.size();
    if (items.size() > MOST_NODES) {
      config.problem("`vnuma` has more than " + MOST_NODES + " nodes", config.originOf("vnuma"));
      return;
    }
    for (XlValue item : items) {
      if (item instanceof XlValue.Items options) {
        node(options);
      } else {
        config.problem("each of `vnuma` must be a list of options", config.origin(item));
      }
    }
  }

  /** The nodes in order. */
  List<NumaNode> nodes() {
    return nodes;
  }

  /** What all nodes have together, which xl takes for {@code maxmem}; null without nodes. */
  @Nullable Stated<Long> sumKib() {
    return nodes.isEmpty()
        ? null
        : Stated.by(nodes.stream().mapToLong(NumaNode::kib).sum(), config.originOf("vnuma"));
  }

  private void node(XlValue.Items options) {
    long mib = 0;
    Integer physical = null;
    String vcpus = null;
    List<Integer> distances = List.of();
    for (XlValue option : options.items()) {
      String text = option instanceof XlValue.Atom atom ? atom.text() : "";
      int equals = text.indexOf('=');
      String key = equals < 0 ? text : text.substring(0, equals).strip();
      String value = equals < 0 ? "" : text.substring(equals + 1).strip();
      Origin line = config.origin(option);
      if (equals < 0) {
        config.problem("`" + text + "` is not an option of the form `key=value`", line);
        continue;
      }
      switch (key) {
        case "size" -> mib = number(key, value, MOST_MIB, " MiB", line);
        case "pnode" -> physical = (int) number(key, value, MOST_PHYSICAL, "", line);
        case "vcpus" -> vcpus = (vcpus == null ? "" : vcpus + ",") + vcpus(value, line);
        case "vdistances" -> distances = distances(value, line);
        default -> config.warn("vnuma-option-unknown", "xl ignores `" + key + "`", line);
      }
    }
    nodes.add(new NumaNode(mib << 10, physical, vcpus, distances, config.origin(options)));
  }

  /** The number, or 0 where there is a problem. */
  private long number(String key, String value, long most, String unit, Origin line) {
    if (NUMBER.matcher(value).matches() && Long.parseLong(value) <= most) {
      return Long.parseLong(value);
    }
    config.problem(
        "`%s` of a node must be from 0 to %d%s, this is `%s`".formatted(key, most, unit, value),
        line);
    return 0;
  }

  /** The words for vCPUs that no node had yet; empty where there is a problem. */
  private String vcpus(String value, Origin line) {
    List<String> parts = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      long first = range.matches() ? Long.parseLong(range.group(1)) : 1;
      long last =
          range.matches() && range.group(2) != null ? Long.parseLong(range.group(2)) : first;
      if (!range.matches() || first > last || last >= MOST_VCPUS) {
        config.problem(
            "`vcpus` of a node must be numbers and ranges from 0 to %d, this is `%s`"
                .formatted(MOST_VCPUS - 1, value),
            line);
        return "";
      }
      for (int vcpu = (int) first; vcpu <= last; vcpu++) {
        if (taken.get(vcpu)) {
          config.problem(
              "libxl refuses a vCPU that is assigned more than once, here %d".formatted(vcpu),
              line);
          return "";
        }
        taken.set(vcpu);
      }
      parts.add(part.strip());
    }
    return String.join(",", parts);
  }

  private List<Integer> distances(String value, Origin line) {
    List<Integer> distances = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      distances.add((int) number("vdistances", part.strip(), MOST_DISTANCE, "", line));
    }
    if (distances.size() > count) {
      config.problem(
          "`vdistances` has %d distances, there are %d nodes".formatted(distances.size(), count),
          line);
      return List.of();
    }
    int own = nodes.size();
    for (int node = 0; node < count; node++) {
      if (at(distances, own) > at(distances, node)) {
        config.problem(
            "libxl refuses it: Distance from %d to %d smaller than %d's local distance"
                .formatted(own, node, own),
            line);
        return List.of();
      }
    }
    return distances;
  }

  /* xl leaves a distance that is not there at 0. */
  private static int at(List<Integer> distances, int node) {
    return node < distances.size() ? distances.get(node) : 0;
  }
}
