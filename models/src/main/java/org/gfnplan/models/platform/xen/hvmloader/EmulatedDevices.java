package org.gfnplan.models.platform.xen.hvmloader;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards.Network;
import org.gfnplan.models.guest.GuestCards.Video;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.solver.problem.Origin;

/**
 * The devices that qemu-xen gives an HVM guest unasked: the PIIX3 chipset and xen-platform, then
 * the video card and network cards from slot 3, in the order in which libxl names them
 * (libxl_dm.c).
 */
public final class EmulatedDevices {
  /** The first slot that libxl leaves to other devices. */
  private static final int FIRST_FREE_SLOT = 3;

  private static final long KIB = XenLayout.KIB;
  private static final long MIB = XenLayout.MIB;
  private static final long VGA_ROM = 64 * KIB;
  private static final long NIC_ROM = 256 * KIB;

  private EmulatedDevices() {}

  /** The chipset and the xen-platform device. */
  public static List<PciFunction> platform() {
    Origin ide = Origin.builtIn("hw/ide/piix.c", "PCI bus master of the PIIX3 IDE");
    Origin xen = Origin.builtIn("hw/i386/xen/xen_platform.c", "xen-platform");
    return List.of(
        new PciFunction(0, "i440FX host bridge", false, List.of()),
        new PciFunction(devfn(1, 0), "PIIX3 ISA bridge", false, List.of()),
        new PciFunction(devfn(1, 1), "PIIX3 IDE", false, List.of(ports(4, 16, ide))),
        new PciFunction(devfn(1, 3), "PIIX4 power management", false, List.of()),
        new PciFunction(
            devfn(2, 0),
            "xen-platform",
            true,
            List.of(ports(0, 256, xen), memory(1, 16 * MIB, true, xen))));
  }

  /**
   * What a guest has before devices are assigned to it, ascending by devfn.
   *
   * @param guest the guest, for its video memory
   * @param video its video card
   * @param networks its emulated network cards, in the order of {@code vif}
   */
  public static List<PciFunction> of(Guest guest, Video video, List<Network> networks) {
    List<PciFunction> functions = new ArrayList<>(platform());
    int slot = FIRST_FREE_SLOT;
    if (video != Video.NONE) {
      functions.add(
          new PciFunction(
              devfn(slot++, 0),
              name(video),
              false,
              card(video, guest.memory().videoKib().value())));
    }
    for (Network network : networks) {
      if (slot > 31) {
        throw new IllegalArgumentException(
            "network cards must fit into slots 3 to 31: count=" + networks.size());
      }
      functions.add(new PciFunction(devfn(slot++, 0), name(network), false, card(network)));
    }
    return List.copyOf(functions);
  }

  private static String name(Video video) {
    return switch (video) {
      case NONE -> "none";
      case CIRRUS -> "cirrus-vga";
      case STDVGA -> "VGA";
      case QXL -> "qxl-vga";
    };
  }

  private static String name(Network network) {
    return network == Network.RTL8139 ? "rtl8139" : "e1000";
  }

  private static List<Bar> card(Video video, long videoKib) {
    return switch (video) {
      case NONE -> List.of();
      case CIRRUS -> cirrus();
      case STDVGA -> stdvga(videoKib);
      case QXL -> qxl(videoKib);
    };
  }

  /** The window of a Cirrus is 32 MiB, whatever its memory. */
  private static List<Bar> cirrus() {
    Origin source = Origin.builtIn("hw/display/cirrus_vga.c", "cirrus-vga");
    return List.of(
        memory(0, 32 * MIB, true, source), memory(1, 4 * KIB, false, source), rom(VGA_ROM, source));
  }

  private static List<Bar> stdvga(long videoKib) {
    Origin source = Origin.builtIn("hw/display/vga-pci.c", "VGA");
    return List.of(
        memory(0, powerOfTwo(videoKib * KIB), true, source),
        memory(2, 4 * KIB, false, source),
        rom(VGA_ROM, source));
  }

  /** libxl gives half of the video memory to each of the two windows of a QXL (libxl_dm.c). */
  private static List<Bar> qxl(long videoKib) {
    Origin source = Origin.builtIn("hw/display/qxl.c", "qxl-vga");
    long half = videoKib / 2 / 1024 * MIB;
    return List.of(
        memory(0, powerOfTwo(half), false, source),
        memory(1, powerOfTwo(half), false, source),
        memory(2, 8 * KIB, false, source),
        ports(3, 32, source),
        rom(VGA_ROM, source));
  }

  private static List<Bar> card(Network network) {
    if (network == Network.RTL8139) {
      Origin source = Origin.builtIn("hw/net/rtl8139.c", "rtl8139");
      return List.of(ports(0, 256, source), memory(1, 256, false, source), rom(NIC_ROM, source));
    }
    Origin source = Origin.builtIn("hw/net/e1000.c", "e1000");
    return List.of(memory(0, 128 * KIB, false, source), ports(1, 64, source), rom(NIC_ROM, source));
  }

  private static long powerOfTwo(long bytes) {
    return Long.bitCount(bytes) == 1 ? bytes : Long.highestOneBit(bytes) << 1;
  }

  private static int devfn(int slot, int function) {
    return slot << 3 | function;
  }

  private static Bar ports(int index, long bytes, Origin source) {
    return new Bar(index, Bar.Space.IO, bytes, false, List.of(), null, source);
  }

  private static Bar memory(int index, long bytes, boolean prefetchable, Origin source) {
    return new Bar(index, Bar.Space.MEMORY_32, bytes, prefetchable, List.of(), null, source);
  }

  private static Bar rom(long bytes, Origin source) {
    return memory(Bar.ROM, bytes, false, source);
  }
}
