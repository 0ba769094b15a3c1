package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Registers against a real SeaBIOS in a real QEMU, where it is installed. {@code
 * -Dgfnplan.seabios.guests=200} boots more, {@code -Dgfnplan.seed=N} the same again.
 */
class LiveSeabiosTest {
  private static final long MIB = 1L << 20;
  private static final String PCI = "{\"execute\":\"query-pci\"}";
  private static final int TRIES = 200;

  @TempDir Path folder;

  @Test
  void seabiosPlacesRegistersWhereTheReplayDoes() throws Exception {
    LiveQemu.mustBeInstalled();
    int count = Integer.getInteger("gfnplan.seabios.guests", 12);
    long seed = Long.getLong("gfnplan.seed", System.nanoTime());
    System.out.printf("seed %d, %d guests with SeaBIOS%n", seed, count);
    Random random = new Random(seed);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Bus bus = new Bus(random);
      List<String> replayed = bus.replayed();
      List<String> booted = bus.booted(folder);
      if (!booted.equals(replayed)) {
        differences.add("%s%nreplayed %s%nbooted   %s".formatted(bus, replayed, booted));
      }
    }
    assertEquals("", String.join("\n\n", differences));
  }

  /** Functions and ports, as a document and as options of QEMU. */
  private static final class Bus {
    private final Random random;
    private final boolean q35;
    private final long ramMib;
    private final List<String> options = new ArrayList<>();
    private final StringBuilder devices = new StringBuilder();
    private final StringBuilder ports = new StringBuilder();
    private int slots = 2;

    Bus(Random random) {
      this.random = random;
      q35 = random.nextInt(4) != 0;
      ramMib = List.of(256L, 1536L, 2560L, 4096L, 9216L).get(random.nextInt(5));
      int root = random.nextInt(5);
      for (int i = 0; i < root; i++) {
        function("f" + i, "");
      }
      int count = q35 ? random.nextInt(4) : 0;
      for (int i = 0; i < count; i++) {
        port("rp" + i);
      }
    }

    private void port(String id) {
      long narrow = random.nextBoolean() ? 0 : 1 + random.nextInt(40);
      long wide = random.nextBoolean() ? 0 : 1L + random.nextInt(1 << random.nextInt(14));
      ports.append(
          "  - {name: %s, memory: %dMiB, prefetchable: %dMiB}%n".formatted(id, narrow, wide));
      options.add(
          "pcie-root-port,id=%s,chassis=%d,addr=0x%x".formatted(id, slots, slots)
              + (narrow == 0 ? "" : ",mem-reserve=%dM".formatted(narrow))
              + (wide == 0 ? "" : ",pref64-reserve=%dM".formatted(wide)));
      slots++;
      if (random.nextInt(3) != 0) {
        function("b-" + id, id);
      }
    }

    private void function(String id, String port) {
      String bars;
      String option;
      switch (random.nextInt(4)) {
        case 0 -> {
          long size = (16 * MIB) << random.nextInt(5);
          option = "bochs-display,romfile=,vgamem=%dM".formatted(size / MIB);
          bars = bar(0, "memory-32", size, true) + ", " + bar(2, "memory-32", 4096, false);
        }
        case 1 -> {
          option = "nvme,serial=1";
          bars = bar(0, "memory-64", 16384, false);
        }
        default -> {
          long size = MIB << random.nextInt(14);
          option = "pci-testdev,membar=%dM".formatted(size / MIB);
          bars = bar(0, "memory-32", 4096, false) + ", " + bar(2, "memory-64", size, true);
        }
      }
      int slot = port.isEmpty() ? slots++ : 0;
      options.add(
          "%s,id=%s,addr=0x%x%s".formatted(option, id, slot, port.isEmpty() ? "" : ",bus=" + port));
      devices.append(
          "  - {address: \"%02x:00.0\"%s, bars: [%s]}%n"
              .formatted(options.size(), port.isEmpty() ? "" : ", port: " + port, bars));
    }

    private static String bar(int index, String space, long bytes, boolean prefetchable) {
      return "{bar: %d, space: %s, size: %d, prefetchable: %s}"
          .formatted(index, space, bytes, prefetchable);
    }

    private String document() {
      return "gfnplan: guest/1\nname: g\nplatform: %s\nmemory: %dMiB\n"
              .formatted(q35 ? "qemu-q35" : "qemu-pc", ramMib)
          + (devices.isEmpty() ? "" : "devices:\n" + devices)
          + (ports.isEmpty() ? "" : "ports:\n" + ports);
    }

    /** The start of each register and window by its size, or that there is no room. */
    List<String> replayed() throws UnusableInput {
      Host host = HostReader.readText("host", bytes("gfnplan: host/1\nreserved: []\n"));
      Guest guest = GuestReader.read("guest", bytes(document()));
      Scene scene = new Scene(host, guest);
      List<PciItem> items = PciNeeds.of(scene, QemuFirmware.SEABIOS, guest.pci().ports());
      QemuConfig config = QemuGuest.config(scene, QemuTarget.of(guest.platform().value()));
      QemuLayout made = (QemuLayout) QemuReplay.layout(config);
      long start = QemuFirmware.SEABIOS.windowStart(config.machine().board(), made.lowEnd());
      long high = made.high().map(ByteRange::end).orElse(QemuMachine.FOUR_GIB);
      Map<String, Long> starts = SeabiosPlacement.of(items, start, high);
      if (starts == null) {
        return List.of("out of 32bit address space");
      }
      List<String> found = new ArrayList<>();
      for (PciItem item : items) {
        long at = starts.get(item.name());
        found.add("%x+%x".formatted(at, item.bytes()));
        for (PciItem.Inner inner : item.inner()) {
          long bytes = Math.max(inner.bar().bytes(), 4096);
          found.add("inner %x+%x".formatted(at, bytes));
          at += bytes;
        }
      }
      found.sort(null);
      return found;
    }

    /** The same of the real programs. */
    List<String> booted(Path folder) throws IOException, InterruptedException {
      List<String> words =
          new ArrayList<>(
              List.of(LiveQemu.PROGRAM, "-display", "none", "-vga", "none", "-nodefaults"));
      words.addAll(List.of("-no-user-config", "-qmp", "stdio", "-accel", "tcg,tb-size=16"));
      words.addAll(
          List.of("-object", "memory-backend-ram,id=ram0,reserve=off,size=" + ramMib + "M"));
      words.addAll(List.of("-m", ramMib + "M"));
      words.addAll(List.of("-M", (q35 ? "q35,sata=off" : "pc") + ",memory-backend=ram0"));
      options.forEach(option -> words.addAll(List.of("-device", option)));
      Path errors = folder.resolve("errors");
      try (LiveQemu qemu = new LiveQemu(words, errors)) {
        qemu.ask("{\"execute\":\"qmp_capabilities\"}");
        List<String> before = List.of();
        for (int i = 0; i < TRIES; i++) {
          Thread.sleep(50);
          SortedMap<String, Long> found = new TreeMap<>();
          boolean done = collect(qemu.ask(PCI).path(0).path("devices"), "", found);
          List<String> now = new ArrayList<>(found.keySet());
          now.sort(null);
          if (done && now.equals(before)) {
            return now;
          }
          before = now;
        }
        return before.stream().anyMatch(word -> word.contains("ffffffffffffffff+"))
            ? List.of("out of 32bit address space")
            : before;
      } catch (IOException e) {
        throw new IOException(Files.readString(errors), e);
      }
    }

    /** Whether everything has an address. */
    private static boolean collect(JsonNode devices, String prefix, Map<String, Long> found) {
      boolean done = true;
      for (JsonNode device : devices) {
        for (JsonNode region : device.path("regions")) {
          long at = region.path("address").asLong();
          if (region.path("type").asString().equals("memory")) {
            done &= at > 0;
            found.put(
                "%s%x+%x".formatted(prefix, at, Math.max(region.path("size").asLong(), 4096)), at);
          }
        }
        JsonNode bus = device.path("pci_bridge").path("bus");
        for (String window : List.of("memory_range", "prefetchable_range")) {
          if (bus.has(window)) {
            long base = bus.path(window).path("base").asLong();
            long limit = bus.path(window).path("limit").asLong();
            done &= base < limit && base > 0;
            found.put("%x+%x".formatted(base, limit + 1 - base), base);
          }
        }
        done &= collect(device.path("pci_bridge").path("devices"), "inner ", found);
      }
      return done;
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return document() + String.join("\n", options);
    }
  }
}
