package org.gfnplan.models.guest;

import java.util.List;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * The PCI functions a guest has, may get, and the ports they hang from.
 *
 * @param devices host devices given to it
 * @param pool host devices that may be given to it while it runs
 * @param emulated emulated functions that its configuration describes, besides the platform's own
 * @param ports root ports with room for what is plugged in later
 * @param cards cards of the platform's own that the configuration names
 * @param passthrough whether the guest is made so that host devices can be given to it, or null
 *     when not stated; then it is when it is made with one
 */
public record GuestPci(
    List<PciAssignment> devices,
    List<PciAssignment> pool,
    List<EmulatedFunction> emulated,
    List<RootPort> ports,
    GuestCards cards,
    @Nullable Stated<Boolean> passthrough) {
  /** No function at all. */
  public static final GuestPci NONE = of(List.of());

  public GuestPci {
    devices = List.copyOf(devices);
    pool = List.copyOf(pool);
    emulated = List.copyOf(emulated);
    ports = List.copyOf(ports);
  }

  /** Assigned devices and nothing else. */
  public static GuestPci of(List<PciAssignment> devices) {
    return new GuestPci(devices, List.of(), List.of(), List.of(), GuestCards.NONE);
  }

  /** Functions of a guest that says nothing of passthrough. */
  public GuestPci(
      List<PciAssignment> devices,
      List<PciAssignment> pool,
      List<EmulatedFunction> emulated,
      List<RootPort> ports,
      GuestCards cards) {
    this(devices, pool, emulated, ports, cards, null);
  }

  /** The same with passthrough stated, or not. */
  public GuestPci withPassthrough(@Nullable Stated<Boolean> stated) {
    return new GuestPci(devices, pool, emulated, ports, cards, stated);
  }

  /** The same with other assigned devices. */
  public GuestPci withDevices(List<PciAssignment> others) {
    return new GuestPci(others, pool, emulated, ports, cards, passthrough);
  }

  /** The same with other devices that may come later. */
  public GuestPci withPool(List<PciAssignment> others) {
    return new GuestPci(devices, others, emulated, ports, cards, passthrough);
  }

  /** The same with other emulated functions. */
  public GuestPci withEmulated(List<EmulatedFunction> others) {
    return new GuestPci(devices, pool, others, ports, cards, passthrough);
  }

  /** The same with other root ports. */
  public GuestPci withPorts(List<RootPort> others) {
    return new GuestPci(devices, pool, emulated, others, cards, passthrough);
  }

  /** The same with other cards. */
  public GuestPci withCards(GuestCards others) {
    return new GuestPci(devices, pool, emulated, ports, others, passthrough);
  }
}
