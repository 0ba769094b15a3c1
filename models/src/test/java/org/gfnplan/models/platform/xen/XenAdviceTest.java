package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What there is to know of layouts that hold. */
class XenAdviceTest {
  /** Counts that hvmloader itself gave for windows that end at 0xfc000000. */
  @Test
  void mtrrsAreCountedAsHvmloaderTakesThem() {
    assertEquals(6, XenAdvice.blocks(0x7f80_0000L, 0xfc00_0000L));
    assertEquals(2, XenAdvice.blocks(0xf000_0000L, 0xfc00_0000L));
    assertEquals(6, XenAdvice.blocks(0x7000_0000L, 0xfc00_0000L));
    assertEquals(13, XenAdvice.blocks(0x3e5a_7000L, 0xfc00_0000L));
  }

  @Test
  void anEmptyWindowTakesNone() {
    assertEquals(0, XenAdvice.blocks(0, 0));
  }
}
