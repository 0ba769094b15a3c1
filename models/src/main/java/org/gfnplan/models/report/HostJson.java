package org.gfnplan.models.report;

import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.host.ReservedIova;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.Gfn;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A host as a host document, which can be read again. Reserved memory is in whole frames, and what
 * no host document states (PCI configuration windows) is left out.
 */
public final class HostJson {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HostJson() {}

  /** The document over many lines, without a newline at the end. */
  public static String pretty(Host host) {
    return PRETTY.writeValueAsString(document(host));
  }

  private static ObjectNode document(Host host) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("gfnplan", "host/1");
    root.put("name", host.name());
    if (host.iommu() != Host.Iommu.UNKNOWN) {
      root.put("iommu", host.iommu() == Host.Iommu.AMD ? "amd" : "intel");
    }
    Stated<Integer> width = host.addressWidth();
    if (width != null) {
      root.put("address_width", width.value().intValue());
    }
    Stated<Integer> iommuBits = host.iommuBits();
    if (iommuBits != null) {
      root.put("iommu_bits", iommuBits.value().intValue());
    }
    Stated<Integer> cpuBits = host.cpuPhysicalBits();
    if (cpuBits != null) {
      root.put("cpu_physical_bits", cpuBits.value().intValue());
    }
    if (host.reservedKnown()) {
      ArrayNode reserved = root.putArray("reserved");
      for (ReservedMemory memory : host.reserved()) {
        ObjectNode item =
            range(
                reserved, Gfn.toBytes(memory.frames().start()), Gfn.toBytes(memory.frames().end()));
        item.put("kind", memory.kind().word());
        if (!memory.devices().isEmpty()) {
          ArrayNode devices = item.putArray("devices");
          for (DeviceScope scope : memory.devices()) {
            devices.add(scope.toString());
          }
        }
      }
    }
    if (!host.memoryMap().isEmpty()) {
      ArrayNode map = root.putArray("memory_map");
      for (MemoryMapEntry entry : host.memoryMap()) {
        range(map, entry.startByte(), entry.endByte()).put("type", entry.type());
      }
    }
    addReservedIova(host, root);
    addDevices(host, root);
    addPmem(host, root);
    return root;
  }

  private static void addReservedIova(Host host, ObjectNode root) {
    if (host.reservedIova().isEmpty()) {
      return;
    }
    ArrayNode list = root.putArray("reserved_iova");
    for (ReservedIova iova : host.reservedIova()) {
      ObjectNode item = range(list, iova.startByte(), iova.endByte());
      item.put("kind", iova.kind().word());
      if (iova.group() != null) {
        item.put("group", iova.group().intValue());
      }
    }
  }

  private static void addDevices(Host host, ObjectNode root) {
    if (host.devices() == null) {
      return;
    }
    if (!host.devicesComplete()) {
      root.put("devices_complete", false);
    }
    ArrayNode devices = root.putArray("devices");
    for (HostDevice device : host.devices()) {
      boolean isBare =
          device.description() == null && device.iommuGroup() == null && !device.barsKnown();
      if (isBare && device.bars().isEmpty()) {
        devices.add(device.address().toString());
      } else {
        add(device, devices.addObject());
      }
    }
  }

  private static void add(HostDevice device, ObjectNode item) {
    item.put("address", device.address().toString());
    if (device.description() != null) {
      item.put("description", device.description());
    }
    if (device.iommuGroup() != null) {
      item.put("iommu_group", device.iommuGroup().intValue());
    }
    if (!device.barsKnown() && device.bars().isEmpty()) {
      return;
    }
    if (!device.barsKnown()) {
      item.put("bars_complete", false);
    }
    ArrayNode bars = item.putArray("bars");
    for (Bar bar : device.bars()) {
      ObjectNode one = bars.addObject();
      one.put("bar", bar.index());
      one.put("space", bar.space().word());
      one.put("size", Sizes.address(bar.bytes()));
      if (bar.prefetchable()) {
        one.put("prefetchable", true);
      }
      if (!bar.resizableTo().isEmpty()) {
        ArrayNode sizes = one.putArray("resizable_to");
        bar.resizableTo().forEach(size -> sizes.add(Sizes.address(size)));
      }
      Stated<Long> at = bar.hostByte();
      if (at != null) {
        one.put("host_address", Sizes.address(at.value()));
      }
    }
  }

  private static void addPmem(Host host, ObjectNode root) {
    if (host.pmem().isEmpty()) {
      return;
    }
    ArrayNode list = root.putArray("pmem");
    for (HostPmem memory : host.pmem()) {
      ObjectNode item = list.addObject();
      item.put("name", memory.name());
      item.put("kind", memory.kind().word());
      item.put("size", Sizes.address(memory.bytes()));
      ArrayNode extents = item.putArray("extents");
      memory.extents().forEach(range -> range(extents, range.startByte(), range.endByte()));
    }
  }

  private static ObjectNode range(ArrayNode list, long startByte, long endByte) {
    ObjectNode item = list.addObject();
    item.put("start", Sizes.address(startByte));
    item.put("end", Sizes.address(endByte));
    return item;
  }
}
