package org.gfnplan.models.guest.qemu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards;
import org.gfnplan.models.guest.GuestMemory;
import org.gfnplan.models.guest.GuestPci;
import org.gfnplan.models.guest.GuestRules;
import org.gfnplan.models.guest.MachineType;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.guest.RdmWishes;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** A virtual machine of QEMU while it is being read; its guest is made at the end. */
public final class VmDraft {
  /** The most memory of anything, as in guest documents. */
  public static final long MOST_BYTES = 16L << 40;

  private static final long FOUR_GIB = 4L << 30;
  private static final long MIB = 1 << 20;
  private static final long PAGE = 1 << 12;
  private static final int MOST_DEVICES = 1024;
  private static final int MOST_WINDOWS = 256;
  private static final long LEAST_LABEL = 128 << 10;

  private final Origin document;
  private final List<InputProblem> problems;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Origin> ignored = new LinkedHashMap<>();
  private final Map<PciAddress, PciAssignment> devices = new LinkedHashMap<>();
  private final Map<String, RootPort> ports = new LinkedHashMap<>();
  private final Map<String, PmemWindow> windows = new LinkedHashMap<>();
  private final List<NumaNode> nodes = new ArrayList<>();
  private @Nullable Stated<String> name;
  private @Nullable Stated<String> machine;
  private @Nullable Stated<Long> memory;
  private @Nullable Stated<Long> most;
  private @Nullable Stated<Integer> slots;
  private @Nullable Stated<String> firmware;
  private MachineWishes wishes = MachineWishes.NONE;

  /** A machine of which nothing is known yet; what is wrong with it goes to {@code problems}. */
  public VmDraft(Origin document, List<InputProblem> problems) {
    this.document = document;
    this.problems = problems;
  }

  /** Adds a problem. */
  public void problem(Origin origin, String message) {
    problems.add(new InputProblem(origin, message));
  }

  /** Something that does not shape the layout, or whose effect is not planned. */
  public void ignore(String what, Origin origin) {
    ignored.putIfAbsent(what, origin);
  }

  /** What to call the guest. */
  public void name(String text, Origin origin) {
    if (!text.isBlank()) {
      name = Stated.by(text, origin);
    }
  }

  /** The machine type. */
  public void machine(String type, Origin origin) {
    machine = Stated.by(type, origin);
  }

  /** Memory at start, without memory devices; QEMU rounds it up to 8 KiB (machine.c). */
  public void memory(long bytes, Origin origin) {
    if (bytes < MIB || bytes > MOST_BYTES) {
      problem(origin, "memory must be from 1 MiB to 16 TiB, this is " + Bytes.format(bytes));
      return;
    }
    memory = Stated.by((bytes + 2 * PAGE - 1) / (2 * PAGE) * (2 * PAGE), origin);
  }

  /** All memory there may ever be, and how many devices of it. */
  public void maximum(long bytes, int devicesOfIt, Origin origin) {
    if (bytes < 0 || bytes > MOST_BYTES || bytes % PAGE != 0) {
      problem(
          origin,
          "maximum memory must be whole pages and at most 16 TiB, this is " + Bytes.format(bytes));
    } else if (devicesOfIt < 0 || devicesOfIt > MOST_WINDOWS) {
      problem(
          origin, "slots must be from 0 to %d, this is %d".formatted(MOST_WINDOWS, devicesOfIt));
    } else {
      most = Stated.by(bytes, origin);
      slots = Stated.by(devicesOfIt, origin);
    }
  }

  /** The firmware, {@code seabios} or {@code ovmf}. */
  public void firmware(String kind, Origin origin) {
    firmware = Stated.by(kind, origin);
  }

  /** Where low RAM ends at most; QEMU takes 0 for nothing said. */
  public void maxRamBelow4g(long bytes, Origin origin) {
    if (bytes < 0 || bytes > FOUR_GIB) {
      problem(origin, "`max-ram-below-4g` must be at most 4 GiB, this is " + Bytes.format(bytes));
      return;
    }
    wishes = wishes.withMaxRamBelow4g(bytes == 0 ? null : Stated.by(bytes, origin));
  }

  /** The size of the 64-bit PCI window. */
  public void pciHole64(long bytes, Origin origin) {
    if (bytes < 0 || bytes > MOST_BYTES) {
      problem(origin, "a 64-bit PCI window has at most 16 TiB, this is " + Bytes.format(bytes));
      return;
    }
    wishes = wishes.withPciHole64(Stated.by(bytes, origin));
  }

  /** The size of the 64-bit PCI window that OVMF is told. */
  public void firmwareWindow64(long bytes, Origin origin) {
    if (bytes < 0 || bytes > MOST_BYTES) {
      problem(origin, "a 64-bit PCI window has at most 16 TiB, this is " + Bytes.format(bytes));
      return;
    }
    wishes = wishes.withFirmwareWindow64(Stated.by(bytes, origin));
  }

  /** Whose processor the guest sees. */
  public void vendor(CpuVendor vendor, Origin origin) {
    wishes = wishes.withCpuVendor(Stated.by(vendor, origin));
  }

  /** Guest physical address bits. */
  public void physicalBits(long bits, Origin origin) {
    if (bits < 32 || bits > 52) {
      problem(origin, "guest physical address bits must be from 32 to 52, this is " + bits);
      return;
    }
    wishes = wishes.withPhysicalBits(Stated.by((int) bits, origin));
  }

  /** Guest physical address bits of a named vCPU model that nobody asks for others. */
  public void defaultBits() {
    wishes =
        wishes.withPhysicalBits(
            Stated.byDefault(
                CpuModels.DEFAULT_BITS,
                Origin.builtIn("target/i386/cpu.h", "a vCPU has 40 address bits by default")));
  }

  /** The address bit that tells private from shared memory. */
  public void privateBit(long bit, Origin origin) {
    if (bit < 32 || bit > 51) {
      problem(origin, "the bit of private memory must be from 32 to 51, this is " + bit);
      return;
    }
    wishes = wishes.withPrivateBit(Stated.by((int) bit, origin));
  }

  /** A virtual NUMA node. */
  public void node(long bytes, Origin origin) {
    if (bytes < 0 || bytes > MOST_BYTES || nodes.size() == MOST_WINDOWS) {
      problem(origin, "a NUMA node has at most 16 TiB, this is " + Bytes.format(bytes));
      return;
    }
    nodes.add(NumaNode.of(bytes >> 10, origin));
  }

  /** A host device, perhaps behind a port. */
  public void device(PciAddress address, @Nullable Stated<String> port, Origin origin) {
    PciAssignment device =
        new PciAssignment(address, false, null, List.of(), List.of(), port, origin);
    PciAssignment earlier = devices.putIfAbsent(address, device);
    if (earlier != null) {
      problem(
          origin,
          "device %s is assigned twice, first in %s"
              .formatted(address, earlier.origin().shortForm()));
    } else if (devices.size() == MOST_DEVICES + 1) {
      problem(origin, "a guest has at most " + MOST_DEVICES + " host devices");
    }
  }

  /** A root port. */
  public void port(String id, long memoryBytes, long prefetchableBytes, Origin origin) {
    if (Math.min(memoryBytes, prefetchableBytes) < 0
        || memoryBytes > FOUR_GIB
        || prefetchableBytes > MOST_BYTES) {
      problem(origin, "a root port reserves at most 4 GiB and 16 TiB");
    } else if (ports.size() == MOST_DEVICES) {
      problem(origin, "a guest has at most " + MOST_DEVICES + " root ports");
    } else if (ports.putIfAbsent(id, new RootPort(id, memoryBytes, prefetchableBytes, origin))
        != null) {
      problem(origin, "the port `" + id + "` is given twice");
    }
  }

  /** A memory device. */
  public void window(PmemWindow window) {
    Origin origin = window.origin();
    long bytes = window.bytes().value();
    Stated<Long> alignment = window.alignmentBytes();
    if (bytes < PAGE || bytes > MOST_BYTES || bytes % PAGE != 0) {
      problem(origin, "a memory device has whole pages, at most 16 TiB: " + Bytes.format(bytes));
    } else if (window.labelBytes() != 0
        && (window.labelBytes() < LEAST_LABEL || window.labelBytes() >= bytes)) {
      problem(
          origin,
          "a label area has at least 128 KiB and leaves some of %s: %s"
              .formatted(Bytes.format(bytes), Bytes.format(window.labelBytes())));
    } else if (alignment != null
        && (alignment.value() < PAGE || Long.bitCount(alignment.value()) != 1)) {
      problem(origin, "an alignment is a power of two, this is " + Bytes.format(alignment.value()));
    } else if (windows.size() == MOST_WINDOWS) {
      problem(origin, "a guest has at most " + MOST_WINDOWS + " memory devices");
    } else if (windows.putIfAbsent(window.name(), window) != null) {
      problem(origin, "the memory device `" + window.name() + "` is given twice");
    }
  }

  /** The guest; null with a problem. {@code usual} is the machine type when none is stated. */
  public @Nullable Guest guest(String usual, @Nullable Stated<Long> usualMemory) {
    Stated<String> type =
        machine != null
            ? machine
            : Stated.byDefault(usual, Origin.builtIn("QEMU", "the machine defaults to " + usual));
    PlatformName platform = MachineType.platform(type.value());
    Stated<Long> start = memory != null ? memory : usualMemory;
    if (platform == null) {
      problem(
          type.origin(), "the machine `" + type.value() + "` is none of `pc`, `q35` and `microvm`");
    }
    if (start == null || platform == null || !problems.isEmpty()) {
      return null;
    }
    checkMemory(start);
    if (!ignored.isEmpty()) {
      findings.add(
          new Finding(
              Severity.NOTE,
              "not-planned",
              "not looked at, from here on: " + String.join(", ", ignored.keySet()),
              ignored.values().iterator().next()));
    }
    Guest guest = made(start, new Stated<>(platform, type.origin(), type.isDefault()));
    problems.addAll(GuestRules.broken(guest));
    return problems.isEmpty() ? guest : null;
  }

  private void checkMemory(Stated<Long> start) {
    if (most != null && most.value() < start.value()) {
      problem(most.origin(), "maximum memory is less than memory at start");
    } else if (most != null
        && slots != null
        && slots.value() > 0
        && most.value().equals(start.value())) {
      problem(most.origin(), "slots are of no use, maximum memory is not larger than memory");
    }
    long sum = nodes.stream().mapToLong(NumaNode::kib).sum() << 10;
    if (!nodes.isEmpty() && sum != start.value()) {
      problem(
          nodes.get(0).origin(),
          "the NUMA nodes have %s, the guest has %s"
              .formatted(Bytes.format(sum), Bytes.format(start.value())));
    }
  }

  private Guest made(Stated<Long> start, Stated<PlatformName> platform) {
    Stated<Long> kib = new Stated<>(start.value() >> 10, start.origin(), start.isDefault());
    MemorySlots room = most == null || slots == null ? null : new MemorySlots(most, slots);
    return new Guest(
        name == null ? fileName() : name.value(),
        Guest.Type.HVM,
        new GuestMemory(kib, Stated.byDefault(kib.value(), kib.origin()), silent(0L), room, nodes),
        null,
        RdmWishes.of(silent(Guest.RdmStrategy.IGNORE), silent(RdmPolicy.RELAXED), silent(2048L)),
        silent(true),
        firmware == null
            ? Stated.byDefault("seabios", Origin.builtIn("QEMU", "firmware defaults to seabios"))
            : firmware,
        new GuestPci(
            List.copyOf(devices.values()),
            List.of(),
            List.of(),
            List.copyOf(ports.values()),
            GuestCards.NONE),
        wishes.withVersion(machine),
        List.copyOf(windows.values()),
        platform,
        document,
        findings);
  }

  private static <T> Stated<T> silent(T value) {
    return Stated.byDefault(value, Origin.builtIn("QEMU", "has no such setting"));
  }

  private String fileName() {
    String file = document.document().substring(document.document().lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
