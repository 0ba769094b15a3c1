package org.gfnplan.models.export;

/**
 * Extents of one size that follow each other.
 *
 * @param gfn the first frame
 * @param order each extent has {@code 2^order} frames: 0, 9 or 18
 * @param count how many extents
 * @param type what is mapped
 * @param mfn the first host frame, or {@link #ANY}
 * @param name what lies there
 */
public record P2mRun(long gfn, int order, long count, Type type, long mfn, String name) {
  /** The host frames are not decided by the layout. */
  public static final long ANY = -1;

  /** What is mapped. */
  public enum Type {
    /** RAM of the guest. */
    RAM("ram"),
    /** Pages that the toolstack shares with the guest. */
    SPECIAL("special"),
    /** Reserved device memory, at the same address as on the host. */
    RDM("rdm"),
    /** A register window of a host device. */
    MMIO("mmio"),
    /** Persistent memory. */
    PMEM("pmem");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** The word of the export. */
    public String word() {
      return word;
    }
  }

  /** One past the last frame. */
  public long end() {
    return gfn + (count << order);
  }
}
