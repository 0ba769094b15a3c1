package org.gfnplan.models.guest;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parties that lay out a guest, by the name users know them by. */
public enum PlatformName {
  /** Xen with hvmloader and qemu-xen. */
  XEN_HVM("xen-hvm"),
  /** Xen with a kernel that is started directly. */
  XEN_PVH("xen-pvh"),
  /** QEMU's i440fx machine. */
  QEMU_PC("qemu-pc"),
  /** QEMU's Q35 machine. */
  QEMU_Q35("qemu-q35"),
  /** QEMU's machine without PCI. */
  QEMU_MICROVM("qemu-microvm"),
  /** No tool at all, only what the machine itself demands. */
  IDEAL("ideal");

  private final String word;

  PlatformName(String word) {
    this.word = word;
  }

  /** The name. */
  public String word() {
    return word;
  }

  /** Whether Xen's toolstack builds the guest. */
  public boolean isXen() {
    return this == XEN_HVM || this == XEN_PVH;
  }

  /** Whether QEMU alone lays out the guest. */
  public boolean isQemu() {
    return this == QEMU_PC || this == QEMU_Q35 || this == QEMU_MICROVM;
  }

  /** The platform of a name, or null. */
  public static @Nullable PlatformName of(String word) {
    return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst().orElse(null);
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(PlatformName::word).toList();
  }
}
