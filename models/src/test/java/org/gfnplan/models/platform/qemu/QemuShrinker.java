package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gfnplan.models.platform.qemu.RandomConfigs.Asked;

/** Makes a configuration smaller for as long as it keeps a property. */
final class QemuShrinker {
  /*
   * Greedy: the first smaller configuration that keeps the property is taken, and the search starts
   * again from it. Each is smaller in a measure that ends (fewer devices, fewer options, half the
   * size, a machine that comes earlier in the list), so there is an end; MOST bounds the questions,
   * because each may cost a start of QEMU.
   */
  private static final int MOST = 400;
  private static final List<String> MACHINES = List.of("pc", "q35");
  private static final String CPU = "qemu64";

  private QemuShrinker() {}

  /** The smallest configuration found that still has the property. */
  static Asked shrink(Asked start, Predicate<Asked> keeps) {
    Asked smallest = start;
    int asked = 0;
    boolean found = true;
    while (found) {
      found = false;
      for (Asked next : smaller(smallest)) {
        if (asked++ >= MOST) {
          return smallest;
        }
        if (keeps.test(next)) {
          smallest = next;
          found = true;
          break;
        }
      }
    }
    return smallest;
  }

  /** Simpler configurations, the largest steps first. */
  private static List<Asked> smaller(Asked from) {
    QemuConfig config = from.config();
    List<Asked> found = new ArrayList<>();
    for (int i = 0; i < config.devices().size(); i++) {
      List<QemuDevice> fewer = new ArrayList<>(config.devices());
      fewer.remove(i);
      found.add(from.with(config.withDevices(config.maxMemory(), config.slots(), fewer)));
    }
    if (config.devices().isEmpty() && config.maxMemory() != 0) {
      found.add(from.with(config.withDevices(0, 0, List.of())));
    }
    if (config.maxRamBelow4g() != 0) {
      found.add(from.with(config.withMaxRamBelow4g(0)));
    }
    if (config.hole64Size() != QemuConfig.UNASKED) {
      found.add(from.with(config.withHole64Size(QemuConfig.UNASKED)));
    }
    String model = from.cpu().split(",", -1)[0];
    Stream.of(CPU, model)
        .filter(cpu -> cpu.length() < from.cpu().length() || isSimpler(cpu, from.cpu()))
        .forEach(cpu -> found.add(new Asked(config.withCpu(QemuCpu.of(cpu)), cpu)));
    addMachines(from, found);
    addSizes(from, found);
    for (int i = 0; i < config.devices().size(); i++) {
      for (QemuDevice simpler : simpler(config.devices().get(i))) {
        List<QemuDevice> others = new ArrayList<>(config.devices());
        others.set(i, simpler);
        found.add(from.with(config.withDevices(config.maxMemory(), config.slots(), others)));
      }
    }
    return found;
  }

  private static boolean isSimpler(String cpu, String other) {
    return cpu.equals(CPU) && !other.startsWith(CPU);
  }

  private static void addMachines(Asked from, List<Asked> found) {
    QemuMachine now = from.config().machine();
    for (String name : MACHINES) {
      QemuMachine other = QemuMachine.named(name, now.qemu()).orElseThrow();
      if (other.equals(now)) {
        return;
      }
      found.add(from.with(with(from.config(), other, from.config().ram())));
    }
  }

  /** Half, rounded to fewer digits first. */
  private static void addSizes(Asked from, List<Asked> found) {
    QemuConfig config = from.config();
    for (long ram : halves(config.ram(), QemuConfig.LEAST_RAM)) {
      found.add(from.with(with(config, config.machine(), ram)));
    }
    long room = config.maxMemory() - config.ram();
    if (config.maxMemory() != 0 && room > 0) {
      for (long less : halves(room, 1)) {
        found.add(
            from.with(config.withDevices(config.ram() + less, config.slots(), config.devices())));
      }
    }
    if (config.slots() > 0) {
      found.add(
          from.with(config.withDevices(config.maxMemory(), config.slots() / 2, config.devices())));
    }
    for (long limit : halves(config.maxRamBelow4g(), 1)) {
      found.add(from.with(config.withMaxRamBelow4g(limit)));
    }
    if (config.hole64Size() > 0) {
      for (long size : halves(config.hole64Size(), 1)) {
        found.add(from.with(config.withHole64Size(size)));
      }
    }
  }

  /** Smaller sizes: the power of two below, half, and the same without its lowest digits. */
  private static List<Long> halves(long size, long least) {
    return Stream.of(
            Long.highestOneBit(size),
            size / 2,
            size >> 30 << 30,
            size >> 20 << 20,
            Long.highestOneBit(size) / 2)
        .filter(smaller -> least <= smaller && smaller < size)
        .distinct()
        .toList();
  }

  private static List<QemuDevice> simpler(QemuDevice from) {
    List<QemuDevice> found = new ArrayList<>();
    if (from.file()) {
      found.add(device(from, from.size(), false, 0, from.labelSize(), from.address(), from.slot()));
    }
    if (from.align() != 0) {
      found.add(device(from, from.size(), true, 0, from.labelSize(), from.address(), from.slot()));
    }
    if (from.labelSize() != 0) {
      found.add(
          device(from, from.size(), from.file(), from.align(), 0, from.address(), from.slot()));
    }
    if (from.address() != 0) {
      found.add(
          device(from, from.size(), from.file(), from.align(), from.labelSize(), 0, from.slot()));
    }
    if (from.slot() != QemuDevice.ANY_SLOT) {
      found.add(
          device(
              from,
              from.size(),
              from.file(),
              from.align(),
              from.labelSize(),
              from.address(),
              QemuDevice.ANY_SLOT));
    }
    for (long size : halves(from.size(), 1)) {
      found.add(
          device(
              from,
              size,
              from.file(),
              from.align(),
              from.labelSize(),
              from.address(),
              from.slot()));
    }
    return found;
  }

  private static QemuDevice device(
      QemuDevice from, long size, boolean file, long align, long label, long address, int slot) {
    return new QemuDevice(
        from.kind(), from.id(), from.memdev(), size, file, align, label, address, slot);
  }

  private static QemuConfig with(QemuConfig from, QemuMachine machine, long ram) {
    long maximum = from.maxMemory() == 0 ? 0 : Math.max(0, from.maxMemory() - from.ram() + ram);
    return new QemuConfig(
        machine,
        from.cpu(),
        ram,
        from.maxRamBelow4g(),
        maximum,
        from.slots(),
        from.hole64Size(),
        from.nvdimm(),
        from.devices(),
        from.cards());
  }
}
