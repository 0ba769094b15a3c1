package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.platform.qemu.ByteRange;
import org.gfnplan.models.platform.qemu.OwnFrames;
import org.gfnplan.models.platform.qemu.QemuCard;
import org.gfnplan.models.platform.xen.QemuView;
import org.gfnplan.models.platform.xen.XenLayout;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The frames that a real Xen 4.17 said were RAM, against what builder, QEMU and firmware make. */
class XenLabFramesTest {
  private static final long VM86_TSS = 0xfc10_0000L;

  private static final long SHARED_INFO = 0xfdff_f000L;

  private static final long IOREQ_PAGES = 0xfeff_0000L;

  /** The recorder asked for frames up to here. */
  private static final long LAST_LOOKED_AT = 6L << 30;

  /** A guest that is killed has got what was made until then, in hvmloader's order. */
  @Test
  void theFramesThatWereRamAreThoseOfTheBuilderAndOfFirmware() throws IOException {
    int compared = 0;
    for (LabCase lab : LabCase.all()) {
      JsonNode real = lab.real().path("gfn_ram");
      HvmloaderResult loaded = lab.boot().loaded();
      assertEquals(loaded == null, real.isNull(), lab.name());
      if (loaded == null) {
        continue;
      }
      boolean killedByRegister = lab.boot().mappings() != null && lab.boot().mappings().crashed();
      List<ByteRange> expected = new ArrayList<>();
      expected.add(new ByteRange(0, XenLayout.VGA_HOLE_START));
      expected.add(new ByteRange(XenLayout.VGA_HOLE_END, loaded.lowmemEnd()));
      expected.add(new ByteRange(IOREQ_PAGES, XenLayout.SPECIAL_PAGES_END));
      if (loaded.highmemEnd() != 0) {
        expected.add(
            new ByteRange(XenLayout.FOUR_GIB, Math.min(loaded.highmemEnd(), LAST_LOOKED_AT)));
      }
      if (!loaded.refused()) {
        expected.add(new ByteRange(SHARED_INFO, SHARED_INFO + 4096));
        if (!killedByRegister) {
          expected.add(new ByteRange(VM86_TSS, VM86_TSS + 4096));
        }
        if (lab.real().path("ok").asBoolean()) {
          expected.add(new ByteRange(XenLayout.RESERVED_MEMBASE, Firmware.seabios().acpiEnd()));
        }
      }
      expected.addAll(ofTheCard(lab.boot(), loaded));
      expected.sort(Comparator.comparingLong(ByteRange::start));
      List<String> frames = new ArrayList<>();
      real.forEach(one -> frames.add(LabText.range(one.path(0).asLong(), one.path(1).asLong())));
      assertEquals(
          expected.stream().map(one -> LabText.range(one.start(), one.end())).toList(),
          frames,
          lab.name());
      compared++;
    }
    assertEquals(44, compared);
  }

  /** QEMU makes frames for a card behind RAM; video memory moves to its register, the ROM stays. */
  private static List<ByteRange> ofTheCard(BootCase boot, HvmloaderResult loaded) {
    long video = boot.builder().videoKib() * XenLayout.KIB;
    if (video == 0) {
      return List.of();
    }
    List<ByteRange> made =
        OwnFrames.of(
            List.of(QemuCard.vga(video)),
            OwnFrames.startAfter(QemuView.of(boot.builder()).below()));
    List<ByteRange> left = new ArrayList<>(made.subList(1, made.size()));
    loaded.registers().stream()
        .filter(one -> one.function().name().equals("slot 3") && one.bar().index() == 0)
        .forEach(one -> left.add(new ByteRange(one.address(), one.address() + video)));
    return left;
  }
}
