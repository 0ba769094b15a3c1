package org.gfnplan.models.guest.qemu;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.document.DocumentReader;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The argument of an option, taken apart: {@code type,key=value,flag}, or the JSON that newer
 * programs take and libvirt writes. The last value of a key holds.
 *
 * @param values by key; a flag is {@code on}, and {@code noflag} is {@code flag} turned {@code off}
 * @param origin the line of the option
 */
record QemuOption(Map<String, String> values, Origin origin) {
  /**
   * Reads an argument; {@code implied} is the key of a first part without one.
   *
   * @return null with a problem when it is broken JSON
   */
  static @Nullable QemuOption parse(
      String text, String implied, Origin origin, List<InputProblem> problems) {
    if (text.startsWith("{")) {
      return json(text, implied, origin, problems);
    }
    Map<String, String> values = new LinkedHashMap<>();
    boolean first = true;
    for (String part : parts(text)) {
      int equals = part.indexOf('=');
      if (equals >= 0) {
        values.put(part.substring(0, equals), part.substring(equals + 1));
      } else if (first && !implied.isEmpty()) {
        values.put(implied, part);
      } else if (!part.isEmpty()) {
        values.put(part, "on");
      }
      first = false;
    }
    return new QemuOption(values, origin);
  }

  /* A comma that is meant is written twice. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ',') {
        part.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == ',') {
        part.append(c);
        i++;
      } else {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static @Nullable QemuOption json(
      String text, String implied, Origin origin, List<InputProblem> problems) {
    List<InputProblem> inside = new ArrayList<>();
    Node root =
        DocumentReader.read(origin.document(), text.getBytes(StandardCharsets.UTF_8), inside);
    if (!(root instanceof Node.Mapping map) || !inside.isEmpty()) {
      problems.add(new InputProblem(origin, "the JSON of this option cannot be read"));
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Node.Entry entry : map.entries()) {
      String key = entry.key().equals("qom-type") ? implied : entry.key();
      if (entry.value() instanceof Node.Text word) {
        values.put(key, word.value());
      } else if (entry.value() instanceof Node.Numeral number) {
        values.put(key, plain(number.written()));
      } else if (entry.value() instanceof Node.Flag flag) {
        values.put(key, flag.value() ? "on" : "off");
      }
    }
    return new QemuOption(values, origin);
  }

  private static String plain(String written) {
    try {
      BigDecimal number = new BigDecimal(written);
      boolean sane = Math.abs((long) number.scale()) < 30 && number.precision() < 30;
      return sane ? number.toPlainString() : written;
    } catch (NumberFormatException hexadecimal) {
      return written;
    }
  }

  @Nullable String get(String key) {
    return values.get(key);
  }

  String get(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }
}
