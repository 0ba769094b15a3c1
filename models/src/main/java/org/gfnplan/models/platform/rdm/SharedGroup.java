package org.gfnplan.models.platform.rdm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.ReservedMemory;

/**
 * Devices that have to go to one guest, because each reaches reserved memory that another reaches
 * too, directly or through further devices.
 *
 * @param devices who, in the order of the host's tables
 * @param through the reserved memory they share
 */
public record SharedGroup(List<DeviceScope> devices, List<ReservedMemory> through) {
  public SharedGroup {
    devices = List.copyOf(devices);
    through = List.copyOf(through);
  }

  /** All groups of a host, in the order of its tables. */
  public static List<SharedGroup> of(Host host) {
    List<SharedGroup> groups = new ArrayList<>();
    for (ReservedMemory memory : host.reserved()) {
      // AMD's driver knows no sharing (passthrough/amd/pci_amd_iommu.c).
      if (memory.kind() != ReservedMemory.Kind.RMRR || memory.devices().size() < 2) {
        continue;
      }
      Set<DeviceScope> devices = new LinkedHashSet<>();
      Set<ReservedMemory> through = new LinkedHashSet<>();
      for (SharedGroup group : List.copyOf(groups)) {
        if (group.devices().stream().anyMatch(memory.devices()::contains)) {
          devices.addAll(group.devices());
          through.addAll(group.through());
          groups.remove(group);
        }
      }
      devices.addAll(memory.devices());
      through.add(memory);
      groups.add(new SharedGroup(List.copyOf(devices), List.copyOf(through)));
    }
    return groups;
  }
}
