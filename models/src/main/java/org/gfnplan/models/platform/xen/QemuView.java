package org.gfnplan.models.platform.xen;

import java.util.List;
import org.gfnplan.models.platform.qemu.ByteRange;
import org.gfnplan.models.platform.qemu.OwnFrames;
import org.gfnplan.models.platform.qemu.QemuCard;
import org.gfnplan.models.platform.qemu.QemuMachine;

/**
 * Where QEMU's xenfv machine believes RAM to lie: below 4 GiB and above it, in bytes.
 *
 * <p>What libxl passes to it is restated here: {@code -m} in whole MiB, and {@code
 * max-ram-below-4g} only when {@code mmio_hole} is set. What QEMU makes of that is {@link
 * QemuMachine}'s and {@link OwnFrames}'s.
 *
 * @param below bytes of RAM below 4 GiB, from 0
 * @param above bytes of RAM from 4 GiB
 */
public record QemuView(long below, long above) {
  private static final QemuMachine XENFV = QemuMachine.named("xenfv").orElseThrow();

  /** Bytes that QEMU makes for video memory and its option ROM, right after RAM. */
  static long ownBytes(long videoKib) {
    if (videoKib == 0) {
      return 0;
    }
    List<ByteRange> made =
        OwnFrames.of(List.of(QemuCard.vga(videoKib * XenLayout.KIB)), XenLayout.FOUR_GIB);
    return made.get(made.size() - 1).end() - XenLayout.FOUR_GIB;
  }

  /** Where those start. */
  long ownStart() {
    return OwnFrames.startAfter(above == 0 ? below : XenLayout.FOUR_GIB + above);
  }

  /** What QEMU makes of the settings that libxl passes on. */
  public static QemuView of(BuilderRequest request) {
    long ramKib = request.memoryKib() - request.videoKib();
    long ram = (ramKib + 1023) / 1024 * XenLayout.MIB;
    long below = XENFV.lowRamEnd(ram, limit(request));
    return new QemuView(below, ram - below);
  }

  /** The {@code max-ram-below-4g} that libxl passes on, or 0 when it passes none. */
  static long limit(BuilderRequest request) {
    long hole = XenLayout.FOUR_GIB - request.mmioHoleMib() * XenLayout.MIB;
    return request.mmioHoleMib() != 0 && hole <= XenLayout.HVM_LOW_RAM_LIMIT ? hole : 0;
  }

  /** Whether the builder put RAM where QEMU believes it to be. */
  public boolean agreesWith(BuilderResult built) {
    long high = built.highmemEnd() == 0 ? 0 : built.highmemEnd() - XenLayout.FOUR_GIB;
    return below == built.lowmemEnd() && above == high;
  }
}
