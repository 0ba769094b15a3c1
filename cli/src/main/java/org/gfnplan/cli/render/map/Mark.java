package org.gfnplan.cli.render.map;

import java.util.List;
import java.util.Locale;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.GfnRange;

/**
 * A place of the map that something is to be said about.
 *
 * @param tone how it is drawn
 * @param first the leftmost lane that it is about
 * @param range where, in frames
 * @param lines what is said beside it, the first line stands out; none where it only is drawn
 */
public record Mark(Tone tone, Lane first, GfnRange range, List<String> lines) {
  /** How a mark is drawn. */
  public enum Tone {
    /** Nothing can be like this. */
    CLASH,
    /** Here something would have to fit. */
    GAP,
    /** Today it is otherwise than it should be. */
    DIFFER;

    /** The name of its class in the style sheet. */
    public String style() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Mark {
    lines = List.copyOf(lines);
  }

  /** All that is known about it, on one line. */
  public String words() {
    String said = lines.isEmpty() ? "free" : String.join(" ", lines);
    return "%s: %s".formatted(said, Sizes.range(range));
  }
}
