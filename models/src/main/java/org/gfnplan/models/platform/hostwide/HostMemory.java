package org.gfnplan.models.platform.hostwide;

import java.util.List;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;

/** X10: what the guests have together, beside what the host has. */
final class HostMemory {
  private HostMemory() {}

  /** A warning when the guests have more RAM than the host can use; none when that is not known. */
  static List<Finding> findings(Host host, List<Tenant> tenants) {
    List<MemoryMapEntry> ram = host.memoryMap().stream().filter(MemoryMapEntry::isRam).toList();
    long usable = ram.stream().mapToLong(entry -> entry.endByte() - entry.startByte()).sum();
    long wanted =
        tenants.stream().mapToLong(tenant -> tenant.guest().memory().mostKib().value() << 10).sum();
    if (ram.isEmpty() || wanted <= usable) {
      return List.of();
    }
    return List.of(
        new Finding(
            Severity.WARNING,
            "host-memory-exceeded",
            "the guests have %s of memory together, the host can use %d MiB (X10)"
                .formatted(Bytes.format(wanted), usable >> 20),
            ram.get(ram.size() - 1).origin()));
  }
}
