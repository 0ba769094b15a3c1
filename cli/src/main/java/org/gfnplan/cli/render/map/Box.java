package org.gfnplan.cli.render.map;

import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.GfnRange;

/**
 * Something that lies at one place of the map.
 *
 * @param lane whose it is
 * @param name what it is called
 * @param range where it lies, in frames
 * @param why where that comes from, in a few words
 * @param blamed whether it is part of a conflict
 */
public record Box(Lane lane, String name, GfnRange range, String why, boolean blamed) {
  /** The name where code cannot be told from text. */
  String plainName() {
    return name.replace("`", "");
  }

  /** All that is known about it, on one line. */
  public String words() {
    return "%s: %s, %s%s"
        .formatted(plainName(), Sizes.range(range), lane.words(), why.isEmpty() ? "" : ", " + why);
  }
}
