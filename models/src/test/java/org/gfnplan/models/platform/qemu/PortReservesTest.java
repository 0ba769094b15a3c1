package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.junit.jupiter.api.Test;

/** What root ports are told to reserve for devices that may come. */
class PortReservesTest {
  private static final String GPU =
      """
      devices:
        - address: "3b:00.0"
          bars:
            - {bar: 0, space: memory-32, size: 16MiB}
            - {bar: 1, space: memory-64, size: 16GiB, prefetchable: true}
            - {bar: 3, space: memory-64, size: 32MiB, prefetchable: true}
      """;

  @Test
  void seabiosNeedsRoomToAlignTheLargestRegisterIn() throws UnusableInput {
    // A window is at a multiple of 2 MiB, so up to 16 GiB less 2 MiB come before the register.
    assertEquals(List.of("p 30MiB 32798MiB"), reserves("", "ports: [{name: p}]"));
  }

  @Test
  void ovmfMakesTheWindowAPowerOfTwoAndAlignsIt() throws UnusableInput {
    assertEquals(List.of("p 16MiB 32768MiB"), reserves("", "firmware: ovmf\nports: [{name: p}]"));
  }

  @Test
  void aStatedReserveStays() throws UnusableInput {
    assertEquals(
        List.of("p 64MiB 20480MiB"),
        reserves("", "ports: [{name: p, memory: 64MiB, prefetchable: 20GiB}]"));
  }

  @Test
  void noReserveIsMadeWhereThereMayBeNoRoomForIt() throws UnusableInput {
    assertEquals(
        List.of("p 30MiB 0MiB"), reserves("cpu_physical_bits: 35\n", "ports: [{name: p}]"));
    assertEquals(List.of("p 30MiB 0MiB"), reserves("", "pci_hole64: 32GiB\nports: [{name: p}]"));
  }

  @Test
  void aPortWithoutSuchADeviceReservesNothing() throws UnusableInput {
    assertEquals(
        List.of("p 30MiB 32798MiB", "other 0MiB 0MiB"),
        reserves("", "ports: [{name: p}, {name: other}]"));
  }

  private static List<String> reserves(String host, String lines) throws UnusableInput {
    Host there = HostReader.readText("host", bytes("gfnplan: host/1\nreserved: []\n" + host + GPU));
    Guest guest =
        GuestReader.read(
            "guest",
            bytes(
                "gfnplan: guest/1\nname: g\nplatform: qemu-q35\nmemory: 4GiB\n"
                    + "pool: [{address: \"3b:00.0\", port: p}]\n"
                    + lines
                    + "\n"));
    return QemuPlan.of(new Scene(there, guest), QemuTarget.of(guest.platform().value()))
        .ports()
        .stream()
        .map(
            port ->
                "%s %dMiB %dMiB"
                    .formatted(
                        port.name(), port.memoryBytes() >> 20, port.prefetchableBytes() >> 20))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
