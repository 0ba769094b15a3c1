package org.gfnplan.models.input;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes and addresses in bytes as people write them: {@code 4GiB}, {@code 64M}, {@code 0x1000}. */
public final class Bytes {
  /** What a text for {@link #parse} may look like, for messages. */
  public static final String FORM = "a whole number, 0x..., or a number with KiB, MiB, GiB or TiB";

  private static final Pattern TEXT =
      Pattern.compile("(?:0[xX]([0-9a-fA-F]{1,15})|(0|[1-9][0-9]{0,17}) ?(?:([KMGT])(?:iB)?|B)?)");

  private Bytes() {}

  /**
   * The bytes that {@code text} means; null when it is no size or does not fit a {@code long}.
   * Units are powers of 1024. {@code GB} is none of them, because some mean 1000 by it; neither is
   * a number with a leading zero, which some read as octal.
   */
  public static @Nullable Long parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return null;
    }
    if (match.group(1) != null) {
      return Long.parseLong(match.group(1), 16);
    }
    long number = Long.parseLong(match.group(2));
    int shift = match.group(3) == null ? 0 : 10 * (1 + "KMGT".indexOf(match.group(3)));
    return number > Long.MAX_VALUE >> shift ? null : (Long) (number << shift);
  }

  /** The shortest exact form: {@code 4 GiB}, {@code 2800 MiB}, {@code 1 byte}. */
  public static String format(long bytes) {
    String[] units = {"TiB", "GiB", "MiB", "KiB"};
    for (int i = 0; i < units.length; i++) {
      int shift = 40 - 10 * i;
      if (bytes != 0 && bytes % (1L << shift) == 0) {
        return (bytes >> shift) + " " + units[i];
      }
    }
    return bytes + (bytes == 1 ? " byte" : " bytes");
  }
}
