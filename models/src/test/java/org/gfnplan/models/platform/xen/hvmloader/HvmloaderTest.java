package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.platform.E820Entry;
import org.junit.jupiter.api.Test;

class HvmloaderTest {
  private static final long MIB = 1L << 20;
  private static final int PLATFORM = 2 << 3;

  private static HvmloaderRequest request(
      long low, long high, boolean cached, Firmware firmware, E820Entry... more) {
    List<E820Entry> map =
        high == 0
            ? List.of(new E820Entry(MIB, low, E820Entry.RAM))
            : List.of(
                new E820Entry(MIB, low, E820Entry.RAM),
                new E820Entry(1L << 32, high, E820Entry.RAM));
    return new HvmloaderRequest(
        low,
        high,
        false,
        0,
        40,
        cached,
        Stream.concat(map.stream(), List.of(more).stream()).toList(),
        firmware,
        EmulatedDevices.platform());
  }

  private static long platformMemory(HvmloaderResult result) {
    return result.registers().stream()
        .filter(register -> register.function().devfn() == PLATFORM)
        .filter(register -> register.bar().isMemory())
        .findAny()
        .orElseThrow()
        .address();
  }

  @Test
  void aCachedPlatformRegisterIsCutOffTheTopOfTheWindow() {
    HvmloaderResult plain = Hvmloader.run(request(0x3f00_0000L, 0, false, Firmware.seabios()));
    assertEquals(0xf000_0000L, platformMemory(plain));
    assertEquals(0xfc00_0000L, plain.lowEnd());
    HvmloaderResult cached = Hvmloader.run(request(0x3f00_0000L, 0, true, Firmware.seabios()));
    assertEquals(0xfb00_0000L, platformMemory(cached));
    assertEquals(0xfb00_0000L, cached.lowEnd());
    assertTrue(cached.registers().stream().allMatch(HvmloaderResult.Register::decodes));
  }

  @Test
  void flashIsTakenFromTheTopOfRam() {
    Firmware ovmf = Firmware.ovmf(2 * MIB);
    int stolen = 12 + 512 - 272;
    HvmloaderResult low = Hvmloader.run(request(0x3f00_0000L, 0, false, ovmf));
    assertEquals(stolen, low.stolenPages());
    assertEquals(0x3f00_0000L - stolen * 4096L, low.lowmemEnd());
    assertTrue(
        low.e820().contains(new E820Entry(MIB, low.lowmemEnd(), E820Entry.RAM)), low::toString);
    assertTrue(
        low.e820().contains(new E820Entry(0xf_0000L, MIB, E820Entry.RESERVED)), low::toString);
    HvmloaderResult high = Hvmloader.run(request(0xf000_0000L, 0x1_0f80_0000L, false, ovmf));
    assertEquals(0xf000_0000L, high.lowmemEnd());
    assertEquals(0x1_0f80_0000L - stolen * 4096L, high.highmemEnd());
  }

  @Test
  void whenHighRamIsUsedUpPagesComeFromLowRam() {
    Firmware greedy = Firmware.seabios().withReserve(0);
    HvmloaderResult result = Hvmloader.run(request(0xf000_0000L, 0x1_0000_5000L, false, greedy));
    assertEquals(12, result.stolenPages());
    assertEquals(0, result.highmemEnd());
    assertEquals(0xf000_0000L - 7 * 4096, result.lowmemEnd());
  }

  @Test
  void reservedMemoryInTheDynamicAreaStopsTheGuest() {
    E820Entry touching = new E820Entry(0xfc04_0000L, 0xfc10_0000L, E820Entry.RESERVED);
    E820Entry inside = new E820Entry(0xfc04_0000L, 0xfc10_1000L, E820Entry.RESERVED);
    HvmloaderResult boots =
        Hvmloader.run(request(0x3f00_0000L, 0, false, Firmware.seabios(), touching));
    assertFalse(boots.refused());
    assertTrue(boots.hasOverlap());
    HvmloaderResult stops =
        Hvmloader.run(request(0x3f00_0000L, 0, false, Firmware.seabios(), inside));
    assertTrue(stops.refused());
    assertEquals(List.of(), stops.e820());
    assertFalse(stops.registers().stream().anyMatch(HvmloaderResult.Register::isPlaced));
  }

  @Test
  void aRequestThatNoGuestCanHaveIsRefused() {
    Firmware seabios = Firmware.seabios();
    assertThrows(IllegalArgumentException.class, () -> request(MIB, 0, false, seabios));
    assertThrows(
        IllegalArgumentException.class, () -> request(0x3f00_0000L, 1L << 32, false, seabios));
    assertThrows(
        IllegalArgumentException.class, () -> request(2 * MIB, 0, false, seabios.withReserve(0)));
  }
}
