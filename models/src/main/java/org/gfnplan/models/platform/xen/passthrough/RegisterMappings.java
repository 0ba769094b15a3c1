package org.gfnplan.models.platform.xen.passthrough;

import java.util.List;
import java.util.function.Consumer;
import org.gfnplan.models.platform.xen.QemuView;
import org.gfnplan.solver.space.GfnRange;

/**
 * A guest whose registers firmware switches on: what QEMU then asks Xen to map of assigned devices
 * ({@code xen_pt_region_update}, hw/xen/xen_pt.c), and whether the guest survives it.
 */
public final class RegisterMappings {
  private final RegisterView view;
  private final MmioMap map;

  /**
   * A guest without a register yet.
   *
   * @param view where QEMU believes RAM to lie: it shows no register there
   * @param hap whether the guest has hardware assisted paging
   * @param identity frames that Xen has mapped for devices' reserved memory
   * @param everyCall whether calls that go on with a piece are logged too; wide pieces have many
   * @param log takes the lines that Xen logs, in order
   */
  public RegisterMappings(
      QemuView view,
      boolean hap,
      List<GfnRange> identity,
      boolean everyCall,
      Consumer<MapCall> log) {
    this.view = new RegisterView(view);
    this.map = new MmioMap(hap, identity, everyCall, log);
  }

  /** Switches the registers of a function on, in the order of their index. */
  public void on(List<Window> registers) {
    apply(view.on(registers));
  }

  /** Switches a register off. */
  public void off(Window register) {
    apply(view.off(register));
  }

  /** Whether Xen has killed the guest. */
  public boolean crashed() {
    return map.crashed();
  }

  private void apply(RegisterView.Change change) {
    change.gone().forEach(map::remove);
    change.come().forEach(map::add);
  }
}
