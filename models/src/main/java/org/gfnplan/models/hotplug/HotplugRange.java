package org.gfnplan.models.hotplug;

import java.util.List;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.solver.space.GfnRange;

/**
 * What came of one range of a device's reserved memory.
 *
 * @param memory the range
 * @param outcome what came of it
 * @param reserved whether the guest's e820 has kept the range clear since the guest was made
 * @param holders how many devices hold the mapping afterwards
 * @param inTheWay what else is in its frames, by address
 */
public record HotplugRange(
    ReservedMemory memory,
    Outcome outcome,
    boolean reserved,
    int holders,
    List<InTheWay> inTheWay) {
  /** What can come of a range. */
  public enum Outcome {
    /** All frames are identity mapped. */
    MAPPED("mapped"),
    /** The mapping was there already and has one more holder. */
    COUNTED("counted"),
    /** Frames that something else backs are left out. */
    SKIPPED("skipped"),
    /** Something else backs frames of it. */
    CONFLICT("conflict"),
    /** Another identity mapping holds some of its frames. */
    HELD("held-otherwise"),
    /** Further devices reach it, which a strict policy does not take. */
    SHARED("shared"),
    /** It was mapped, and taken back because a later range was refused. */
    UNDONE("undone"),
    /** Xen maps no range of this kind. */
    NEVER_MAPPED("never-mapped"),
    /** The last holder is gone, and so is the mapping. */
    UNMAPPED("unmapped"),
    /** Other devices hold the mapping still. */
    KEPT("kept");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** The word of documents. */
    public String word() {
      return word;
    }
  }

  /**
   * Something in the frames of a range.
   *
   * @param name what the plan calls it
   * @param kind what sort of thing it is
   * @param range its frames within the range
   */
  public record InTheWay(String name, String kind, GfnRange range) {}

  public HotplugRange {
    inTheWay = List.copyOf(inTheWay);
  }
}
