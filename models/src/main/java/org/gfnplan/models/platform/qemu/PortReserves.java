package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.models.platform.qemu.QemuLaterDevices.Demand;
import org.gfnplan.models.platform.rules.Widths;

/**
 * What root ports reserve for devices that are plugged in later: {@code mem-reserve} and {@code
 * pref64-reserve}.
 */
final class PortReserves {
  /*
   * A reserve makes firmware keep a window that holds the device, so that the guest's system need
   * not make room for it, which only some can. It is chosen before the layout is, so it must not
   * make a layout impossible: it is left out unless everything fits with low RAM wherever a setting
   * may put its end. Where a user states a reserve, that is what the port has.
   */
  private static final long FOUR_GIB = QemuMachine.FOUR_GIB;

  private final Scene scene;
  private final QemuTarget target;
  private QemuPlan plan;

  private PortReserves(Scene scene, QemuTarget target, QemuPlan plan) {
    this.scene = scene;
    this.target = target;
    this.plan = plan;
  }

  /** The plan with reserves as stated, and for later devices where nothing is. */
  static QemuPlan chosen(Scene scene, QemuTarget target) {
    List<RootPort> stated = scene.guest().pci().ports();
    QemuPlan plan = QemuPlan.with(stated, scene, target);
    if (scene.guest().pci().pool().isEmpty() || !plan.config().machine().board().hasPci()) {
      return plan;
    }
    PortReserves reserves = new PortReserves(scene, target, plan);
    for (int i = 0; i < stated.size(); i++) {
      if (stated.get(i).memoryBytes() == 0) {
        reserves.tryOne(i, false);
      }
      if (stated.get(i).prefetchableBytes() == 0) {
        reserves.tryOne(i, true);
      }
    }
    return reserves.plan;
  }

  private void tryOne(int index, boolean prefetchable) {
    List<RootPort> ports = new ArrayList<>(plan.ports());
    RootPort port = ports.get(index);
    long wanted = wanted(port, prefetchable);
    if (wanted == 0) {
      return;
    }
    ports.set(index, prefetchable ? port.reserving64(wanted) : port.reserving(wanted));
    QemuPlan tried = QemuPlan.with(ports, scene, target);
    if (tried.isRelocated() == plan.isRelocated() && fits(tried)) {
      plan = tried;
    }
  }

  /**
   * What holds each device that may come, wherever the window lies; 0 when it holds them anyway.
   */
  private long wanted(RootPort port, boolean prefetchable) {
    Map<PciAssignment, List<GuestFunction>> devices = QemuLaterDevices.behind(scene, port);
    PciItem window = plan.window(port, prefetchable);
    long most = 0;
    for (List<GuestFunction> functions : devices.values()) {
      Demand demand = Demand.of(functions, prefetchable);
      // `pref64-reserve` makes a window above 4 GiB, where a 32-bit register cannot be.
      boolean reservable = demand != null && demand.wide() == prefetchable;
      if (demand != null
          && reservable
          && (window == null || !demand.isMetBy(window.bytes(), window.align()))) {
        most = Math.max(most, plan.firmware().reserveFor(demand.bytes(), demand.align()));
      }
    }
    return most;
  }

  /** Whether firmware finds room for everything wherever low RAM ends. */
  private boolean fits(QemuPlan tried) {
    long windowStart = tried.firmware().windowStart(tried.config().machine().board(), FOUR_GIB);
    List<PciItem> wide = tried.wide();
    long start = tried.expectedHoleStart() + FOUR_GIB;
    if (tried.firmware() == QemuFirmware.SEABIOS) {
      if (SeabiosPlacement.of(tried.items(), windowStart, start) == null) {
        return false;
      }
    } else if (windowStart + PciNeeds.packedEnd(tried.narrow(), 0) > tried.firmware().windowEnd()) {
      return false;
    }
    if (wide.isEmpty()) {
      return true;
    }
    long room = PciNeeds.packedEnd(wide, 0);
    Stated<Long> hole = scene.guest().machine().pciHole64Bytes();
    Stated<Long> firmware = scene.guest().machine().firmwareWindow64Bytes();
    if ((hole != null && PciNeeds.packedEnd(wide, start) - start > hole.value())
        || (tried.hasFirmwareWindow() && firmware != null && room > firmware.value())) {
      return false;
    }
    long end =
        tried.hasFirmwareWindow()
            ? ByteRange.roundUp(start, tried.anchor()) + tried.firmwareWindow()
            : PciNeeds.packedEnd(wide, start);
    return end <= Widths.of(scene).endByte();
  }
}
