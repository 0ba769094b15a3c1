package org.gfnplan.models.guest.xl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an xl.cfg file by name, as xl would look them up: the last assignment holds, and
 * {@code +=} appends to the one before.
 *
 * <p>A value of the wrong type is a problem here. xl prints a warning and goes on without the
 * value, which gives a guest that nobody asked for.
 */
final class XlConfig {
  /* strtol with base 0. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[ \\t\\n\\r\\f\\x0b]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))");

  /* The pieces are joined when they are asked for: many += would otherwise copy without end. */
  private record Setting(List<XlValue> pieces) {
    XlValue last() {
      return pieces.get(pieces.size() - 1);
    }
  }

  private final SourceText source;
  private final List<InputProblem> problems;
  private final List<Finding> findings;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final boolean broken;

  /** Reads a file; what is wrong or odd goes to the lists. */
  XlConfig(SourceText source, List<InputProblem> problems, List<Finding> findings) {
    this.source = source;
    this.problems = problems;
    this.findings = findings;
    int before = problems.size();
    new XlParser(source, problems).assignments().forEach(this::store);
    this.broken = problems.size() > before;
  }

  private void store(XlParser.Assignment assignment) {
    String name = assignment.name();
    XlValue value = assignment.value();
    Setting earlier = settings.get(name);
    if (earlier != null && assignment.adds()) {
      if (earlier.last() instanceof XlValue.Items == value instanceof XlValue.Items) {
        earlier.pieces().add(value);
      } else {
        problem("`" + name + "` cannot be both a list and a single value", origin(value));
      }
      return;
    }
    if (earlier != null) {
      warn(
          "duplicate-key",
          "`%s` was assigned before, in line %d; xl uses the last value"
              .formatted(name, earlier.last().line()),
          origin(value));
    }
    settings.put(name, new Setting(new ArrayList<>(List.of(value))));
  }

  /** The names that are assigned, in the order of the file. */
  Set<String> names() {
    return settings.keySet();
  }

  boolean has(String name) {
    return settings.containsKey(name);
  }

  /** The line that assigns {@code name}, else the file. */
  Origin originOf(String name) {
    Setting setting = settings.get(name);
    return setting == null ? source.whole() : origin(setting.last());
  }

  Origin origin(XlValue value) {
    return source.origin(value.line());
  }

  @Nullable Stated<String> text(String name) {
    Setting setting = settings.get(name);
    if (setting == null) {
      return null;
    }
    if (setting.last() instanceof XlValue.Atom) {
      StringBuilder text = new StringBuilder();
      for (XlValue piece : setting.pieces()) {
        text.append(((XlValue.Atom) piece).text());
      }
      return Stated.by(text.toString(), origin(setting.last()));
    }
    problem("`" + name + "` must be a single value, this is a list", origin(setting.last()));
    return null;
  }

  @Nullable Stated<Long> number(String name) {
    Stated<String> text = text(name);
    if (text == null) {
      return null;
    }
    Setting setting = settings.get(name);
    if (setting != null && setting.pieces().size() > 1) {
      problem("`" + name + "` is a number, xl cannot use += with it", text.origin());
      return null;
    }
    Long number = number(text.value(), name, text.origin());
    return number == null ? null : Stated.by(number, text.origin());
  }

  private @Nullable Long number(String text, String name, Origin origin) {
    Matcher match = NUMBER.matcher(text);
    if (text.length() > 100 || !match.matches()) {
      problem("`%s` must be a number, this is `%s`".formatted(name, text), origin);
      return null;
    }
    BigInteger size =
        match.group(2) != null
            ? new BigInteger(match.group(2), 16)
            : match.group(3) != null
                ? new BigInteger(match.group(3), 8)
                : new BigInteger(match.group(4));
    BigInteger value = match.group(1).equals("-") ? size.negate() : size;
    if (value.bitLength() > 63) {
      problem("`%s` does not fit into 64 bits, this is `%s`".formatted(name, text), origin);
      return null;
    }
    return value.longValue();
  }

  /** A number, true when it is not 0. */
  @Nullable Stated<Boolean> flag(String name) {
    Stated<Long> number = number(name);
    return number == null ? null : Stated.by(number.value() != 0, number.origin());
  }

  /** The strings of a list; empty when it is not there. */
  List<XlValue.Atom> strings(String name) {
    Setting setting = settings.get(name);
    if (setting == null) {
      return List.of();
    }
    List<XlValue.Atom> strings = new ArrayList<>();
    if (!(setting.last() instanceof XlValue.Items)) {
      problem("`" + name + "` must be a list, this is a single value", origin(setting.last()));
      return strings;
    }
    for (XlValue piece : setting.pieces()) {
      for (XlValue item : ((XlValue.Items) piece).items()) {
        if (item instanceof XlValue.Atom atom) {
          strings.add(atom);
        } else {
          problem(
              "`" + name + "` must be a list of strings, xl stops reading at the list in it",
              origin(item));
        }
      }
    }
    return strings;
  }

  /** The items of a list, of whatever kind; empty when it is not there. */
  List<XlValue> items(String name) {
    Setting setting = settings.get(name);
    List<XlValue> items = new ArrayList<>();
    if (setting != null && setting.last() instanceof XlValue.Items) {
      setting.pieces().forEach(piece -> items.addAll(((XlValue.Items) piece).items()));
    } else if (setting != null) {
      problem("`" + name + "` must be a list, this is a single value", origin(setting.last()));
    }
    return items;
  }

  /** A problem of the whole file, unless what is missing may stand in a line that is broken. */
  void missing(String message) {
    if (!broken) {
      problem(message, source.whole());
    }
  }

  /** The file as a whole. */
  Origin document() {
    return source.whole();
  }

  void problem(String message, Origin origin) {
    problems.add(new InputProblem(origin, message));
  }

  void warn(String id, String message, Origin origin) {
    find(Severity.WARNING, id, message, origin);
  }

  void find(Severity severity, String id, String message, Origin origin) {
    findings.add(new Finding(severity, id, message, origin));
  }
}
