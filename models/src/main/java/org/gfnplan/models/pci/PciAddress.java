package org.gfnplan.models.pci;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PCI function.
 *
 * @param segment 0 to 0xffff
 * @param bus 0 to 0xff
 * @param device 0 to 0x1f
 * @param function 0 to 7
 */
public record PciAddress(int segment, int bus, int device, int function)
    implements Comparable<PciAddress> {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:([0-9a-fA-F]{1,4}):)?([0-9a-fA-F]{1,2}):([0-9a-fA-F]{1,2})\\.([0-9a-fA-F])");
  private static final Comparator<PciAddress> ORDER =
      Comparator.comparingInt(PciAddress::segment)
          .thenComparingInt(PciAddress::bus)
          .thenComparingInt(PciAddress::device)
          .thenComparingInt(PciAddress::function);

  public PciAddress {
    if (segment < 0
        || segment > 0xffff
        || bus < 0
        || bus > 0xff
        || device < 0
        || device > 0x1f
        || function < 0
        || function > 7) {
      throw new IllegalArgumentException(
          "pci address must be within ffff:ff:1f.7: segment=%x bus=%x device=%x function=%x"
              .formatted(segment, bus, device, function));
    }
  }

  /** Reads {@code 00:02.0} or {@code 0000:00:02.0}; null when the text is no such address. */
  public static @Nullable PciAddress parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return null;
    }
    int segment = match.group(1) == null ? 0 : Integer.parseInt(match.group(1), 16);
    int bus = Integer.parseInt(match.group(2), 16);
    int device = Integer.parseInt(match.group(3), 16);
    int function = Integer.parseInt(match.group(4), 16);
    return device > 0x1f || function > 7 ? null : new PciAddress(segment, bus, device, function);
  }

  /** Orders by segment, bus, device, function. */
  @Override
  public int compareTo(PciAddress other) {
    return ORDER.compare(this, other);
  }

  /** The full form, {@code 0000:00:02.0}. */
  @Override
  public String toString() {
    return "%04x:%02x:%02x.%x".formatted(segment, bus, device, function);
  }
}
