package org.gfnplan.models.guest.libvirt;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sizes as libvirt scales them: {@code KiB} and {@code k} are 1024, {@code KB} is 1000. */
final class DomainUnits {
  private static final String PREFIXES = "kmgtpe";

  private DomainUnits() {}

  /** Bytes, or null when number or unit is none; without a unit the number is KiB. */
  static @Nullable Long bytes(String number, String unit) {
    Long scale = scale(unit.toLowerCase(Locale.ROOT));
    if (scale == null || !number.matches("[0-9]{1,19}")) {
      return null;
    }
    BigInteger bytes = new BigInteger(number).multiply(BigInteger.valueOf(scale));
    return bytes.bitLength() > 62 ? null : (Long) bytes.longValue();
  }

  private static @Nullable Long scale(String unit) {
    if (unit.isEmpty()) {
      return 1024L;
    }
    if (unit.equals("b") || unit.equals("byte") || unit.equals("bytes")) {
      return 1L;
    }
    int power = PREFIXES.indexOf(unit.charAt(0)) + 1;
    String rest = unit.substring(1);
    if (power == 0 || !(rest.isEmpty() || rest.equals("ib") || rest.equals("b"))) {
      return null;
    }
    long step = rest.equals("b") ? 1000 : 1024;
    long scale = 1;
    for (int i = 0; i < power; i++) {
      scale *= step;
    }
    return scale;
  }
}
