package org.gfnplan.models.platform.xen.hvmloader;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.pci.Bar;

/**
 * A function on the guest's first PCI bus, with the registers it has.
 *
 * @param devfn device times 8 plus function, 0 to 255
 * @param name what it is
 * @param isXenPlatform whether it is the xen-platform device (vendor 5853, device 1 or 2)
 * @param bars its registers, ascending by index; a 64-bit one takes two
 */
public record PciFunction(int devfn, String name, boolean isXenPlatform, List<Bar> bars) {
  public PciFunction {
    bars = bars.stream().sorted(Comparator.comparingInt(Bar::index)).toList();
    if (devfn < 0 || devfn > 255) {
      throw new IllegalArgumentException("devfn must be in 0..255: devfn=" + devfn);
    }
    Set<Integer> taken = new HashSet<>();
    for (Bar bar : bars) {
      boolean wide = bar.space() == Bar.Space.MEMORY_64;
      if (!taken.add(bar.index())
          || (wide && (bar.index() + 1 >= Bar.ROM || !taken.add(bar.index() + 1)))
          || (bar.index() == Bar.ROM && bar.space() != Bar.Space.MEMORY_32)) {
        throw new IllegalArgumentException(
            "registers of a function must not share an index: devfn=%d index=%d"
                .formatted(devfn, bar.index()));
      }
    }
  }
}
