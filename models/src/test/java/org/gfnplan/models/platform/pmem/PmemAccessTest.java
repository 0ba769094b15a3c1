package org.gfnplan.models.platform.pmem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.platform.pmem.MapRequest.Caller;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;

/** Who may map persistent memory, and where. */
class PmemAccessTest {
  private static final HostPmem FILE =
      new HostPmem(
          HostPmem.Kind.FILE,
          "f",
          List.of(
              new ByteRange(0x9000_0000L, 0x9000_4000L), new ByteRange(0x8000_0000L, 0x8000_2000L)),
          Origin.builtIn("host", ""));

  /* gfns 0x100..0x104 are host frames 0x90000.., gfns 0x104..0x106 are 0x80000.. */
  private static final PmemMapping OF_A =
      new PmemMapping(
          "pm0",
          FILE,
          List.of(
              new PmemMapping.Run(new GfnRange(0x100, 0x104), 0x90000),
              new PmemMapping.Run(new GfnRange(0x104, 0x106), 0x80000)));

  private static final PmemMapping OF_B =
      new PmemMapping(
          "pm0", FILE, List.of(new PmemMapping.Run(new GfnRange(0x100, 0x102), 0xa0000)));

  private static final PmemAccess ACCESS =
      new PmemAccess(Map.of("a", List.of(OF_A), "b", List.of(OF_B)));

  @Test
  void theDeviceModelMapsWhatTheGuestWasGiven() {
    assertEquals(
        List.of(),
        refusals(
            new MapRequest(Caller.EMULATOR, "a", 0x100, 4, 0x90000),
            new MapRequest(Caller.EMULATOR, "a", 0x103, 1, 0x90003),
            new MapRequest(Caller.EMULATOR, "a", 0x104, 2, 0x80000),
            new MapRequest(Caller.EMULATOR, "b", 0x100, 2, 0xa0000)));
  }

  @Test
  void aGuestMapsNothingEvenWhatItWasGiven() {
    assertEquals(List.of("0 M8"), refusals(new MapRequest(Caller.GUEST, "a", 0x100, 4, 0x90000)));
  }

  @Test
  void framesOfAnotherGuestAreRefused() {
    assertEquals(
        List.of("0 M9", "1 M9", "2 M9"),
        refusals(
            new MapRequest(Caller.EMULATOR, "b", 0x100, 2, 0x90000),
            new MapRequest(Caller.EMULATOR, "a", 0x100, 1, 0xa0000),
            new MapRequest(Caller.EMULATOR, "nobody", 0x100, 1, 0x90000)));
  }

  @Test
  void aRunThatGoesOneFrameTooFarIsRefused() {
    assertEquals(
        List.of("0 M9", "1 M9", "2 M9"),
        refusals(
            new MapRequest(Caller.EMULATOR, "a", 0x100, 5, 0x90000),
            new MapRequest(Caller.EMULATOR, "a", 0x104, 3, 0x80000),
            new MapRequest(Caller.EMULATOR, "a", 0xff, 2, 0x8ffff)));
  }

  @Test
  void numbersThatAreNoFramesAreRefusedAndDoNotOverflow() {
    assertEquals(
        List.of("0 M9", "1 M9", "2 M9", "3 M9"),
        refusals(
            new MapRequest(Caller.EMULATOR, "a", 0x100, 0, 0x90000),
            new MapRequest(Caller.EMULATOR, "a", 0x100, Long.MAX_VALUE, 0x90000),
            new MapRequest(Caller.EMULATOR, "a", -1, 1, 0x90000),
            new MapRequest(Caller.EMULATOR, "a", 0x100, 1, Long.MIN_VALUE)));
  }

  @Test
  void aRequestIsAllowedWhenEachOfItsFramesIs() {
    long seed = 20261121;
    Random random = new Random(seed);
    int allowed = 0;
    for (int i = 0; i < 20_000; i++) {
      long gfn = 0xfeL + random.nextInt(10);
      long mfn =
          (random.nextBoolean() ? 0x90000 - 0x100 : 0x80000 - 0x104) + gfn + random.nextInt(3) / 2;
      long count = 1L + random.nextInt(6);
      boolean each = true;
      for (long k = 0; k < count; k++) {
        long at = gfn + k;
        long planned =
            at < 0x100 || at >= 0x106
                ? -1
                : at < 0x104 ? 0x90000 + at - 0x100 : 0x80000 + at - 0x104;
        each &= planned == mfn + k;
      }
      List<String> refused = refusals(new MapRequest(Caller.EMULATOR, "a", gfn, count, mfn));
      assertEquals(each, refused.isEmpty(), "seed %d, request %d".formatted(seed, i));
      allowed += each ? 1 : 0;
    }
    assertEquals(true, allowed > 500 && allowed < 10_000, "allowed " + allowed);
  }

  @Test
  void theLargestPageFitsInTheRunAndLiesAlikeOnBothSides() {
    assertEquals(
        1L << 18, new PmemMapping.Run(new GfnRange(0x40000, 0x80000), 0x140000).largestPage());
    assertEquals(
        1L << 9, new PmemMapping.Run(new GfnRange(0x40000, 0x7ffff), 0x140000).largestPage());
    assertEquals(
        1L << 9, new PmemMapping.Run(new GfnRange(0x40000, 0x80000), 0x140200).largestPage());
    assertEquals(1, new PmemMapping.Run(new GfnRange(0x40000, 0x80000), 0x140201).largestPage());
    assertEquals(1, new PmemMapping.Run(new GfnRange(0x40001, 0x40200), 0x140001).largestPage());
  }

  private static List<String> refusals(MapRequest... requests) {
    List<String> found = new ArrayList<>();
    ACCESS
        .refusals(List.of(requests))
        .forEach(refusal -> found.add(refusal.index() + " " + refusal.rule()));
    return found;
  }
}
