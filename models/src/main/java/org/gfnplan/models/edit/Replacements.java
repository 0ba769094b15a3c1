package org.gfnplan.models.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is put in place of parts of a text. */
final class Replacements {
  private final String text;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A part and what takes its place.
   *
   * @param start the index of its first character
   * @param end the index behind its last; {@code start} for an insertion
   * @param now what stands there instead
   */
  private record Part(int start, int end, String now) {}

  Replacements(String text) {
    this.text = text;
  }

  void replace(int start, int end, String now) {
    parts.add(new Part(start, end, now));
  }

  /** Adds a line behind the one that holds a character. */
  void lineAfter(int index, String line) {
    int end = lineEnd(index);
    replace(end, end, line + "\n");
  }

  /** Takes a part away: with its lines when nothing else stands on them. */
  void remove(int start, int end) {
    int first = text.lastIndexOf('\n', start - 1) + 1;
    int last = lineEnd(end - 1);
    boolean alone = text.substring(first, start).isBlank() && text.substring(end, last).isBlank();
    replace(alone ? first : start, alone ? last : end, "");
  }

  /** The index behind the line that holds a character, its line break included. */
  int lineEnd(int index) {
    int end = text.indexOf('\n', index);
    return end < 0 ? text.length() : end + 1;
  }

  /** The changed text, or null when parts overlap. */
  @Nullable String applied() {
    parts.sort(Comparator.comparingInt(Part::start));
    StringBuilder changed = new StringBuilder();
    int at = 0;
    for (Part part : parts) {
      if (part.start() < at) {
        return null;
      }
      changed.append(text, at, part.start()).append(part.now());
      at = part.end();
    }
    return changed.append(text, at, text.length()).toString();
  }
}
