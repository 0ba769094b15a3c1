package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.solver.space.Gfn;

/** The memory devices of a guest: which slot each takes, and where the plan puts it. */
final class MemoryDevices {
  private MemoryDevices() {}

  /**
   * The slot of each window, in their order: the one it asks for, or the lowest that nobody asks
   * for and no earlier window has.
   */
  static List<Integer> slots(List<PmemWindow> windows) {
    TreeSet<Integer> taken = new TreeSet<>();
    for (PmemWindow window : windows) {
      Stated<Integer> slot = window.slot();
      if (slot != null) {
        taken.add(slot.value());
      }
    }
    List<Integer> slots = new ArrayList<>();
    int next = 0;
    for (PmemWindow window : windows) {
      Stated<Integer> slot = window.slot();
      while (slot == null && !taken.add(next)) {
        next++;
      }
      slots.add(slot == null ? next : slot.value());
    }
    return slots;
  }

  /** The persistent windows as the guest sees them, by slot. */
  static List<NfitWindow> nfit(Planned planned) throws UnusableInput {
    Map<String, MapEntry> places = new HashMap<>();
    for (MapEntry entry : planned.realised().map()) {
      places.putIfAbsent(entry.name(), entry);
    }
    List<PmemWindow> windows = planned.guest().pmem();
    List<Integer> slots = slots(windows);
    List<NfitWindow> found = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      PmemWindow window = windows.get(i);
      if (window.kind() != PmemWindow.Kind.NVDIMM) {
        continue;
      }
      MapEntry place = places.get(window.name());
      if (place == null) {
        throw Refusal.of(
            window.origin(), "the layout has no place for `%s`".formatted(window.name()));
      }
      if (slots.get(i) >= NfitWindow.MOST_SLOTS) {
        throw Refusal.of(window.origin(), "`%s` has no free slot".formatted(window.name()));
      }
      long start = Gfn.toBytes(place.range().start());
      long bytes = Gfn.toBytes(place.range().length());
      found.add(new NfitWindow(start, bytes, slots.get(i), 0, false));
    }
    if (found.isEmpty()) {
      throw Refusal.of(
          planned.scene().guest().document(), "the guest has no persistent memory, so no NFIT");
    }
    found.sort((a, b) -> Integer.compare(a.slot(), b.slot()));
    return found;
  }
}
