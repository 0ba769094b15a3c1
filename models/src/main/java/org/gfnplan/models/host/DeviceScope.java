package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.pci.PciAddress;
import org.jspecify.annotations.Nullable;

/**
 * The devices that one entry of a firmware table names: a function, a function behind bridges whose
 * buses are not in the table, or every function of a range.
 *
 * @param first the first hop, whose bus is known; of a range, its first function
 * @param hops device and function of each further hop, as {@code device << 3 | function}
 * @param last the last function of a range, on the same segment; equals {@code first} otherwise
 */
public record DeviceScope(PciAddress first, List<Integer> hops, PciAddress last) {
  public DeviceScope {
    hops = List.copyOf(hops);
    if (first.segment() != last.segment() || first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "a range of devices must ascend on one segment: first=%s last=%s".formatted(first, last));
    }
    if (!hops.isEmpty() && !first.equals(last)) {
      throw new IllegalArgumentException(
          "a range of devices must have no hops: first=%s last=%s".formatted(first, last));
    }
  }

  /** One device, behind bridges when {@code hops} is not empty. */
  public DeviceScope(PciAddress first, List<Integer> hops) {
    this(first, hops, first);
  }

  /** A device whose address is known. */
  public static DeviceScope of(PciAddress address) {
    return new DeviceScope(address, List.of());
  }

  /** Every function from {@code first} to {@code last}, both included. */
  public static DeviceScope range(PciAddress first, PciAddress last) {
    return new DeviceScope(first, List.of(), last);
  }

  /** Every function of a segment. */
  public static DeviceScope all(int segment) {
    return range(new PciAddress(segment, 0, 0, 0), new PciAddress(segment, 0xff, 0x1f, 7));
  }

  /** Reads what {@link #toString} writes, or a plain address; null when the text is neither. */
  public static @Nullable DeviceScope parse(String text) {
    int dash = text.indexOf('-');
    if (dash >= 0) {
      PciAddress from = PciAddress.parse(text.substring(0, dash));
      PciAddress to = PciAddress.parse(text.substring(dash + 1));
      if (from == null || to == null || from.segment() != to.segment()) {
        return null;
      }
      return from.compareTo(to) <= 0 ? range(from, to) : null;
    }
    List<String> parts = List.of(text.split("/", -1));
    PciAddress first = PciAddress.parse(parts.get(0));
    List<Integer> hops = new ArrayList<>();
    for (String part : parts.subList(1, parts.size())) {
      PciAddress hop = part.contains(":") ? null : PciAddress.parse("00:" + part);
      if (hop == null) {
        return null;
      }
      hops.add(hop.device() << 3 | hop.function());
    }
    return first == null ? null : new DeviceScope(first, hops);
  }

  /** Whether this names more than one function. */
  public boolean isRange() {
    return !first.equals(last);
  }

  /** The address, or null when this is a range or a device behind a bridge. */
  public @Nullable PciAddress address() {
    return hops.isEmpty() && !isRange() ? first : null;
  }

  /** Whether {@code address} may be meant; certain unless it is behind a bridge. */
  public boolean mayBe(PciAddress address) {
    if (hops.isEmpty()) {
      return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }
    int hop = hops.get(hops.size() - 1);
    return address.segment() == first.segment()
        && address.bus() > first.bus()
        && hop == (address.device() << 3 | address.function());
  }

  /**
   * {@code 0000:00:1c.0}; behind a bridge {@code 0000:00:1c.0/00.0}; a range {@code
   * 0000:00:00.0-0000:0f:1f.7}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(first.toString());
    for (int hop : hops) {
      text.append("/%02x.%x".formatted(hop >> 3, hop & 7));
    }
    if (isRange()) {
      text.append('-').append(last);
    }
    return text.toString();
  }
}
