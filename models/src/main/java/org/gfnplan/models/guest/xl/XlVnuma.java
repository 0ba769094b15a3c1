package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code vnuma = [["pnode=0","size=2048",...], ...]} as {@code parse_vnuma_config} does
 * (xl_parse.c). Only sizes shape the layout; the other options are known and not looked at.
 */
final class XlVnuma {
  private static final int MOST_NODES = 128;
  private static final Pattern MIB = Pattern.compile("[0-9]{1,8}");
  private static final long MOST_MIB = 16L << 20;
  private static final List<String> OTHERS = List.of("pnode", "vcpus", "vdistances");

  private final XlConfig config;
  private final List<NumaNode> nodes = new ArrayList<>();

  XlVnuma(XlConfig config) {
    this.config = config;
    List<XlValue> items = config.items("vnuma");
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
    for (XlValue option : options.items()) {
      String text = option instanceof XlValue.Atom atom ? atom.text() : "";
      int equals = text.indexOf('=');
      String key = equals < 0 ? text : text.substring(0, equals).strip();
      String value = equals < 0 ? "" : text.substring(equals + 1).strip();
      if (key.equals("size") && MIB.matcher(value).matches() && Long.parseLong(value) <= MOST_MIB) {
        mib = Long.parseLong(value);
      } else if (key.equals("size") || equals < 0) {
        config.problem(
            key.equals("size")
                ? "`size` of a node must be from 0 to %d MiB, this is `%s`"
                    .formatted(MOST_MIB, value)
                : "`" + text + "` is not an option of the form `key=value`",
            config.origin(option));
      } else if (!OTHERS.contains(key)) {
        config.warn("vnuma-option-unknown", "xl ignores `" + key + "`", config.origin(option));
      }
    }
    nodes.add(new NumaNode(mib << 10, config.origin(options)));
  }
}
