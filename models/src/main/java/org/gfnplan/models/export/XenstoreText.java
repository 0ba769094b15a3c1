package org.gfnplan.models.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.xen.XenLayout;

/**
 * What libxl writes to xenstore for hvmloader, as far as it decides the layout (libxl_dom.c,
 * libxl_create.c, libxl_dm.c); {@code ~} is the domain's own directory.
 */
final class XenstoreText {
  private XenstoreText() {}

  /** A line {@code path = "value"} each. */
  static String of(Guest guest) throws UnusableInput {
    if (guest.type() == Guest.Type.PVH) {
      throw Refusal.of(
          guest.document(),
          "a PVH guest starts without hvmloader: nothing in xenstore lays it out");
    }
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("~/hvmloader/bios", guest.firmware().value());
    // qemu-xen cannot follow RAM that moves.
    keys.put("~/hvmloader/allow-memory-relocate", "0");
    keys.put("~/platform/device-model", "qemu_xen");
    keys.put("~/platform/acpi", "1");
    Stated<Integer> hole = guest.mmioHoleMib();
    if (hole != null) {
      keys.put("~/platform/mmio_hole_size", Long.toString(hole.value() * XenLayout.MIB));
    }
    StringBuilder text = new StringBuilder();
    keys.forEach((path, value) -> text.append("%s = \"%s\"\n".formatted(path, value)));
    return text.toString();
  }
}
