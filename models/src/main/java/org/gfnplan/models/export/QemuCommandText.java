package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.xen.XenLayout;

/** A QEMU command with the options that shape the layout, one on each line, quoted for a shell. */
final class QemuCommandText {
  private QemuCommandText() {}

  /** The command of a guest that QEMU alone lays out. */
  static String of(Guest guest, PlatformName platform) throws UnusableInput {
    List<QemuArgument> arguments = new ArrayList<>();
    arguments.add(new QemuArgument("-name", "guest=" + QemuWords.value(guest.name())));
    arguments.addAll(QemuMachineArguments.of(guest, platform));
    arguments.addAll(QemuDeviceArguments.memory(guest));
    int chassis = 1;
    for (RootPort port : guest.pci().ports()) {
      arguments.add(QemuDeviceArguments.port(port, chassis++));
    }
    for (PciAssignment device : guest.devices()) {
      arguments.add(QemuDeviceArguments.assigned(device));
    }
    if (arguments.stream().anyMatch(argument -> argument.value().indexOf('\0') >= 0)) {
      throw Refusal.of(guest.document(), "no argument of a program can hold the character U+0000");
    }
    StringBuilder text = new StringBuilder();
    for (String note : notes(guest)) {
      text.append("# ").append(note).append('\n');
    }
    return text + command("qemu-system-x86_64", arguments);
  }

  /** What a plan counts with and no option of QEMU says. */
  static List<String> notes(Guest guest) {
    List<String> notes = new ArrayList<>();
    for (PciAssignment device : guest.pci().pool()) {
      notes.add("there is room for %s, to be attached later".formatted(device.spelling()));
    }
    for (PciAssignment device : guest.devices()) {
      if (!device.resized().isEmpty()) {
        notes.add(
            "set the resizable BARs of %s on the host before the guest starts"
                .formatted(device.spelling()));
      }
    }
    guest
        .pci()
        .emulated()
        .forEach(
            function ->
                notes.add(
                    "add `%s`, which is planned".formatted(Refusal.comment(function.name()))));
    return notes;
  }

  /**
   * The options about RAM that libxl gives to QEMU (libxl_dm.c): the size in whole MiB, and where
   * low RAM ends when {@code mmio_hole} is set.
   */
  static String ofXen(Guest guest) {
    Stated<Integer> hole = guest.mmioHoleMib();
    Stated<Long> own = guest.machine().maxRamBelow4gBytes();
    long told = hole == null ? 0 : XenLayout.FOUR_GIB - hole.value() * XenLayout.MIB;
    long limit = own == null ? told : own.value();
    long ramKib = guest.memory().mostKib().value() - guest.memory().videoKib().value();
    return command(
        "qemu-system-i386",
        List.of(
            new QemuArgument("-machine", limit == 0 ? "xenfv" : "xenfv,max-ram-below-4g=" + limit),
            new QemuArgument("-m", Long.toString((ramKib + 1023) / 1024))));
  }

  private static String command(String program, List<QemuArgument> arguments) {
    List<String> lines = new ArrayList<>();
    lines.add(program);
    arguments.forEach(argument -> lines.add(argument.typed()));
    return String.join(" \\\n  ", lines) + "\n";
  }
}
