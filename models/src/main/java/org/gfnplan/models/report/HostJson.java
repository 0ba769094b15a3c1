package org.gfnplan.models.report;

import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
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
    if (host.devices() != null) {
      ArrayNode devices = root.putArray("devices");
      for (Stated<PciAddress> device : host.devices()) {
        devices.add(device.value().toString());
      }
    }
    return root;
  }

  private static ObjectNode range(ArrayNode list, long startByte, long endByte) {
    ObjectNode item = list.addObject();
    item.put("start", Sizes.address(startByte));
    item.put("end", Sizes.address(endByte));
    return item;
  }
}
