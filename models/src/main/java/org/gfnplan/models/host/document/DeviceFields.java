package org.gfnplan.models.host.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.host.pci.BarSize;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the PCI functions of a host document: addresses, or maps with their registers. */
final class DeviceFields {
  private final SourceFacts facts;
  private final List<InputProblem> problems;
  private final Map<PciAddress, Origin> seen = new HashMap<>();

  DeviceFields(SourceFacts facts, List<InputProblem> problems) {
    this.facts = facts;
    this.problems = problems;
  }

  /** Reads one item of the list. */
  void read(Node node) {
    if (node instanceof Node.Mapping mapping) {
      readDevice(new Fields(mapping, problems));
    } else {
      PciAddress address = HostDocument.device(node, problems);
      if (address != null) {
        add(HostDevice.at(address, null, node.origin()));
      }
    }
  }

  private void readDevice(Fields fields) {
    Stated<String> text = fields.requiredText("address");
    PciAddress address = text == null ? null : PciAddress.parse(text.value());
    if (text != null && address == null) {
      problem(
          text.origin(),
          "a device must be like `0000:00:02.0`, this is `%s`".formatted(text.value()));
    }
    Stated<String> description = fields.text("description");
    Stated<Long> group = fields.wholeNumber("iommu_group", 0, 999_999);
    Stated<Boolean> complete = fields.flag("bars_complete");
    boolean isComplete = complete == null ? fields.has("bars") : complete.value();
    List<Bar> bars = new ArrayList<>();
    Set<Integer> indices = new HashSet<>();
    for (Fields item : fields.listOfFields("bars")) {
      Bar bar = bar(item);
      if (bar != null && !indices.add(bar.index())) {
        problem(bar.origin(), "BAR %d is given twice".formatted(bar.index()));
      } else if (bar != null) {
        bars.add(bar);
      }
    }
    fields.reportUnknown();
    if (address != null) {
      add(
          new HostDevice(
              address,
              description == null ? null : description.value(),
              bars,
              isComplete,
              group == null ? null : group.value().intValue(),
              fields.origin()));
    }
  }

  private void add(HostDevice device) {
    Origin before = seen.putIfAbsent(device.address(), device.origin());
    if (before == null) {
      facts.addDevice(device);
    } else {
      problem(
          device.origin(),
          "device %s is given twice, first in %s".formatted(device.address(), before.shortForm()));
    }
  }

  private @Nullable Bar bar(Fields fields) {
    fields.require("bar", "space", "size");
    Stated<Long> index = fields.wholeNumber("bar", 0, Bar.ROM);
    Stated<Bar.Space> space =
        fields.word(
            "space",
            Map.of(
                Bar.Space.IO.word(), Bar.Space.IO,
                Bar.Space.MEMORY_32.word(), Bar.Space.MEMORY_32,
                Bar.Space.MEMORY_64.word(), Bar.Space.MEMORY_64));
    Stated<Long> size = fields.bytes("size", 1, ByteRange.LIMIT);
    Stated<Boolean> prefetchable = fields.flag("prefetchable");
    Stated<Long> at = fields.bytes("host_address", 0, ByteRange.LIMIT - 1);
    List<Long> resizable = resizable(fields, space);
    fields.reportUnknown();
    if (index == null || space == null || size == null) {
      return null;
    }
    String complaint = BarSize.complaint(space.value(), size.value());
    if (complaint != null) {
      problem(size.origin(), "BAR %d: %s".formatted(index.value(), complaint));
      return null;
    }
    return new Bar(
        index.value().intValue(),
        space.value(),
        size.value(),
        prefetchable != null && prefetchable.value(),
        resizable,
        at,
        fields.origin());
  }

  private List<Long> resizable(Fields fields, @Nullable Stated<Bar.Space> space) {
    List<Long> sizes = new ArrayList<>();
    for (Stated<Long> size : fields.listOfBytes("resizable_to", 1, ByteRange.LIMIT)) {
      Bar.Space decoded = space == null ? Bar.Space.MEMORY_64 : space.value();
      String complaint = BarSize.complaint(decoded, size.value());
      if (complaint != null) {
        problem(size.origin(), complaint);
      } else {
        sizes.add(size.value());
      }
    }
    return sizes.stream().sorted().distinct().toList();
  }

  private void problem(Origin origin, String message) {
    problems.add(new InputProblem(origin, message));
  }
}
