package org.gfnplan.models.host;

import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A PCI function of the host.
 *
 * @param address where it is
 * @param description what the source calls it, or null when it has no words for it
 * @param bars its base address registers, by index, each index at most once
 * @param barsKnown whether {@code bars} are all it has; otherwise there may be more
 * @param iommuGroup the group that Linux put it in, or null when no source says
 * @param origin what says that it is there
 */
public record HostDevice(
    PciAddress address,
    @Nullable String description,
    List<Bar> bars,
    boolean barsKnown,
    @Nullable Integer iommuGroup,
    Origin origin) {
  static final Comparator<HostDevice> BY_ADDRESS = Comparator.comparing(HostDevice::address);

  public HostDevice {
    bars = bars.stream().sorted(Comparator.comparingInt(Bar::index)).toList();
    if (bars.stream().map(Bar::index).distinct().count() != bars.size()) {
      throw new IllegalArgumentException(
          "a function must have each bar once: address=%s bars=%s"
              .formatted(address, bars.stream().map(Bar::index).toList()));
    }
  }

  /** A function all of whose registers are known. */
  public HostDevice(
      PciAddress address,
      @Nullable String description,
      List<Bar> bars,
      @Nullable Integer iommuGroup,
      Origin origin) {
    this(address, description, bars, true, iommuGroup, origin);
  }

  /** A function of which only the address, and perhaps its group, is known. */
  public static HostDevice at(PciAddress address, @Nullable Integer iommuGroup, Origin origin) {
    return new HostDevice(address, null, List.of(), false, iommuGroup, origin);
  }

  /** The same function, with a description. */
  public HostDevice called(String words) {
    return new HostDevice(address, words, bars, barsKnown, iommuGroup, origin);
  }
}
