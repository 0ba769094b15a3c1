package org.gfnplan.cli.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.host.ReservedIova;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.words.Sizes;

/** A host as text. */
public final class HostText {
  private HostText() {}

  /** The text, with a newline at the end. */
  public static String of(Host host) {
    StringBuilder out = new StringBuilder();
    out.append("host: `%s`\n".formatted(host.name()));
    Stated<Integer> width = host.addressWidth();
    if (width != null) {
      out.append("address width: %d bits\n".formatted(width.value()));
    }
    Stated<Integer> iommu = host.iommuBits();
    if (iommu != null) {
      out.append("IOMMU translates: %d bits\n".formatted(iommu.value()));
    }
    Stated<Integer> cpu = host.cpuPhysicalBits();
    if (cpu != null) {
      out.append("processor's physical addresses: %d bits\n".formatted(cpu.value()));
    }
    if (!host.reservedKnown()) {
      out.append("reserved device memory: not known; no source lists it\n");
    } else if (host.reserved().isEmpty()) {
      out.append("reserved device memory: none\n");
    } else {
      out.append("reserved device memory:\n");
      host.reserved().forEach(memory -> out.append(line(memory)));
    }
    addReservedIova(host, out);
    addPmem(host, out);
    addDevices(host, out);
    for (Finding finding : host.findings()) {
      out.append(
          "%s: %s [%s] %s\n"
              .formatted(
                  finding.severity().word(),
                  finding.message(),
                  finding.id(),
                  finding.origin().shortForm()));
    }
    return out.toString();
  }

  private static String line(ReservedMemory memory) {
    String devices =
        memory.devices().isEmpty()
            ? "device not named"
            : memory.devices().stream().map(Object::toString).collect(Collectors.joining(", "));
    return "  %s  %s  %s  %s\n"
        .formatted(
            Sizes.range(memory.startByte(), memory.endByte()),
            memory.kind().word(),
            devices,
            memory.origin().shortForm());
  }

  /* Interrupt windows are in every group, so groups with the same range share a line. */
  private static void addReservedIova(Host host, StringBuilder out) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (ReservedIova iova : host.reservedIova()) {
      String range = Sizes.range(iova.startByte(), iova.endByte()) + "  " + iova.kind().word();
      List<Integer> of = groups.computeIfAbsent(range, key -> new ArrayList<>());
      if (iova.group() != null) {
        of.add(iova.group());
      }
    }
    if (!groups.isEmpty()) {
      out.append("addresses that devices cannot use:\n");
    }
    groups.forEach(
        (range, of) ->
            out.append(
                "  %s%s\n".formatted(range, of.isEmpty() ? "" : "  IOMMU group " + runs(of))));
  }

  /** {@code 0-3, 7}; the numbers ascend. */
  private static String runs(List<Integer> numbers) {
    List<String> runs = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= numbers.size(); i++) {
      if (i == numbers.size() || numbers.get(i) != numbers.get(i - 1) + 1) {
        int from = numbers.get(first);
        int to = numbers.get(i - 1);
        runs.add(from == to ? "" + from : from + "-" + to);
        first = i;
      }
    }
    return String.join(", ", runs);
  }

  private static void addPmem(Host host, StringBuilder out) {
    if (!host.pmem().isEmpty()) {
      out.append("persistent memory:\n");
    }
    for (HostPmem memory : host.pmem()) {
      String extents =
          memory.extents().stream()
              .map(range -> Sizes.range(range.startByte(), range.endByte()))
              .collect(Collectors.joining(", "));
      out.append(
          "  %s: %s at %s  %s\n"
              .formatted(
                  memory.label(),
                  Sizes.size(memory.bytes()),
                  extents,
                  memory.origin().shortForm()));
    }
  }

  private static void addDevices(Host host, StringBuilder out) {
    List<HostDevice> devices = host.devices();
    if (devices == null) {
      return;
    }
    out.append(
        host.devicesComplete()
            ? "PCI functions: %d\n".formatted(devices.size())
            : "PCI functions: %d, and maybe others\n".formatted(devices.size()));
    for (HostDevice device : devices) {
      out.append("  ").append(device.address());
      if (device.iommuGroup() != null) {
        out.append("  IOMMU group ").append(device.iommuGroup());
      }
      if (device.description() != null) {
        out.append("  ").append(device.description());
      }
      out.append('\n');
      device.bars().forEach(bar -> out.append(line(bar)));
    }
  }

  private static String line(Bar bar) {
    StringBuilder line = new StringBuilder("    ");
    line.append(bar.index() == Bar.ROM ? "ROM" : "BAR " + bar.index());
    line.append(": ").append(Sizes.size(bar.bytes())).append(' ').append(bar.space().word());
    if (bar.prefetchable()) {
      line.append(", prefetchable");
    }
    Stated<Long> at = bar.hostByte();
    if (at != null) {
      line.append(", at ").append(Sizes.address(at.value()));
    }
    if (!bar.resizableTo().isEmpty()) {
      line.append(", can be ")
          .append(bar.resizableTo().stream().map(Sizes::size).collect(Collectors.joining(", ")));
    }
    return line.append('\n').toString();
  }
}
