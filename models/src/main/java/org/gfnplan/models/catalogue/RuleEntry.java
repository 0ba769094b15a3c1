package org.gfnplan.models.catalogue;

import java.util.List;

/**
 * A rule of a platform. Texts are single lines in which backquotes mark what users write.
 *
 * @param ids its stable ids; several when it is made of several statements
 * @param says what must hold
 * @param source where it comes from
 * @param enforced who sees to it today, and what happens otherwise
 * @param change what a user can do about it
 */
public record RuleEntry(
    List<String> ids, String says, String source, String enforced, String change) {
  public RuleEntry {
    ids = List.copyOf(ids);
  }

  /** Whether it is about several guests on one host. */
  public boolean isHostWide() {
    return ids.get(0).startsWith("X");
  }
}
