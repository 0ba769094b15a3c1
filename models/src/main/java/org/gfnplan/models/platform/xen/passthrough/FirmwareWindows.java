package org.gfnplan.models.platform.xen.passthrough;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.qemu.ByteRange;
import org.gfnplan.models.platform.xen.XenLayout;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderResult;
import org.jspecify.annotations.Nullable;

/** What QEMU decodes once hvmloader has switched a function on. */
public final class FirmwareWindows {
  /*
   * QEMU shows a guest the host's value of a register (hw/xen/xen_pt_config_init.c), and hvmloader
   * writes the upper half of a 64-bit one only when it places it above 4 GiB (pci.c). So one that
   * is placed low keeps the host's upper half, and one without space keeps the host's address.
   */
  private static final long LOWER = XenLayout.FOUR_GIB - 1;

  private FirmwareWindows() {}

  /**
   * The memory registers of a function, by index.
   *
   * @param registers what hvmloader has made of them
   * @param assigned whether the function is the host's
   * @param msix where it has its MSI-X table, or null for nowhere
   */
  public static List<Window> of(
      List<HvmloaderResult.Register> registers, boolean assigned, @Nullable MsixTable msix) {
    List<Window> windows = new ArrayList<>();
    registers.stream()
        .filter(register -> register.bar().isMemory() && register.decodes())
        .sorted(Comparator.comparingInt(register -> register.bar().index()))
        .forEach(
            register -> {
              Bar bar = register.bar();
              long address = address(register, assigned);
              if (address > 0) {
                List<ByteRange> kept =
                    msix != null && msix.bar() == bar.index() ? List.of(msix.kept()) : List.of();
                windows.add(
                    new Window(bar.index(), address, bar.bytes(), host(bar, assigned), kept));
              }
            });
    return windows;
  }

  /** The ROM of an assigned function while firmware looks into it, or null when it has none. */
  public static @Nullable Window rom(List<HvmloaderResult.Register> registers) {
    for (HvmloaderResult.Register register : registers) {
      Bar bar = register.bar();
      if (bar.index() == Bar.ROM && register.isPlaced()) {
        return new Window(bar.index(), register.address(), bar.bytes(), host(bar, true), List.of());
      }
    }
    return null;
  }

  /** Where the function decodes a register; 0 is nowhere. */
  private static long address(HvmloaderResult.Register register, boolean assigned) {
    Stated<Long> stated = register.bar().hostByte();
    long host = assigned && stated != null ? stated.value() : 0;
    if (!register.isPlaced()) {
      return host;
    }
    boolean half =
        register.bar().space() == Bar.Space.MEMORY_64 && register.address() < XenLayout.FOUR_GIB;
    return half ? register.address() | (host & ~LOWER) : register.address();
  }

  private static long host(Bar bar, boolean assigned) {
    Stated<Long> stated = bar.hostByte();
    return !assigned ? Window.EMULATED : stated == null ? Window.ANYWHERE : stated.value();
  }
}
