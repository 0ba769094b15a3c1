package org.gfnplan.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.gfnplan.models.host.Host;

/** Guests of real hosts as users would write them down, most of them badly. */
final class RandomScenes {
  private RandomScenes() {}

  /**
   * A text that describes a guest.
   *
   * @param name what the file is called
   * @param content what is in it
   */
  record Text(String name, String content) {}

  /** The guest of a seed on a host, of a platform that has most to go wrong with. */
  static Text of(Host host, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> devices = List.copyOf(devices(host));
    return switch ((int) (seed % 4)) {
      case 0, 1 -> new Text("g.cfg", xl(random, devices));
      case 2 -> new Text("g.yaml", document(random, devices, "xen-hvm"));
      default ->
          new Text(
              "g.yaml", document(random, devices, random.nextBoolean() ? "qemu-q35" : "qemu-pc"));
    };
  }

  /** A guest that has all devices with reserved memory, or reserves all of it. */
  static Text whole(Host host, boolean strategy, int gib) {
    StringBuilder text = new StringBuilder("name = 'g'\ntype = 'hvm'\n");
    text.append("memory = ").append(gib * 1024).append('\n');
    if (strategy) {
      text.append("rdm = 'strategy=host,policy=strict'\n");
    } else {
      StringJoiner items = new StringJoiner(",rdm_policy=strict', '", "'", ",rdm_policy=strict'");
      devices(host).forEach(items::add);
      text.append("pci = [ %s ]\n".formatted(devices(host).isEmpty() ? "" : items));
    }
    return new Text("g.cfg", text.toString());
  }

  private static String xl(RandomGenerator random, List<String> devices) {
    StringBuilder text = new StringBuilder("# a guest\nname = \"g\"\ntype = \"hvm\"\n");
    text.append("memory = ").append(1024 << random.nextInt(7)).append('\n');
    if (random.nextInt(2) == 0) {
      text.append("mmio_hole = %d # copied%n".formatted(256 << random.nextInt(4)));
    }
    if (random.nextInt(4) == 0) {
      text.append("rdm_mem_boundary = %d%n".formatted(512 << random.nextInt(3)));
    }
    if (random.nextInt(4) == 0) {
      text.append("rdm = \"strategy=host,policy=strict\"\n");
    }
    if (random.nextInt(6) == 0) {
      text.append("bios = \"ovmf\"\n");
    }
    text.append("pci = [\n");
    for (String device : devices) {
      if (random.nextInt(2) == 0) {
        text.append("  '%s%s',%n".formatted(device, policy(random)));
      }
    }
    return text.append("]\n").toString();
  }

  private static String policy(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> "";
      case 1 -> ",rdm_policy=relaxed";
      default -> ",rdm_policy=strict";
    };
  }

  private static String document(RandomGenerator random, List<String> devices, String platform) {
    StringBuilder text = new StringBuilder("gfnplan: guest/1\nname: g\n");
    text.append("platform: %s%nmemory: %dGiB%n".formatted(platform, 1 << random.nextInt(9)));
    boolean qemu = platform.startsWith("qemu");
    if (qemu && random.nextInt(2) == 0) {
      text.append("firmware: ovmf\n");
    }
    if (qemu && random.nextInt(2) == 0) {
      text.append("physical_bits: %d%n".formatted(36 + random.nextInt(5)));
    }
    if (qemu && random.nextInt(3) == 0) {
      text.append("max_ram_below_4g: %dGiB%n".formatted(1 + random.nextInt(3)));
    }
    if (!qemu && random.nextInt(2) == 0) {
      text.append("mmio_hole: %dMiB # copied%n".formatted(256 << random.nextInt(4)));
    }
    text.append("devices:\n");
    boolean none = true;
    for (String device : devices) {
      if (random.nextInt(2) == 0) {
        none = false;
        text.append(
            random.nextBoolean()
                ? "  - {address: \"%s\", bars: [%s]}%n".formatted(device, bar(random))
                : "  - address: \"%s\"%n    bars: [%s]%n".formatted(device, bar(random)));
      }
    }
    return none ? text.toString().replace("devices:\n", "") : text.toString();
  }

  private static String bar(RandomGenerator random) {
    return random.nextBoolean()
        ? "{bar: 0, space: memory-32, size: %dMiB}".formatted(16 << random.nextInt(7))
        : "{bar: 0, space: memory-64, size: %dMiB, prefetchable: true}"
            .formatted(256 << random.nextInt(8));
  }

  private static Set<String> devices(Host host) {
    Set<String> found = new TreeSet<>();
    host.reserved().stream()
        .flatMap(memory -> memory.devices().stream())
        .filter(scope -> scope.address() != null)
        .forEach(scope -> found.add(String.valueOf(scope.address())));
    return found;
  }
}
