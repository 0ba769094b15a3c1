package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.gfnplan.models.platform.qemu.QemuDevice.Kind;

/** Random QEMU configurations near the edges of every rule; some of them refused. */
final class RandomConfigs {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final List<String> MACHINES =
      List.of(
          "pc",
          "pc",
          "q35",
          "q35",
          "microvm",
          "pc-i440fx-1.7",
          "pc-i440fx-2.0",
          "pc-i440fx-2.1",
          "pc-i440fx-2.4",
          "pc-i440fx-2.6",
          "pc-i440fx-2.11",
          "pc-i440fx-7.0",
          "pc-i440fx-7.1",
          "pc-q35-2.4",
          "pc-q35-2.10",
          "pc-q35-4.0.1",
          "pc-q35-6.0",
          "pc-q35-7.0");
  private static final List<String> LATER =
      List.of("pc-i440fx-8.1", "pc-i440fx-8.2", "pc-q35-8.1", "pc-q35-9.2");
  private static final List<String> CPUS =
      List.of(
          "qemu64",
          "qemu64",
          "EPYC",
          "Skylake-Client",
          "pentium3",
          "486",
          "kvm64",
          "athlon",
          "Dhyana",
          "Opteron_G4",
          "max",
          "coreduo",
          "phenom");
  private static final long[] EDGES = {
    512 * MIB,
    2 * GIB,
    0xb000_0000L,
    0xc000_0000L,
    0xe000_0000L,
    0xfec0_0000L,
    4 * GIB,
    8 * GIB,
    978 * GIB,
    1009 * GIB,
    1020 * GIB
  };

  private final Random random;
  private final QemuVersion qemu;
  private final List<String> machines;

  /** A configuration and the {@code -cpu} argument that goes with it. */
  record Asked(QemuConfig config, String cpu) {
    Asked with(QemuConfig other) {
      return new Asked(other, cpu);
    }
  }

  RandomConfigs(Random random) {
    this(random, QemuVersion.DEFAULT);
  }

  RandomConfigs(Random random, QemuVersion qemu) {
    this.random = random;
    this.qemu = qemu;
    machines =
        Stream.concat(MACHINES.stream(), LATER.stream())
            .filter(name -> QemuMachine.named(name, qemu).isPresent())
            .toList();
  }

  Asked next() {
    QemuMachine machine = QemuMachine.named(pick(machines), qemu).orElseThrow();
    String cpu = pick(CPUS);
    if (random.nextInt(3) == 0) {
      cpu += ",phys-bits=" + (31 + random.nextInt(23));
    }
    long ram = edge(8192);
    boolean limited = machine.board() != QemuMachine.Board.MICROVM && random.nextInt(2) == 0;
    long limit = limited ? Math.min(edge(1), 4 * GIB + random.nextInt(2)) : 0;
    QemuConfig config =
        QemuConfig.of(machine, ram).withCpu(QemuCpu.of(cpu)).withMaxRamBelow4g(limit);
    if (machine.board().hasPci() && random.nextInt(4) == 0) {
      config = config.withHole64Size(random.nextInt(4) == 0 ? 0 : edge(1));
    }
    boolean old = machine.has(QemuMachine.Quirk.NO_DEVICE_MEMORY);
    if (random.nextInt(old ? 8 : 2) == 0) {
      config = config.withDevices(maximum(ram), pick(List.of(0, 1, 2, 4, 120, 256, 257)), list());
    }
    return new Asked(config, cpu);
  }

  private long maximum(long ram) {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> ram;
      case 2 -> ram - 8192;
      case 3 -> ram + 4097;
      default -> ram + (1 + random.nextLong(5000)) * 4 * MIB;
    };
  }

  private List<QemuDevice> list() {
    List<QemuDevice> found = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      found.add(device("d" + found.size()));
    }
    return found;
  }

  private QemuDevice device(String id) {
    boolean file = random.nextInt(3) == 0;
    Kind kind =
        switch (random.nextInt(8)) {
          case 0 -> file ? Kind.DIMM : Kind.VIRTIO_PMEM;
          case 1, 2, 3 -> Kind.DIMM;
          default -> Kind.NVDIMM;
        };
    long size = random.nextInt(5) == 0 ? 1 + random.nextInt(1 << 22) : 0;
    long align = 4096L << random.nextInt(21);
    return new QemuDevice(
        kind,
        id,
        "m-" + id,
        size == 0 ? (1 + random.nextLong(300)) * 2 * MIB : size,
        file,
        !file || random.nextInt(3) == 0 ? 0 : align + (random.nextInt(20) == 0 ? 2048 : 0),
        kind == Kind.NVDIMM && random.nextInt(3) == 0 ? 1L << (16 + random.nextInt(6)) : 0,
        kind != Kind.VIRTIO_PMEM && random.nextInt(4) == 0 ? address() : 0,
        kind != Kind.VIRTIO_PMEM && random.nextInt(5) == 0
            ? random.nextInt(3)
            : QemuDevice.ANY_SLOT);
  }

  private long address() {
    long start = (4 + random.nextInt(6)) * GIB;
    return start + random.nextLong(600) * (random.nextInt(4) == 0 ? 4096 : 2 * MIB);
  }

  private long edge(long step) {
    long base = EDGES[random.nextInt(EDGES.length)];
    long by = (random.nextInt(5) - 2) * (random.nextBoolean() ? MIB : 8192);
    long size = random.nextInt(4) == 0 ? (1 + random.nextLong(16_000)) * MIB : base + by;
    return size / step * step;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
