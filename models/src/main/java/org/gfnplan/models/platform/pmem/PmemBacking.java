package org.gfnplan.models.platform.pmem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.solver.p2m.index.GfnIndex;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Which of the host's persistent memory is behind a window of a guest. */
public final class PmemBacking {
  private PmemBacking() {}

  /**
   * What the host knows under the name that the window states; null when it states none, or the
   * host knows none. Of several kinds under one name the smallest is meant: a file, a namespace, a
   * region.
   */
  public static @Nullable HostPmem of(Host host, PmemWindow window) {
    Stated<String> name = window.backing();
    return name == null
        ? null
        : host.pmem().stream()
            .filter(memory -> memory.name().equals(name.value()))
            .max(Comparator.comparing(HostPmem::kind))
            .orElse(null);
  }

  /** Namespaces and files that could back the window and share nothing with what the guest has. */
  static List<HostPmem> others(Scene scene, PmemWindow window) {
    List<GfnRange> frames = new ArrayList<>();
    for (PmemWindow each : scene.guest().pmem()) {
      HostPmem backing = of(scene.host(), each);
      if (backing != null) {
        frames.addAll(frames(backing));
      }
    }
    GfnIndex taken = GfnIndex.of(frames);
    return scene.host().pmem().stream()
        .filter(memory -> memory.kind() != HostPmem.Kind.REGION)
        .filter(memory -> memory.bytes() >= window.bytes().value())
        .filter(memory -> frames(memory).stream().noneMatch(f -> taken.any(f.start(), f.end())))
        .toList();
  }

  /** The host's frames that hold it, in the order of its contents. */
  public static List<GfnRange> frames(HostPmem memory) {
    return memory.extents().stream()
        .map(extent -> GfnRange.coveringBytes(extent.startByte(), extent.endByte()))
        .toList();
  }

  /** What could not be checked, because the host's sources do not say where a backing is. */
  public static List<Finding> findings(Scene scene) {
    List<Finding> found = new ArrayList<>();
    boolean silent = scene.host().pmem().isEmpty();
    for (PmemWindow window : scene.guest().pmem()) {
      Stated<String> name = window.backing();
      if (name != null && of(scene.host(), window) == null) {
        found.add(
            new Finding(
                silent ? Severity.NOTE : Severity.WARNING,
                silent ? "host-pmem-unknown" : "pmem-backing-unknown",
                silent
                    ? "the host's sources list no persistent memory, so what backs `%s` is not checked"
                        .formatted(window.name())
                    : "the host has no persistent memory `%s`, so what backs `%s` is not checked"
                        .formatted(name.value(), window.name()),
                name.origin()));
      }
    }
    return found;
  }
}
