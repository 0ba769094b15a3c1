package org.gfnplan.models.diff;

import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that differs between two layouts.
 *
 * @param how in what way
 * @param name what differs
 * @param kind what sort of thing it is
 * @param newKind what sort of thing is there instead, or null unless it is {@link How#RETYPED}
 * @param before the frames it had
 * @param after the frames it has
 * @param bytes how far it moved, or how much larger it is; negative when it is down, or smaller
 * @param effect what a running guest makes of it
 */
public record LayoutChange(
    How how,
    String name,
    String kind,
    @Nullable String newKind,
    GfnSet before,
    GfnSet after,
    long bytes,
    Effect effect) {
  /** In what way something differs. */
  public enum How {
    /** As long as before, elsewhere. */
    MOVED("moved"),
    /** All it had, and more. */
    GREW("grew"),
    /** Some of what it had, and nothing else. */
    SHRANK("shrank"),
    /** Some frames are gone and others are new. */
    CHANGED("changed"),
    /** New. */
    APPEARED("appeared"),
    /** Gone. */
    VANISHED("vanished"),
    /** The same frames are another sort of thing. */
    RETYPED("retyped");

    private final String word;

    How(String word) {
      this.word = word;
    }

    /** The word of documents. */
    public String word() {
      return word;
    }
  }

  /** What a running guest makes of a change. */
  public enum Effect {
    /** Nothing that it uses is touched. */
    NONE("none"),
    /** It may touch registers of the guest, whose places the layout does not say. */
    UNKNOWN("unknown"),
    /** What the guest uses is no longer where it was. */
    BREAKS("breaks");

    private final String word;

    Effect(String word) {
      this.word = word;
    }

    /** The word of documents. */
    public String word() {
      return word;
    }
  }
}
