package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderResult;
import org.gfnplan.models.platform.xen.hvmloader.PciFunction;
import org.gfnplan.models.platform.xen.passthrough.FirmwareWindows;
import org.gfnplan.models.platform.xen.passthrough.MapCall;
import org.gfnplan.models.platform.xen.passthrough.RegisterMappings;
import org.gfnplan.models.platform.xen.passthrough.Window;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Whether a guest survives that hvmloader switches its registers on. */
final class XenRegisters {
  /*
   * Frames of a device, be it a register or reserved memory, are never given to anything else:
   * set_typed_p2m_entry and p2m_add_page (mm/p2m.c) answer -EPERM and kill the guest. A register
   * that QEMU emulates has no frames, so the device's memory only hides it.
   */
  private final Scene scene;
  private final XenFirmware firmware;
  private final List<String> lines = new ArrayList<>();
  private final RegisterMappings mappings;
  private @Nullable MapCall failed;

  private XenRegisters(
      Scene scene, XenFirmware firmware, BuilderRequest request, BuilderResult built) {
    this.scene = scene;
    this.firmware = firmware;
    this.mappings =
        new RegisterMappings(
            QemuView.of(request), request.hap(), identity(request, built), false, this::take);
  }

  /**
   * What Xen kills the guest for.
   *
   * @param summary which register is in the way of what, one line
   * @param messages what Xen logs
   */
  record Killed(String summary, List<String> messages) {}

  /** What Xen kills a guest for that libxl has built; null when it lives. */
  static @Nullable Killed of(
      Scene scene, XenFirmware firmware, BuilderRequest request, BuilderResult built) {
    return new XenRegisters(scene, firmware, request, built).run();
  }

  private @Nullable Killed run() {
    for (Map.Entry<PciFunction, List<HvmloaderResult.Register>> one :
        firmware.functions().entrySet()) {
      List<Window> windows =
          FirmwareWindows.of(one.getValue(), firmware.isAssigned(one.getKey()), null);
      mappings.on(windows);
      MapCall at = failed;
      if (at != null) {
        return new Killed(
            "Xen kills the guest: %s meets memory of a device at 0x%x"
                .formatted(name(one.getValue(), windows, at), at.startByte()),
            lines);
      }
    }
    return null;
  }

  /** Of a register that fails, what is asked and what comes of it. */
  private void take(MapCall call) {
    if (call.kind() == MapCall.Kind.FAIL && failed == null) {
      failed = call;
      lines.add("Xen: " + call.line());
    }
  }

  private String name(List<HvmloaderResult.Register> registers, List<Window> windows, MapCall at) {
    for (Window window : windows) {
      if (window.startByte() <= at.startByte()
          && at.startByte() < window.startByte() + window.bytes()) {
        for (HvmloaderResult.Register register : registers) {
          if (register.bar().index() == window.index()) {
            return "%s at 0x%x".formatted(firmware.name(register), window.startByte());
          }
        }
      }
    }
    throw new IllegalStateException("a call must be about a window: call=" + at);
  }

  /** Frames that Xen has mapped for the reserved memory of devices. */
  private List<GfnRange> identity(BuilderRequest request, BuilderResult built) {
    P2mMap map = XenP2m.ram(built);
    long own = QemuView.of(request).ownStart();
    XenP2m.back(map, P2mType.SPECIAL, own, own + QemuView.ownBytes(request.videoKib()));
    for (FixedArea area : FixedArea.top(scene.guest())) {
      if (area.isMadeFirst()) {
        XenP2m.back(map, P2mType.SPECIAL, area.startByte(), area.endByte());
      }
    }
    AssignReplay guest =
        new AssignReplay(
            1, map, scene.host().reserved().stream().map(HostReserved::new).toList(), true);
    for (PciAssignment device : scene.guest().devices()) {
      for (PciAddress function : device.functions()) {
        guest.attach(function, RdmClaim.policy(scene.guest(), device));
      }
    }
    return guest.identity();
  }
}
