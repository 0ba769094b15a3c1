package org.gfnplan.models.edit;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.jspecify.annotations.Nullable;

/** Changes a guest document in YAML or JSON. */
final class DocumentEditor implements Editor {
  private static final long MIB = 1 << 20;
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[0-9a-fA-F]+:)?[0-9a-fA-F]+:[0-9a-fA-F]+\\.[0-7]");

  /** What settings of bytes are called in a document. */
  private static final Map<String, String> SIZES =
      Map.of(
          "max-ram-below-4g", "max_ram_below_4g",
          "pci-hole64-size", "pci_hole64");

  private final Guest guest;
  private final DocumentLines lines;

  DocumentEditor(SourceText text, Guest guest) {
    this.guest = guest;
    this.lines = new DocumentLines(text.content());
  }

  @Override
  public boolean set(Setting setting) {
    String of = setting.of();
    if (of != null) {
      return port(setting, of);
    }
    Object value = setting.value();
    boolean out = value.equals("") || value.equals(0L);
    long number = value instanceof Long some ? some : 0;
    String bytes = SIZES.get(setting.key());
    if (bytes != null) {
      return lines.put(bytes, out ? null : size(number));
    }
    return switch (setting.key()) {
      case "memory" -> lines.put("memory", size(number * MIB));
      case "maxmem" ->
          lines.put("max_memory", size(guest.platform().value().isXen() ? number * MIB : number));
      case "mmio_hole" -> lines.put("mmio_hole", out ? null : size(number * MIB));
      case "X-PciMmio64Mb" -> lines.put("ovmf_window64", out ? null : size(number * MIB));
      case "phys-bits" -> lines.put("physical_bits", out ? null : value.toString());
      case "slots" -> lines.put("slots", value.toString());
      case "passthrough" -> lines.put("passthrough", out ? null : "true");
      case "firmware", "platform" -> lines.put(setting.key(), value.toString());
      case "rdm_mem_boundary" -> !out && lines.put("rdm", "boundary", size(number * MIB));
      case "rdm" -> strategy(value.toString());
      default -> false;
    };
  }

  private boolean strategy(String value) {
    if (value.isEmpty()) {
      return lines.put("rdm", "strategy", "ignore");
    }
    return lines.put("rdm", "policy", value.substring(value.lastIndexOf('=') + 1));
  }

  private boolean port(Setting setting, String name) {
    String key =
        setting.key().equals("mem-reserve")
            ? "memory"
            : setting.key().equals("pref64-reserve") ? "prefetchable" : null;
    for (RootPort port : guest.pci().ports()) {
      if (key != null && port.name().equals(name) && setting.value() instanceof Long bytes) {
        DocumentLines.Item item = itemOf(port.origin(), name);
        return item != null && lines.put(item, key, size(bytes));
      }
    }
    return false;
  }

  @Override
  public boolean policy(PciAssignment device, String word) {
    DocumentLines.Item item = itemOf(device);
    return item != null && lines.put(item, "rdm_policy", word);
  }

  @Override
  public boolean resize(PciAssignment device, PciAssignment.ResizedBar wish) {
    DocumentLines.Item item = itemOf(device);
    return item != null
        && lines.put(
            item,
            "resize",
            (lines.isJson() ? "{\"%d\": \"%s\"}" : "{%d: %s}")
                .formatted(wish.index(), size(wish.bytes())));
  }

  @Override
  public boolean drop(PciAssignment device) {
    DocumentLines.Item item = itemOf(device);
    return item != null && lines.drop(item);
  }

  @Override
  public boolean assign(String device, @Nullable String policy) {
    if (guest.devices().isEmpty()) {
      return false;
    }
    DocumentLines.Item last = itemOf(guest.devices().get(guest.devices().size() - 1));
    return last != null
        && lines.itemAfter(
            last,
            policy == null
                ? "{address: \"%s\"}".formatted(device)
                : "{address: \"%s\", rdm_policy: %s}".formatted(device, policy));
  }

  @Override
  public boolean pmem(PmemWindow before, @Nullable PmemWindow after) {
    DocumentLines.Item item = itemOf(before.origin(), before.name());
    if (item == null) {
      return false;
    }
    if (after == null) {
      return lines.drop(item);
    }
    Stated<String> backing = after.backing();
    return (after.bytes().value().equals(before.bytes().value())
            || lines.put(item, "size", size(after.bytes().value())))
        && (backing == null
            || Objects.equals(backing, before.backing())
            || lines.put(item, "backing", backing.value()))
        && (after.startByte() != null
            || before.startByte() == null
            || lines.put(item, "address", null))
        && (after.alignmentBytes() != null
            || before.alignmentBytes() == null
            || lines.put(item, "alignment", null));
  }

  @Override
  public String text() {
    return lines.text();
  }

  private DocumentLines.@Nullable Item itemOf(PciAssignment device) {
    String line = line(device.origin());
    Matcher address = ADDRESS.matcher(line == null ? "" : line);
    while (address.find()) {
      if (device.address().equals(PciAddress.parse(address.group()))) {
        return lines.itemAt(number(device.origin()), address.start());
      }
    }
    return null;
  }

  private DocumentLines.@Nullable Item itemOf(Origin origin, String name) {
    String line = line(origin);
    int column = line == null ? -1 : line.indexOf(name);
    return column < 0 ? null : lines.itemAt(number(origin), column);
  }

  private @Nullable String line(Origin origin) {
    int number = number(origin);
    return number < 0 ? null : lines.line(number);
  }

  /** The line, counted from 0, or -1. */
  private static int number(Origin origin) {
    return origin.position() instanceof Position.Line line ? line.number() - 1 : -1;
  }

  private static String size(long bytes) {
    String words = Bytes.format(bytes);
    return words.contains("byte") ? Long.toString(bytes) : words.replace(" ", "");
  }
}
