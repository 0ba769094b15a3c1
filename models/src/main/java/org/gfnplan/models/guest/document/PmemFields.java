package org.gfnplan.models.guest.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** Reads the memory devices of a document. */
final class PmemFields {
  /** The handle of an NVDIMM has a byte for its slot; QEMU takes no more slots either (pc.c). */
  static final int MOST_SLOTS = 256;

  private static final Map<String, PmemWindow.Kind> KINDS =
      Map.of("nvdimm", PmemWindow.Kind.NVDIMM, "dimm", PmemWindow.Kind.DIMM);
  private static final long LEAST_LABEL = 128 << 10;

  private PmemFields() {}

  /** The key {@code pmem}. */
  static List<PmemWindow> windows(Fields fields) {
    List<PmemWindow> windows = new ArrayList<>();
    Map<String, Origin> names = new HashMap<>();
    for (Fields item : Lists.of(fields, "pmem", MOST_SLOTS)) {
      PmemWindow window = window(item, Lists.uniqueName(item, names));
      if (window != null) {
        windows.add(window);
      }
    }
    return windows;
  }

  private static @Nullable PmemWindow window(Fields item, @Nullable Stated<String> name) {
    item.require("size");
    Stated<PmemWindow.Kind> kind = item.word("kind", KINDS);
    Stated<Long> size = Scope.multiple(item, "size", Scope.PAGE, Scope.PAGE, Scope.MOST_BYTES);
    Stated<Long> label = Scope.multiple(item, "label", Scope.PAGE, LEAST_LABEL, Scope.MOST_BYTES);
    Stated<Long> alignment = alignment(item);
    Stated<Long> start =
        Scope.multiple(item, "address", Scope.PAGE, 0, (Gfn.LIMIT - 1) * Gfn.BYTES);
    Stated<Long> slot = item.wholeNumber("slot", 0, MOST_SLOTS - 1);
    Stated<String> backing = item.text("backing");
    Stated<Boolean> file = item.flag("file");
    item.reportUnknown();
    boolean volatileMemory = kind != null && kind.value() == PmemWindow.Kind.DIMM;
    if (label != null && volatileMemory) {
      item.problemAt("label", "a `dimm` has no `label`");
    }
    if (label != null && size != null && label.value() >= size.value()) {
      item.problemAt(
          "label",
          "a label area of %s leaves nothing of %s"
              .formatted(Bytes.format(label.value()), Bytes.format(size.value())));
    }
    if (start != null && alignment != null && start.value() % alignment.value() != 0) {
      item.problemAt(
          "address", "`address` is not a multiple of " + Bytes.format(alignment.value()));
    }
    if (name == null || size == null) {
      return null;
    }
    return new PmemWindow(
        name.value(),
        kind == null ? PmemWindow.Kind.NVDIMM : kind.value(),
        size,
        label == null ? 0 : label.value(),
        alignment,
        start,
        slot == null ? null : Stated.by(slot.value().intValue(), slot.origin()),
        backing,
        file != null && file.value(),
        name.origin());
  }

  private static @Nullable Stated<Long> alignment(Fields item) {
    Stated<Long> alignment = item.bytes("alignment", Scope.PAGE, Scope.MOST_BYTES);
    if (alignment != null && Long.bitCount(alignment.value()) != 1) {
      item.problemAt(
          "alignment",
          "`alignment` must be a power of two, this is " + Bytes.format(alignment.value()));
      return null;
    }
    return alignment;
  }
}
