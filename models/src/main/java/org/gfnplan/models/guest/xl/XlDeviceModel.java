package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.input.Stated;

/**
 * Reads what {@code device_model_args} tells qemu-xen about memory: {@code max-ram-below-4g}. libxl
 * hands these words to QEMU behind its own, so that the last one holds.
 */
final class XlDeviceModel {
  private static final Pattern LIMIT =
      Pattern.compile("(?:.*,)?max-ram-below-4g=([0-9]{1,18})([kKmMgG]?)(?:,.*)?");
  private static final long FOUR_GIB = 4L << 30;

  private XlDeviceModel() {}

  static MachineWishes read(XlConfig config, Guest.Type type) {
    List<XlValue.Atom> words = new ArrayList<>(config.strings("device_model_args"));
    words.addAll(config.strings("device_model_args_hvm"));
    MachineWishes wishes = MachineWishes.NONE;
    for (XlValue.Atom word : words) {
      if (type != Guest.Type.HVM || !word.text().contains("max-ram-below-4g")) {
        continue;
      }
      Matcher match = LIMIT.matcher(word.text());
      boolean reads = match.matches();
      int shift = reads ? shift(match.group(2)) : 0;
      long number = reads ? Long.parseLong(match.group(1)) : 0;
      if (!reads || number > FOUR_GIB >> shift) {
        config.problem(
            "`max-ram-below-4g` must be a size of at most 4 GiB, this is `" + word.text() + "`",
            config.origin(word));
      } else if (number > 0) {
        wishes = wishes.withMaxRamBelow4g(Stated.by(number << shift, config.origin(word)));
      }
    }
    return wishes;
  }

  private static int shift(String unit) {
    return unit.isEmpty() ? 0 : 10 * (1 + "kmg".indexOf(Character.toLowerCase(unit.charAt(0))));
  }
}
