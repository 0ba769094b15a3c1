package org.gfnplan.models.platform.xen.passthrough;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.platform.qemu.ByteRange;
import org.gfnplan.models.platform.xen.QemuView;
import org.gfnplan.models.platform.xen.XenLayout;

/**
 * What QEMU shows of the registers of assigned devices: the parts that neither RAM, as QEMU
 * believes it to lie, nor a register that was switched on later covers.
 *
 * <p>Restates softmmu/memory.c: registers have one priority, of which the last added is on top
 * ({@code memory_region_update_container_subregions}), RAM is above all of them, and a change is
 * told as ranges that are gone, then as ranges that are new, both by address.
 */
final class RegisterView {
  private final List<ByteRange> ram = new ArrayList<>();
  private final List<Window> windows = new ArrayList<>();
  private List<Piece> shown = List.of();

  /**
   * A part of a register that is shown.
   *
   * @param window the register
   * @param startByte its first byte
   * @param endByte one past its last
   */
  record Piece(Window window, long startByte, long endByte) {
    /** Where the host has its first byte, negative when that is not known. */
    long hostByte() {
      return window.hostByte() < 0 ? -1 : window.hostByte() + (startByte - window.startByte());
    }
  }

  /**
   * What a step has changed.
   *
   * @param gone parts that are shown no more, by address
   * @param come parts that are shown now, by address
   */
  record Change(List<Piece> gone, List<Piece> come) {}

  RegisterView(QemuView view) {
    addRam(0, view.below());
    addRam(XenLayout.FOUR_GIB, XenLayout.FOUR_GIB + view.above());
  }

  private void addRam(long start, long end) {
    if (start < end) {
      ram.add(new ByteRange(start, end));
    }
  }

  /** Switches registers on, in this order, as one step. */
  Change on(List<Window> added) {
    windows.addAll(added);
    return update();
  }

  /** Switches a register off. */
  Change off(Window gone) {
    windows.remove(gone);
    return update();
  }

  private Change update() {
    List<Piece> now = render();
    Set<Piece> before = new HashSet<>(shown);
    Set<Piece> after = new HashSet<>(now);
    Change change =
        new Change(
            shown.stream().filter(piece -> !after.contains(piece)).toList(),
            now.stream().filter(piece -> !before.contains(piece)).toList());
    shown = now;
    return change;
  }

  private List<Piece> render() {
    List<ByteRange> covered = new ArrayList<>(ram);
    List<Piece> pieces = new ArrayList<>();
    for (int i = windows.size() - 1; i >= 0; i--) {
      Window window = windows.get(i);
      ByteRange whole = new ByteRange(window.startByte(), window.endByte());
      if (window.isAssigned()) {
        List<ByteRange> hidden = new ArrayList<>(covered);
        for (ByteRange own : window.kept()) {
          hidden.add(
              new ByteRange(window.startByte() + own.start(), window.startByte() + own.end()));
        }
        for (ByteRange part : without(whole, hidden)) {
          pieces.add(new Piece(window, part.start(), part.end()));
        }
      }
      covered.add(whole);
    }
    pieces.sort(Comparator.comparingLong(Piece::startByte));
    return pieces;
  }

  private static List<ByteRange> without(ByteRange whole, List<ByteRange> hidden) {
    List<ByteRange> left = new ArrayList<>();
    long from = whole.start();
    List<ByteRange> sorted = new ArrayList<>(hidden);
    sorted.sort(Comparator.comparingLong(ByteRange::start));
    for (ByteRange range : sorted) {
      long until = Math.min(range.start(), whole.end());
      if (from < until) {
        left.add(new ByteRange(from, until));
      }
      from = Math.max(from, range.end());
    }
    if (from < whole.end()) {
      left.add(new ByteRange(from, whole.end()));
    }
    return left;
  }
}
