package org.gfnplan.models.guest.qemu;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as QEMU's options take them: {@code 4G}, {@code 1.5g}, {@code 0x1000} (cutils.c). */
final class QemuSizes {
  private static final Pattern TEXT =
      Pattern.compile(
          "0[xX]([0-9a-fA-F]{1,15})|([0-9]{1,18}(?:\\.[0-9]{1,18})?)([bBkKmMgGtTpPeE]?)");
  private static final String UNITS = "bkmgtpe";

  private QemuSizes() {}

  /** Bytes, or null when it is no size. A number without unit is of the unit {@code usual}. */
  static @Nullable Long parse(String text, char usual) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return null;
    }
    String unit = match.group(3) == null ? "" : match.group(3).toLowerCase(Locale.ROOT);
    int shift = 10 * UNITS.indexOf(unit.isEmpty() ? usual : unit.charAt(0));
    BigDecimal number =
        match.group(1) != null
            ? BigDecimal.valueOf(Long.parseLong(match.group(1), 16))
            : new BigDecimal(match.group(2));
    BigDecimal bytes = number.multiply(BigDecimal.valueOf(1L << shift));
    boolean fits = bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits ? (Long) bytes.longValue() : null;
  }
}
