package org.gfnplan.models.guest.xl;

import org.gfnplan.models.guest.Guest.RdmStrategy;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;

/** Reads {@code rdm = "strategy=host,policy=..."} as its writer meant it, and says what xl does. */
final class XlRdm {
  private final XlConfig config;
  private Stated<RdmStrategy> strategy =
      Stated.byDefault(
          RdmStrategy.IGNORE, Origin.builtIn("libxl_types.idl", "rdm strategy defaults to ignore"));
  private Stated<RdmPolicy> policy =
      Stated.byDefault(
          RdmPolicy.RELAXED, Origin.builtIn("libxl_create.c", "rdm policy defaults to relaxed"));

  XlRdm(XlConfig config) {
    this.config = config;
    Stated<String> text = config.text("rdm");
    if (text != null) {
      read(text.value(), text.origin());
    }
  }

  Stated<RdmStrategy> strategy() {
    return strategy;
  }

  Stated<RdmPolicy> policy() {
    return policy;
  }

  private void read(String text, Origin origin) {
    boolean hasPolicy = false;
    for (String option : text.split(",", -1)) {
      String word = option.strip();
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      switch (key) {
        case "strategy" -> strategy(value, origin);
        case "policy" -> {
          hasPolicy = true;
          policy(value, origin);
        }
        default -> config.problem("`" + word + "` is not `strategy=` or `policy=`", origin);
      }
    }
    if (hasPolicy || text.matches(".*\\s.*") || !text.contains("host")) {
      config.warn(
          "xl-ignores-rdm-line",
          "xl 4.15 and later reads this line as an error and goes on without it, so the guest"
              + " starts with strategy=ignore; it is planned as it was meant",
          origin);
    } else {
      config.warn(
          "xl-leaves-rdm-policy-unset",
          "without `policy=` xl uses whatever policy its memory holds; relaxed is planned",
          origin);
    }
  }

  private void strategy(String value, Origin origin) {
    switch (value) {
      case "host" -> strategy = Stated.by(RdmStrategy.HOST, origin);
      case "ignore" -> strategy = Stated.by(RdmStrategy.IGNORE, origin);
      default -> config.problem("`strategy` must be `host`, this is `" + value + "`", origin);
    }
  }

  private void policy(String value, Origin origin) {
    switch (value) {
      case "strict" -> policy = Stated.by(RdmPolicy.STRICT, origin);
      case "relaxed" -> policy = Stated.by(RdmPolicy.RELAXED, origin);
      default ->
          config.problem("`policy` must be `strict` or `relaxed`, this is `" + value + "`", origin);
    }
  }
}
