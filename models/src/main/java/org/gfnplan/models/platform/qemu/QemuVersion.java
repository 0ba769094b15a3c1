package org.gfnplan.models.platform.qemu;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A version of QEMU whose behaviour is stated here; each was compared with the real program. */
public enum QemuVersion {
  // The numbers: newest and oldest machine type, the last one it wants to drop.
  /** What Debian 12 has. */
  V7_2("7.2.22", 702, 104, 107, "old and unattended - use a newer version instead", 41, 77),
  /** What Debian 13 has. */
  V10_0(
      "10.0.2",
      1000,
      204,
      700,
      "machines more than 3 years old are subject to deletion after 6 years",
      43,
      79);

  /** What is meant when nobody says. */
  public static final QemuVersion DEFAULT = V7_2;

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,2}))?(?:\\.\\d{1,3})?");

  private final String release;
  private final int newest;
  private final int oldest;
  private final int deprecated;
  private final String deprecation;
  private final int invariantLine;
  private final int boundsLine;

  QemuVersion(
      String release,
      int newest,
      int oldest,
      int deprecated,
      String deprecation,
      int invariantLine,
      int boundsLine) {
    this.release = release;
    this.newest = newest;
    this.oldest = oldest;
    this.deprecated = deprecated;
    this.deprecation = deprecation;
    this.invariantLine = invariantLine;
    this.boundsLine = boundsLine;
  }

  /**
   * The version that a program of that number is taken for: the nearest one that is not newer. Null
   * when the text is no number of a version, or of one before all that are stated.
   */
  public static @Nullable QemuVersion of(String text) {
    Matcher match = NUMBERS.matcher(text);
    if (!match.matches()) {
      return null;
    }
    String minor = match.group(2);
    int asked =
        number(Integer.parseInt(match.group(1)), minor == null ? 0 : Integer.parseInt(minor));
    QemuVersion nearest = null;
    for (QemuVersion version : values()) {
      nearest = version.newest <= asked ? version : nearest;
    }
    return nearest;
  }

  /** The numbers users know it by, {@code 7.2}. */
  public String word() {
    return newest / 100 + "." + newest % 100;
  }

  /** Whether a text that {@link #of} takes for it names it, and not one after it. */
  boolean isNamed(String text) {
    return (text + ".0.").startsWith(word() + ".");
  }

  /** The release that was compared, {@code 7.2.22}. */
  public String release() {
    return release;
  }

  /** All of them, as in "7.2 or 10.0". */
  public static String words() {
    List<String> words = Arrays.stream(values()).map(QemuVersion::word).toList();
    return words.stream().collect(Collectors.joining(" or "));
  }

  /** Whether it has versioned machines of that number; {@code since} is the board's first. */
  boolean hasMachine(int asked, int since) {
    return oldest <= asked && since <= asked && asked <= newest;
  }

  /** Whether it warns that a versioned machine will be removed. */
  boolean deprecates(int asked) {
    return asked <= deprecated;
  }

  /** Why, in its words. */
  String deprecation() {
    return deprecation;
  }

  /** The line of range.h at which it dies of low RAM that ends behind the IOAPIC's start. */
  int invariantLine() {
    return invariantLine;
  }

  /** The line of range.h at which it dies of low RAM that ends at the IOAPIC's start. */
  int boundsLine() {
    return boundsLine;
  }

  /** Whether it is this one or a later one. */
  boolean isFrom(QemuVersion other) {
    return compareTo(other) >= 0;
  }

  /** A version as one number, in the order of versions. */
  static int number(int major, int minor) {
    return 100 * major + minor;
  }
}
