package org.gfnplan.models.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a YAML or JSON document that change one by one: keys with a scalar, and items of
 * lists.
 */
final class DocumentLines {
  /*
   * No writer of YAML keeps comments and quotes, so lines are changed as an editor's user would. A
   * line keeps its number: what is taken away is null, what is added is kept beside it.
   * Shapes that are not known here are left alone; who reads the outcome again sees the rest.
   */
  private static final String SCALAR =
      "(?<value>\"[^\"]*\"|'[^']*'|[^\\s,#{}\\[\\]\"'](?:[^,#{}\\[\\]]*[^\\s,#{}\\[\\]])?)";

  private final boolean json;
  private final @Nullable String[] lines;
  private final Map<Integer, String> ahead = new HashMap<>();
  private final Map<Integer, String> behind = new HashMap<>();

  /**
   * An item of a list.
   *
   * @param first its first line, counted from 0
   * @param last its last line
   * @param open the column of its brace, or -1 for an item in block style
   * @param close the column of the brace that ends it
   */
  record Item(int first, int last, int open, int close) {}

  DocumentLines(String content) {
    this.json = content.stripLeading().startsWith("{");
    this.lines = content.substring(0, content.length() - 1).split("\n", -1);
  }

  boolean isJson() {
    return json;
  }

  /** A line, counted from 0; the empty text where one was taken away. */
  String line(int number) {
    String line = number < lines.length ? lines[number] : null;
    return line == null ? "" : line;
  }

  /** The text as it is now. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      text.append(ahead.getOrDefault(i, ""));
      text.append(line == null ? "" : line + "\n");
      text.append(behind.getOrDefault(i, ""));
    }
    return text.toString();
  }

  /** Sets a key of the document, or takes it away; false where its value is not on its line. */
  boolean put(String key, @Nullable String value) {
    int at = topLevel(key);
    if (at >= 0) {
      return set(at, key, value);
    }
    int memory = topLevel("memory");
    if (value == null || memory < 0) {
      return value == null;
    }
    add(memory, indent(line(memory)), key, value);
    return true;
  }

  /** Sets a key of a map of the document. */
  boolean put(String map, String key, String value) {
    int at = topLevel(map);
    int memory = topLevel("memory");
    if (at < 0) {
      if (memory < 0) {
        return false;
      }
      add(memory, indent(line(memory)), map, "{" + entry(key, value) + "}");
      return true;
    }
    int open = line(at).indexOf('{');
    int close = line(at).lastIndexOf('}');
    if (open >= 0 && close > open) {
      lines[at] = flow(line(at), open, close, key, value);
      return true;
    }
    return block(at + 1, blockEnd(at), key, value);
  }

  /** Sets a key of an item, or takes it away. */
  boolean put(Item item, String key, @Nullable String value) {
    if (item.open() >= 0) {
      // An earlier change of the line may have moved its end.
      Item now = itemAt(item.first(), item.open() + 1);
      if (now == null || now.open() < 0) {
        return false;
      }
      lines[item.first()] = flow(line(item.first()), now.open(), now.close(), key, value);
      return true;
    }
    for (int i = item.first(); i <= item.last(); i++) {
      if (keyed(key).matcher(line(i)).lookingAt()) {
        return set(i, key, value);
      }
    }
    if (value != null) {
      behind.merge(item.last(), " ".repeat(inner(item)) + entry(key, value) + "\n", String::concat);
    }
    return true;
  }

  /** Takes an item away, and the key of a block list that is empty then. */
  boolean drop(Item item) {
    String line = line(item.first());
    boolean block = line.stripLeading().startsWith("-");
    if (item.open() >= 0 && !block) {
      return dropFromFlow(item, line);
    }
    for (int i = item.first(); i <= item.last(); i++) {
      lines[i] = null;
    }
    int dash = indent(line);
    int parent = item.first() - 1;
    while (parent >= 0 && (line(parent).isBlank() || isWithin(line(parent), dash))) {
      parent--;
    }
    int end = parent + 1;
    boolean others = false;
    while (end < lines.length && (line(end).isBlank() || isWithin(line(end), dash))) {
      others |= line(end).stripLeading().startsWith("-");
      end++;
    }
    if (parent >= 0 && !others) {
      lines[parent] = null;
    }
    return parent >= 0;
  }

  /** Adds an item in flow style behind another of a block list. */
  boolean itemAfter(Item item, String text) {
    String first = line(item.first());
    if (json || !first.stripLeading().startsWith("-")) {
      return false;
    }
    behind.merge(item.last(), " ".repeat(indent(first)) + "- " + text + "\n", String::concat);
    return true;
  }

  /** The item of a list around a place, or null where there is none that is known. */
  @Nullable Item itemAt(int number, int column) {
    String line = line(number);
    int open = -1;
    List<Integer> opened = new ArrayList<>();
    for (int i = 0; i < column; i++) {
      if (line.charAt(i) == '{') {
        opened.add(i);
      } else if (line.charAt(i) == '}' && !opened.isEmpty()) {
        opened.remove(opened.size() - 1);
      }
    }
    if (!opened.isEmpty()) {
      open = opened.get(opened.size() - 1);
      int close = closing(line, open);
      return close < 0 ? null : new Item(number, number, open, close);
    }
    if (json) {
      return null;
    }
    int first = number;
    while (first >= 0 && !line(first).stripLeading().startsWith("- ")) {
      first--;
    }
    if (first < 0) {
      return null;
    }
    return new Item(first, blockEnd(first) - 1, -1, -1);
  }

  private static int closing(String line, int open) {
    int depth = 0;
    for (int i = open; i < line.length(); i++) {
      depth += line.charAt(i) == '{' ? 1 : line.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The line behind those that belong to one: comments and blank lines at the end do not. */
  private int blockEnd(int first) {
    int end = first + 1;
    int last = end;
    while (end < lines.length && (line(end).isBlank() || indent(line(end)) > indent(line(first)))) {
      end++;
      if (!line(end - 1).isBlank()) {
        last = end;
      }
    }
    return last;
  }

  private boolean dropFromFlow(Item item, String line) {
    String before = line.substring(0, item.open());
    String after = line.substring(item.close() + 1);
    if (!before.isBlank()) {
      int comma = before.stripTrailing().length() - 1;
      if (after.startsWith(",")) {
        lines[item.first()] = before + after.substring(1).stripLeading();
      } else {
        lines[item.first()] =
            (comma >= 0 && before.charAt(comma) == ',' ? before.substring(0, comma) : before)
                + after;
      }
      return true;
    }
    lines[item.first()] = null;
    if (!after.strip().startsWith(",") && item.first() > 0) {
      String previous = line(item.first() - 1);
      if (previous.endsWith(",")) {
        lines[item.first() - 1] = previous.substring(0, previous.length() - 1);
      }
    }
    return true;
  }

  private boolean set(int number, String key, @Nullable String value) {
    Matcher match = keyed(key).matcher(line(number));
    if (!match.lookingAt()) {
      return false;
    }
    boolean ends = match.group("rest").stripLeading().startsWith(",");
    if (value != null) {
      lines[number] =
          line(number).substring(0, match.start("value"))
              + quoted(value, match.group("value"))
              + line(number).substring(match.end("value"));
      return true;
    }
    lines[number] = null;
    return !json || ends;
  }

  private boolean block(int from, int to, String key, String value) {
    for (int i = from; i < to; i++) {
      if (keyed(key).matcher(line(i)).lookingAt()) {
        return set(i, key, value);
      }
    }
    if (from >= to) {
      return false;
    }
    ahead.merge(
        from,
        " ".repeat(indent(line(from))) + entry(key, value) + (json ? ",\n" : "\n"),
        String::concat);
    return true;
  }

  private String flow(String line, int open, int close, String key, @Nullable String value) {
    String inside = line.substring(open + 1, close);
    Matcher match =
        Pattern.compile("(?:^|,)\\s*[\"']?" + Pattern.quote(key) + "[\"']?\\s*:\\s*" + SCALAR)
            .matcher(inside);
    String changed;
    if (match.find()) {
      changed =
          value == null
              ? inside.substring(0, match.start()) + inside.substring(match.end())
              : inside.substring(0, match.start("value"))
                  + quoted(value, match.group("value"))
                  + inside.substring(match.end("value"));
    } else if (value == null) {
      changed = inside;
    } else {
      changed = inside.isBlank() ? entry(key, value) : inside + ", " + entry(key, value);
    }
    return line.substring(0, open + 1) + changed + line.substring(close);
  }

  private void add(int number, int indent, String key, String value) {
    String added = " ".repeat(indent) + entry(key, value);
    // In JSON the line of another key follows for sure, but nothing may follow that one.
    if (json) {
      ahead.merge(number, added + ",\n", String::concat);
    } else {
      behind.merge(number, added + "\n", String::concat);
    }
  }

  private String entry(String key, String value) {
    if (!json) {
      return key + ": " + value;
    }
    boolean bare = value.startsWith("{") || value.matches("\\d+|true|false");
    return "\"%s\": %s".formatted(key, bare ? value : '"' + value + '"');
  }

  private String quoted(String value, String old) {
    char quote = old.charAt(0);
    if (quote == '"' || quote == '\'') {
      return quote + value + quote;
    }
    return json && !value.matches("\\d+|true|false") ? '"' + value + '"' : value;
  }

  private int topLevel(String key) {
    int depth = depth();
    Pattern named = Pattern.compile("[\"']?" + Pattern.quote(key) + "[\"']?\\s*:.*");
    for (int i = 0; i < lines.length; i++) {
      if (indent(line(i)) == depth && named.matcher(line(i).stripLeading()).matches()) {
        return i;
      }
    }
    return -1;
  }

  /** How far the keys of the document are indented. */
  private int depth() {
    return Arrays.stream(lines)
        .filter(line -> line != null && line.matches("\\s*[\"']?gfnplan[\"']?\\s*:.*"))
        .findFirst()
        .map(DocumentLines::indent)
        .orElse(0);
  }

  private int inner(Item item) {
    String line = line(item.first());
    int dash = line.indexOf('-');
    return dash + 1 + indent(line.substring(dash + 1));
  }

  private static boolean isWithin(String line, int dash) {
    return indent(line) > dash || (indent(line) == dash && line.stripLeading().startsWith("-"));
  }

  private static Pattern keyed(String key) {
    return Pattern.compile(
        "\\s*(?:- +)?[\"']?"
            + Pattern.quote(key)
            + "[\"']?\\s*:\\s*"
            + SCALAR
            + "(?<rest>\\s*,?\\s*(?:#.*)?$)");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
