package org.gfnplan.models.host;

import java.util.List;
import org.gfnplan.models.pci.PciAddress;
import org.jspecify.annotations.Nullable;

/**
 * A device as a firmware table names it: a function on a bus, then hops through bridges below it.
 * The buses behind bridges are not in the table.
 *
 * @param first the first hop, whose bus is known
 * @param hops device and function of each further hop, as {@code device << 3 | function}
 */
public record DeviceScope(PciAddress first, List<Integer> hops) {
  public DeviceScope {
    hops = List.copyOf(hops);
  }

  /** A device whose address is known. */
  public static DeviceScope of(PciAddress address) {
    return new DeviceScope(address, List.of());
  }

  /** The address, or null when the device is behind a bridge whose bus is not known. */
  public @Nullable PciAddress address() {
    return hops.isEmpty() ? first : null;
  }

  /** Whether this may be the device at {@code address}; certain when {@link #address} is known. */
  public boolean mayBe(PciAddress address) {
    if (hops.isEmpty()) {
      return first.equals(address);
    }
    int last = hops.get(hops.size() - 1);
    return address.segment() == first.segment()
        && address.bus() > first.bus()
        && last == (address.device() << 3 | address.function());
  }

  /** {@code 0000:00:1c.0} or, behind a bridge, {@code 0000:00:1c.0/00.0}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(first.toString());
    for (int hop : hops) {
      text.append("/%02x.%x".formatted(hop >> 3, hop & 7));
    }
    return text.toString();
  }
}
