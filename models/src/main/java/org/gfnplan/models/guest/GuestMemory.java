package org.gfnplan.models.guest;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/**
 * How much memory a guest has.
 *
 * @param startKib memory at start in KiB, video memory included
 * @param mostKib the most memory in KiB that it starts with room for, video memory included; on Xen
 *     this decides the layout
 * @param videoKib video memory in KiB inside the above
 * @param slots room for memory that is plugged in later, or null
 * @param nodes virtual NUMA nodes in order; empty without vNUMA
 */
public record GuestMemory(
    Stated<Long> startKib,
    Stated<Long> mostKib,
    Stated<Long> videoKib,
    @Nullable MemorySlots slots,
    List<NumaNode> nodes) {
  public GuestMemory {
    nodes = List.copyOf(nodes);
  }

  /** Memory without slots and nodes. */
  public static GuestMemory of(Stated<Long> startKib, Stated<Long> mostKib, Stated<Long> videoKib) {
    return new GuestMemory(startKib, mostKib, videoKib, null, List.of());
  }

  /** RAM without video memory in whole frames; rounded down. */
  public long ramFrames() {
    return Gfn.floor((mostKib.value() - videoKib.value()) * 1024);
  }

  /** The line that says how much memory there is. */
  public Stated<Long> statedKib() {
    return mostKib.isDefault() ? startKib : mostKib;
  }

  /** The same with another amount, at start and at most; the last nodes give what is missing. */
  public GuestMemory withSize(Stated<Long> kib) {
    List<NumaNode> fitted = new ArrayList<>();
    long left = kib.value();
    for (NumaNode node : nodes) {
      boolean last = fitted.size() == nodes.size() - 1;
      long share = last ? left : Math.min(left, node.kib());
      fitted.add(node.withKib(share));
      left -= share;
    }
    return new GuestMemory(kib, kib, videoKib, slots, fitted);
  }

  /** The same without video memory inside it. */
  public GuestMemory withoutVideo(Origin line) {
    return new GuestMemory(startKib, mostKib, Stated.byDefault(0L, line), slots, nodes);
  }

  /** The same with other room for memory that is plugged in later. */
  public GuestMemory withSlots(@Nullable MemorySlots others) {
    return new GuestMemory(startKib, mostKib, videoKib, others, nodes);
  }

  /** The same with other virtual NUMA nodes. */
  public GuestMemory withNodes(List<NumaNode> others) {
    return new GuestMemory(startKib, mostKib, videoKib, slots, others);
  }
}
