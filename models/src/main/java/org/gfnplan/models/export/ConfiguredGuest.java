package org.gfnplan.models.export;

import java.util.List;
import java.util.function.UnaryOperator;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.solver.problem.Origin;

/** Puts the settings of a plan into its guest. */
final class ConfiguredGuest {
  private ConfiguredGuest() {}

  /** The guest with these settings instead of its own. */
  static Guest of(Guest guest, Settings settings) {
    Guest changed = guest;
    for (Setting setting : settings.all()) {
      changed = with(changed, setting);
    }
    return changed;
  }

  private static Guest with(Guest guest, Setting setting) {
    Origin origin = guest.document();
    return switch (setting.key().replace('_', '-')) {
      case "mmio-hole" -> guest.withMmioHole(Stated.by(Math.toIntExact(number(setting)), origin));
      case "rdm-mem-boundary" ->
          guest.withRdm(guest.rdm().withBoundary(Stated.by(number(setting), origin)));
      case "rdm-policy" -> withPolicy(guest, setting);
      case "max-ram-below-4g" ->
          guest.withMachine(guest.machine().withMaxRamBelow4g(Stated.by(number(setting), origin)));
      case "pci-hole64-size" ->
          guest.withMachine(guest.machine().withPciHole64(Stated.by(number(setting), origin)));
      case "X-PciMmio64Mb" ->
          guest.withMachine(
              guest.machine().withFirmwareWindow64(Stated.by(number(setting) << 20, origin)));
      case "passthrough" -> guest.withPci(guest.pci().withPassthrough(Stated.by(true, origin)));
      case "maxmem", "slots" -> withSlots(guest, setting);
      case "mem-reserve" -> withPort(guest, setting, port -> port.reserving(number(setting)));
      case "pref64-reserve" -> withPort(guest, setting, port -> port.reserving64(number(setting)));
      case "phys-bits" ->
          guest.withMachine(
              guest
                  .machine()
                  .withPhysicalBits(Stated.by(Math.toIntExact(number(setting)), origin)));
      default ->
          throw new IllegalArgumentException(
              "a setting must be one that exports know: key=" + setting.key());
    };
  }

  private static Guest withPolicy(Guest guest, Setting setting) {
    RdmPolicy policy =
        RdmPolicy.STRICT.word().equals(setting.value()) ? RdmPolicy.STRICT : RdmPolicy.RELAXED;
    List<PciAssignment> devices =
        guest.devices().stream()
            .map(
                device ->
                    device.spelling().equals(setting.of())
                        ? device.with(RdmPolicies.all(policy))
                        : device)
            .toList();
    return guest.withDevices(devices);
  }

  private static Guest withPort(Guest guest, Setting setting, UnaryOperator<RootPort> change) {
    List<RootPort> ports =
        guest.pci().ports().stream()
            .map(port -> port.name().equals(setting.of()) ? change.apply(port) : port)
            .toList();
    return guest.withPci(guest.pci().withPorts(ports));
  }

  private static Guest withSlots(Guest guest, Setting setting) {
    Origin origin = guest.document();
    MemorySlots old = guest.memory().slots();
    Stated<Long> most =
        old == null
            ? Stated.byDefault(guest.memory().mostKib().value() << 10, origin)
            : old.mostBytes();
    Stated<Integer> slots = old == null ? Stated.byDefault(0, origin) : old.slots();
    MemorySlots room =
        setting.key().equals("slots")
            ? new MemorySlots(most, Stated.by(Math.toIntExact(number(setting)), origin))
            : new MemorySlots(Stated.by(number(setting), origin), slots);
    return guest.withMemory(guest.memory().withSlots(room));
  }

  private static long number(Setting setting) {
    if (setting.value() instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException(
        "the value of `%s` must be a number: value=%s".formatted(setting.key(), setting.value()));
  }
}
