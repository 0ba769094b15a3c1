package org.gfnplan.models.platform.xen;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release of Xen whose programs are predicted. libxl, hvmloader and the hypervisor give the same
 * layouts in both; what differs is what they log, and that 4.17 still knows qemu-xen-traditional.
 */
public enum XenVersion {
  /** 4.17, with the places in its source that its lines name. */
  V4_17("4.17"),
  /** 4.21, without qemu-xen-traditional (commit 19ab8356ab). Lines are without their places. */
  V4_21("4.21");

  /** What is predicted when nobody names a release. */
  public static final XenVersion DEFAULT = V4_21;

  private final String word;

  XenVersion(String word) {
    this.word = word;
  }

  /** The word of the command line. */
  public String word() {
    return word;
  }

  /** The release of a word, or null. */
  public static @Nullable XenVersion of(String word) {
    return Arrays.stream(values())
        .filter(version -> version.word.equals(word))
        .findFirst()
        .orElse(null);
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(XenVersion::word).toList();
  }
}
