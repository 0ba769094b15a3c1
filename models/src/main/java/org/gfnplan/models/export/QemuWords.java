package org.gfnplan.models.export;

import java.util.regex.Pattern;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.problem.Origin;

/** How QEMU and a shell want to have words written. */
final class QemuWords {
  /** Names that QEMU takes (util/id.c). */
  private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private QemuWords() {}

  /** A value within an option: a comma that is meant is written twice. */
  static String value(String text) {
    return text.replace(",", ",,");
  }

  /** A name. */
  static String id(String name, Origin origin) throws UnusableInput {
    if (!ID.matcher(name).matches()) {
      throw Refusal.of(
          origin,
          "`%s` cannot be a name in QEMU: a letter, then letters, digits, `.`, `_` and `-`"
              .formatted(Refusal.comment(name)));
    }
    return name;
  }

  /** A size in the largest of MiB, KiB and bytes that is exact. */
  static String size(long bytes) {
    if (bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "M";
    }
    return bytes % 1024 == 0 ? (bytes >> 10) + "K" : bytes + "B";
  }

  /** A word as a POSIX shell gives it on unchanged. */
  static String shell(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
