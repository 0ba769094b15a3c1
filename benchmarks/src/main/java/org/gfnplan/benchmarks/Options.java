package org.gfnplan.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A command line of {@code --name value} pairs and other words. */
final class Options {
  private final Map<String, String> values;
  private final List<String> words = new ArrayList<>();

  /** Reads a command line; {@code defaults} holds every name that is known. */
  Options(String[] args, Map<String, String> defaults) {
    values = new LinkedHashMap<>(defaults);
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        words.add(args[i]);
        continue;
      }
      String name = args[i].substring(2);
      if (!defaults.containsKey(name) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "an option must be known and have a value: option=%s known=%s"
                .formatted(args[i], defaults.keySet()));
      }
      values.put(name, args[++i]);
    }
  }

  /** The value of a known option. */
  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("an option must be known: option=" + name);
    }
    return value;
  }

  /** The value of a known option, as a number. */
  long number(String name) {
    return Long.parseLong(text(name));
  }

  /** What is not an option. */
  List<String> words() {
    return words;
  }
}
