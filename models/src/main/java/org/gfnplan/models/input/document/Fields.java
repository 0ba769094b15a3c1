package org.gfnplan.models.input.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Spelling;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one map by key and type.
 *
 * <p>A value of the wrong type or out of bounds becomes a problem and reads as null, so that a
 * reader asks for every field and looks at the problems at the end. A key that was never asked for
 * is reported by {@link #reportUnknown}.
 */
public final class Fields {
  private static final int MOST_DIGITS = 40;
  private static final int MOST_UNKNOWN = 20;

  private final Node.Mapping map;
  private final List<InputProblem> problems;
  private final Set<String> known = new TreeSet<>();

  /** The fields of {@code map}; what is wrong with them goes to {@code problems}. */
  public Fields(Node.Mapping map, List<InputProblem> problems) {
    this.map = map;
    this.problems = problems;
  }

  /** The fields of a value that should be a map; null, with a problem, when it is none. */
  public static @Nullable Fields of(Node node, String what, List<InputProblem> problems) {
    if (node instanceof Node.Mapping mapping) {
      return new Fields(mapping, problems);
    }
    problems.add(new InputProblem(node.origin(), what + " must be a map, this is " + node.kind()));
    return null;
  }

  /** Where the map starts. */
  public Origin origin() {
    return map.origin();
  }

  /** Whether the document has the key, with whatever value. */
  public boolean has(String key) {
    known.add(key);
    return map.get(key) != null;
  }

  /** The value as it stands, or null, for keys that take values of more than one kind. */
  public @Nullable Node get(String key) {
    return node(key);
  }

  /** Adds a problem when a key is not there. */
  public void require(String... keys) {
    for (String key : keys) {
      if (!has(key)) {
        problem(map.origin(), "`" + key + "` is missing");
      }
    }
  }

  /** A text that is not blank. */
  public @Nullable Stated<String> text(String key) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof Node.Text text)) {
      wrongType(key, "a text", node);
      return null;
    }
    if (text.value().isBlank()) {
      problem(node.origin(), "`" + key + "` is empty");
      return null;
    }
    return Stated.by(text.value(), node.origin());
  }

  /** A text that must be there. */
  public @Nullable Stated<String> requiredText(String key) {
    require(key);
    return text(key);
  }

  /** A whole number, {@code least <= number <= most}. */
  public @Nullable Stated<Long> wholeNumber(String key, long least, long most) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    Long number = node instanceof Node.Numeral written ? whole(written.written()) : null;
    if (number == null) {
      wrongType(key, "a whole number", node);
      return null;
    }
    if (number < least || number > most) {
      problem(
          node.origin(),
          "`%s` must be from %d to %d, this is %d".formatted(key, least, most, number));
      return null;
    }
    return Stated.by(number, node.origin());
  }

  /** A size or address in bytes, {@code least <= bytes <= most}; see {@link Bytes#parse}. */
  public @Nullable Stated<Long> bytes(String key, long least, long most) {
    Node node = node(key);
    return node == null ? null : bytes(key, node, least, most);
  }

  /** The items of a list, each as {@link #bytes} reads it; wrong ones are left out. */
  public List<Stated<Long>> listOfBytes(String key, long least, long most) {
    List<Stated<Long>> result = new ArrayList<>();
    for (Node item : list(key)) {
      Stated<Long> bytes = bytes(key, item, least, most);
      if (bytes != null) {
        result.add(bytes);
      }
    }
    return result;
  }

  private @Nullable Stated<Long> bytes(String key, Node node, long least, long most) {
    Long bytes =
        node instanceof Node.Numeral written
            ? whole(written.written())
            : node instanceof Node.Text text ? Bytes.parse(text.value()) : null;
    if (bytes == null) {
      wrongType(key, "a size (" + Bytes.FORM + ")", node);
      return null;
    }
    if (bytes < least || bytes > most) {
      problem(
          node.origin(),
          "`%s` must be from %s to %s, this is %s"
              .formatted(key, Bytes.format(least), Bytes.format(most), Bytes.format(bytes)));
      return null;
    }
    return Stated.by(bytes, node.origin());
  }

  /** One of a few words, as the value that the word stands for. */
  public <T> @Nullable Stated<T> word(String key, Map<String, T> words) {
    Stated<String> text = text(key);
    if (text == null) {
      return null;
    }
    T value = words.get(text.value());
    if (value == null) {
      problem(
          text.origin(),
          "`%s` must be one of %s, this is `%s`"
              .formatted(key, quoted(new TreeSet<>(words.keySet())), text.value()));
      return null;
    }
    return Stated.by(value, text.origin());
  }

  /** True or false. */
  public @Nullable Stated<Boolean> flag(String key) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Flag flag) {
      return Stated.by(flag.value(), node.origin());
    }
    wrongType(key, "true or false", node);
    return null;
  }

  /** A map within the map, or null. */
  public @Nullable Fields fields(String key) {
    Node node = node(key);
    return node == null ? null : of(node, "`" + key + "`", problems);
  }

  /** The items of a list; empty when there is no such key. */
  public List<Node> list(String key) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    wrongType(key, "a list", node);
    return List.of();
  }

  /** The items of a list of maps; items of another kind are problems and left out. */
  public List<Fields> listOfFields(String key) {
    List<Fields> result = new ArrayList<>();
    for (Node item : list(key)) {
      Fields fields = of(item, "each of `" + key + "`", problems);
      if (fields != null) {
        result.add(fields);
      }
    }
    return result;
  }

  /** Adds a problem for each key that no other method was asked for. */
  public void reportUnknown() {
    List<Node.Entry> unknown =
        map.entries().stream().filter(entry -> !known.contains(entry.key())).toList();
    for (Node.Entry entry : unknown.subList(0, Math.min(MOST_UNKNOWN, unknown.size()))) {
      String nearest = Spelling.nearest(entry.key(), known);
      String hint = nearest == null ? "known are " + quoted(known) : "`" + nearest + "` is";
      problem(entry.origin(), "`" + entry.key() + "` is not a key here, " + hint);
    }
    if (unknown.size() > MOST_UNKNOWN) {
      problem(
          unknown.get(MOST_UNKNOWN).origin(),
          "%d more are not keys here".formatted(unknown.size() - MOST_UNKNOWN));
    }
  }

  /** Adds a problem at the line of {@code key}, or of the map when it has no such key. */
  public void problemAt(String key, String message) {
    Node node = map.get(key);
    problem(node == null ? map.origin() : node.origin(), message);
  }

  private @Nullable Node node(String key) {
    known.add(key);
    return map.get(key);
  }

  private void wrongType(String key, String wanted, Node node) {
    String found =
        node instanceof Node.Text text
            ? "`" + text.value() + "`"
            : node instanceof Node.Numeral number ? "`" + number.written() + "`" : node.kind();
    problem(node.origin(), "`%s` must be %s, this is %s".formatted(key, wanted, found));
  }

  private void problem(Origin origin, String message) {
    problems.add(new InputProblem(origin, message));
  }

  private static String quoted(Set<String> words) {
    return "`" + String.join("`, `", words) + "`";
  }

  /*
   * The number that was written, or null when it is not whole or has too many digits. JSON Schema
   * calls 4e3 and 4.0 integers, so they are whole here as well. A leading zero makes YAML 1.1 and
   * 1.2 disagree about the value.
   */
  private static @Nullable Long whole(String written) {
    Long plain = Bytes.parse(written);
    if (plain != null) {
      return plain;
    }
    String digits = written.startsWith("-") ? written.substring(1) : written;
    boolean leadingZero = digits.length() > 1 && digits.matches("0[0-9].*");
    if (written.length() > MOST_DIGITS || leadingZero || digits.matches("0[xo].*")) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(written);
      if (number.signum() == 0) {
        return 0L;
      }
      boolean fits = number.precision() - (long) number.scale() <= 18;
      return fits ? (Long) number.longValueExact() : null;
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return null;
    }
  }
}
