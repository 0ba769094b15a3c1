package org.gfnplan.models.report.sarif;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmWishes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.report.GuestDiff;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file and the lines that take its place.
 *
 * @param document the file
 * @param line its number, from 1
 * @param text what it becomes, without the last line end; empty: nothing
 */
public record LineEdit(String document, int line, String text) {
  /** What a line that can be replaced looks like: one assignment, all of it, and no comment. */
  private static final String ASSIGNMENT = "\\s*=\\s*(?:[0-9]+|\"[^\"\\\\]*\"|'[^'\\\\]*')";

  /** Longer lines are cut where they are quoted. */
  private static final int MOST_CHARACTERS = 150;

  /**
   * The edits of an xl.cfg file that make up this difference; none when a line with more than one
   * plain assignment would have to change, or a list, or another kind of file.
   */
  public static List<LineEdit> of(Guest before, GuestDiff difference) {
    if (!difference.assigned().isEmpty() || !difference.dropped().isEmpty()) {
      return List.of();
    }
    List<LineEdit> edits = new ArrayList<>();
    List<String> added = new ArrayList<>();
    for (Setting setting : difference.values()) {
      Origin old = stated(before, setting.key());
      boolean isLine =
          setting.spelling().isEmpty() || setting.spelling().startsWith(setting.key() + " = ");
      if (setting.of() != null
          || !isLine
          || (old != null && !isPlain(before, old, setting.key()))) {
        return List.of();
      }
      if (old != null) {
        edits.add(at(old, setting.spelling()));
      } else {
        added.add(setting.spelling());
      }
    }
    return added.isEmpty() ? edits : with(added, edits, before);
  }

  /** The edits with further lines, before the first one or before the line about memory. */
  private static List<LineEdit> with(List<String> added, List<LineEdit> edits, Guest before) {
    String lines = String.join("\n", added);
    List<LineEdit> all = new ArrayList<>(edits);
    if (all.isEmpty()) {
      Origin memory = before.memory().startKib().origin();
      if (!isPlain(before, memory, "memory")) {
        return List.of();
      }
      all.add(at(memory, lines + "\n" + memory.text()));
      return all;
    }
    LineEdit first = all.get(0);
    String text = first.text().isEmpty() ? lines : lines + "\n" + first.text();
    all.set(0, new LineEdit(first.document(), first.line(), text));
    return all;
  }

  /** Where the guest says this, or null when it does not. */
  private static @Nullable Origin stated(Guest guest, String key) {
    RdmWishes rdm = guest.rdm();
    Stated<?> found =
        switch (key) {
          case "mmio_hole" -> guest.mmioHoleMib();
          case "rdm_mem_boundary" -> rdm.boundaryMib();
          case "rdm" -> rdm.strategy();
          case "memory" -> guest.memory().startKib();
          case "maxmem" -> guest.memory().mostKib();
          default -> null;
        };
    return found == null || found.isDefault() ? null : found.origin();
  }

  private static boolean isPlain(Guest guest, Origin line, String key) {
    return line.position() instanceof Position.Line
        && line.document().equals(guest.document().document())
        && line.text().length() < MOST_CHARACTERS
        && Pattern.matches(Pattern.quote(key) + ASSIGNMENT, line.text());
  }

  private static LineEdit at(Origin line, String text) {
    return new LineEdit(line.document(), ((Position.Line) line.position()).number(), text);
  }
}
