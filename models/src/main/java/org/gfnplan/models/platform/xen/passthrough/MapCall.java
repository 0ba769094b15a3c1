package org.gfnplan.models.platform.xen.passthrough;

/**
 * A line that Xen logs of {@code XEN_DOMCTL_memory_mapping} (common/domctl.c). A call covers what
 * is left of a piece, of which Xen does a part; then the next call goes on.
 *
 * @param kind what is asked or has happened
 * @param startByte the first guest byte
 * @param endByte one past the last
 * @param hostByte the host byte of the first, negative when that is not known
 * @param continues whether the call goes on with a piece that an earlier one began
 */
public record MapCall(Kind kind, long startByte, long endByte, long hostByte, boolean continues) {
  /** What a line says. */
  public enum Kind {
    /** Frames of the host are to be mapped. */
    ADD("add"),
    /** They cannot be mapped; Xen kills the guest. */
    FAIL("fail"),
    /** They are to be unmapped. */
    REMOVE("remove");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word of the log. */
    public String word() {
      return word;
    }
  }

  /** Xen's line about domain {@code dN}. */
  public String line() {
    return "memory_map:%s: dN gfn=%x mfn=%s nr=%x"
            .formatted(
                kind.word,
                startByte >> 12,
                hostByte < 0 ? "MFN" : Long.toHexString(hostByte >> 12),
                (endByte - startByte) >> 12)
        + (kind == Kind.FAIL ? " ret:-1" : "");
  }
}
