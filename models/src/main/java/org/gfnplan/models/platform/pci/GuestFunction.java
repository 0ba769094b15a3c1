package org.gfnplan.models.platform.pci;

import java.util.List;
import java.util.Locale;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A PCI function that a guest sees.
 *
 * @param name what to call it, unique in its guest: {@code 03:00.0}, {@code VGA}
 * @param description what the host calls it, or null when it has no words for it
 * @param bars its registers, by index
 * @param assigned the line that gives it to the guest, or null when the device model makes it
 * @param origin what says how large its registers are
 */
public record GuestFunction(
    String name,
    @Nullable String description,
    List<Bar> bars,
    @Nullable PciAssignment assigned,
    Origin origin) {
  public GuestFunction {
    bars = List.copyOf(bars);
  }

  /** Whether it is known to be a controller of a USB. */
  public boolean isUsbController() {
    return description != null && description.toLowerCase(Locale.ROOT).contains("usb");
  }

  /** The registers that want memory, by index. */
  public List<Bar> memoryBars() {
    return bars.stream().filter(Bar::isMemory).toList();
  }

  /** What to call a register: {@code BAR 1 of 03:00.0}. */
  public String label(Bar bar) {
    return bar.index() == Bar.ROM ? "ROM of " + name : "BAR %d of %s".formatted(bar.index(), name);
  }
}
