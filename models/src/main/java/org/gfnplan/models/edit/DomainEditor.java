package org.gfnplan.models.edit;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Setting;
import org.jspecify.annotations.Nullable;

/** Changes libvirt's domain XML: how much memory there is, and which devices go in. */
final class DomainEditor implements Editor {
  private static final Pattern MEMORY =
      Pattern.compile("<(memory|currentMemory)\\b([^>]*)>\\s*(\\d+)\\s*</\\1>");
  private static final Pattern UNIT = Pattern.compile("unit\\s*=\\s*['\"](\\w+)['\"]");
  private static final Map<String, Integer> SHIFTS = Map.of("KiB", 10, "k", 10, "MiB", 20, "M", 20);
  private static final Pattern HOSTDEV =
      Pattern.compile("<hostdev\\b(?:(?!</hostdev>)[\\s\\S])*+</hostdev>");
  private static final Pattern SOURCE =
      Pattern.compile("<source\\b(?:(?!</source>)[\\s\\S])*+</source>");
  private static final Pattern PART =
      Pattern.compile("(domain|bus|slot|function)\\s*=\\s*['\"](?:0x)?([0-9a-fA-F]+)['\"]");

  private final String content;
  private final Replacements edits;

  DomainEditor(SourceText text) {
    this.content = text.content();
    this.edits = new Replacements(content);
  }

  @Override
  public boolean set(Setting setting) {
    if (!setting.key().equals("memory") || !(setting.value() instanceof Long mib)) {
      return false;
    }
    Matcher memory = MEMORY.matcher(content);
    while (memory.find()) {
      Matcher unit = UNIT.matcher(memory.group(2));
      Integer shift = SHIFTS.get(unit.find() ? unit.group(1) : "KiB");
      if (shift == null) {
        return false;
      }
      edits.replace(memory.start(3), memory.end(3), Long.toString((mib << 20) >> shift));
    }
    return true;
  }

  @Override
  public boolean drop(PciAssignment device) {
    boolean found = false;
    Matcher hostdev = HOSTDEV.matcher(content);
    while (hostdev.find()) {
      if (device.address().equals(address(hostdev.group()))) {
        edits.remove(hostdev.start(), hostdev.end());
        found = true;
      }
    }
    return found;
  }

  private static @Nullable PciAddress address(String hostdev) {
    Matcher source = SOURCE.matcher(hostdev);
    if (!source.find()) {
      return null;
    }
    int[] parts = new int[4];
    Matcher part = PART.matcher(source.group());
    while (part.find()) {
      int index = "domain bus slot function".indexOf(part.group(1));
      int at = index == 0 ? 0 : index == 7 ? 1 : index == 11 ? 2 : 3;
      if (part.group(2).length() > 4) {
        return null;
      }
      parts[at] = Integer.parseInt(part.group(2), 16);
    }
    return PciAddress.parse("%04x:%02x:%02x.%x".formatted(parts[0], parts[1], parts[2], parts[3]));
  }

  @Override
  public @Nullable String text() {
    return edits.applied();
  }
}
