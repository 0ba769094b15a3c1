package org.gfnplan.models.guest.document;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.GuestMemory;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.jspecify.annotations.Nullable;

/** Reads how much memory a document's guest has. */
final class MemoryFields {
  private static final int MOST_NODES = 128;

  private final Scope scope;
  private final Fields fields;

  MemoryFields(Scope scope, Fields fields) {
    this.scope = scope;
    this.fields = fields;
  }

  /** Null when there was a problem. {@code assigned} is whether the guest has host devices. */
  @Nullable GuestMemory memory(boolean assigned) {
    scope.check(fields, "max_memory", "slots", "video_memory", "vnuma");
    Stated<Long> memory = scope.memory(fields, "memory", Scope.MIB);
    Stated<Long> maximum = scope.memory(fields, "max_memory", Scope.MIB);
    Stated<Long> slots = fields.wholeNumber("slots", 0, PmemFields.MOST_SLOTS);
    Stated<Long> video = video();
    List<NumaNode> nodes = nodes();
    if (memory == null || video == null || (maximum == null && fields.has("max_memory"))) {
      return null;
    }
    check(memory, maximum, video, nodes);
    if (!scope.isXen()) {
      return new GuestMemory(
          kib(memory),
          Stated.byDefault(memory.value() >> 10, memory.origin()),
          kib(video),
          slots(memory, maximum, slots),
          nodes);
    }
    Stated<Long> most =
        maximum != null ? maximum : scope.silent(memory.value(), "max_memory defaults to memory");
    if (memory.value() < most.value() && (assigned || !nodes.isEmpty())) {
      fields.problemAt(
          "memory",
          "`memory` below `max_memory` means populate on demand, which does not go together with "
              + (assigned ? "devices" : "`vnuma`"));
    }
    return new GuestMemory(kib(memory), kib(most), kib(video), null, nodes);
  }

  private @Nullable Stated<Long> video() {
    if (fields.has("video_memory")) {
      return scope.memory(fields, "video_memory", 0);
    }
    return scope.is(PlatformName.XEN_HVM)
        ? scope.silent(8 * Scope.MIB, "video memory defaults to 8 MiB for cirrus")
        : scope.silent(0L, "there is no video memory inside memory");
  }

  private List<NumaNode> nodes() {
    List<NumaNode> nodes = new ArrayList<>();
    for (Fields node : Lists.of(fields, "vnuma", MOST_NODES)) {
      node.require("memory");
      Stated<Long> memory = scope.memory(node, "memory", 0);
      node.reportUnknown();
      if (memory != null) {
        nodes.add(NumaNode.of(memory.value() >> 10, memory.origin()));
      }
    }
    return nodes;
  }

  private void check(
      Stated<Long> memory,
      @Nullable Stated<Long> maximum,
      Stated<Long> video,
      List<NumaNode> nodes) {
    if (maximum != null && maximum.value() < memory.value()) {
      fields.problemAt("max_memory", "`max_memory` is less than `memory`");
    }
    if (video.value() >= memory.value()) {
      fields.problemAt(
          video.isDefault() ? "memory" : "video_memory",
          "video memory of %s leaves none of the %s of `memory`"
              .formatted(Bytes.format(video.value()), Bytes.format(memory.value())));
    }
    long all = scope.isXen() && maximum != null ? maximum.value() : memory.value();
    long sum = nodes.stream().mapToLong(NumaNode::kib).sum() << 10;
    if (!nodes.isEmpty() && sum != all) {
      fields.problemAt(
          "vnuma",
          "the nodes of `vnuma` have %s, the guest has %s"
              .formatted(Bytes.format(sum), Bytes.format(all)));
    } else if (!nodes.isEmpty() && nodes.get(0).kib() << 10 < video.value()) {
      fields.problemAt("vnuma", "video memory is part of the first node, which is smaller");
    }
  }

  /* QEMU's checks of -m (softmmu/vl.c, pc.c). */
  private @Nullable MemorySlots slots(
      Stated<Long> memory, @Nullable Stated<Long> maximum, @Nullable Stated<Long> slots) {
    if (maximum == null) {
      if (slots != null) {
        fields.problemAt("slots", "`slots` needs `max_memory`");
      }
      return null;
    }
    if (slots != null && slots.value() > 0 && maximum.value().equals(memory.value())) {
      fields.problemAt("slots", "`slots` are of no use, `max_memory` is not larger than `memory`");
    }
    return new MemorySlots(
        maximum,
        slots == null
            ? scope.silent(0, "slots default to 0")
            : Stated.by(slots.value().intValue(), slots.origin()));
  }

  private static Stated<Long> kib(Stated<Long> bytes) {
    return new Stated<>(bytes.value() >> 10, bytes.origin(), bytes.isDefault());
  }
}
