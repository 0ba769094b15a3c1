package org.gfnplan.models.guest.libvirt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.qemu.CpuModels;
import org.gfnplan.models.guest.qemu.QemuArguments;
import org.gfnplan.models.guest.qemu.VmDraft;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads a guest from libvirt's domain XML, as its QEMU driver would start it. */
public final class DomainReader {
  private static final Set<String> READ =
      Set.of(
          "name",
          "memory",
          "currentMemory",
          "maxMemory",
          "os",
          "cpu",
          "devices",
          "launchSecurity",
          "qemu:commandline");
  private static final long MIB = 1 << 20;

  private final XmlElement domain;
  private final VmDraft draft;
  private final List<InputProblem> problems;

  private DomainReader(XmlElement domain, VmDraft draft, List<InputProblem> problems) {
    this.domain = domain;
    this.draft = draft;
    this.problems = problems;
  }

  /** The guest; null with a problem. */
  public static @Nullable Guest read(SourceText source, List<InputProblem> problems) {
    XmlElement root = XmlReader.read(source, problems);
    if (root == null) {
      return null;
    }
    if (!root.name().equals("domain")) {
      problems.add(
          new InputProblem(
              root.origin(), "the root element must be `domain`, this is `" + root.name() + "`"));
      return null;
    }
    VmDraft draft = new VmDraft(source.whole(), problems);
    return new DomainReader(root, draft, problems).guest();
  }

  private @Nullable Guest guest() {
    String type = domain.get("type");
    if (!Set.of("kvm", "qemu", "hvf").contains(type)) {
      draft.problem(
          domain.origin(),
          type.equals("xen")
              ? "a domain of type `xen` cannot be read yet, its xl.cfg can:"
                  + " virsh domxml-to-native xen-xl"
              : "the type of a domain must be `kvm` or `qemu`, this is `" + type + "`");
    }
    boolean accelerated = !type.equals("qemu");
    for (XmlElement child : domain.children()) {
      if (!READ.contains(child.name())) {
        draft.ignore(child.name(), child.origin());
      }
    }
    XmlElement name = domain.child("name");
    if (name != null) {
      draft.name(name.words(), name.origin());
    }
    system();
    processor(accelerated);
    DomainDevices devices = new DomainDevices(draft);
    XmlElement listed = domain.child("devices");
    if (listed != null) {
      devices.read(listed);
    }
    memory(devices.memoryBytes());
    security();
    commandLine(accelerated);
    return draft.guest("pc", null);
  }

  private void system() {
    XmlElement os = domain.child("os");
    XmlElement type = os == null ? null : os.child("type");
    if (os == null || type == null) {
      draft.problem(domain.origin(), "`os` with its `type` is missing");
      return;
    }
    if (!type.words().equals("hvm")) {
      draft.problem(
          type.origin(), "the type of `os` must be `hvm`, this is `" + type.words() + "`");
    }
    String arch = type.get("arch");
    if (!Set.of("", "x86_64", "i686").contains(arch)) {
      draft.problem(type.origin(), "`" + arch + "` is not x86");
    }
    if (!type.get("machine").isEmpty()) {
      draft.machine(type.get("machine"), type.origin());
    }
    XmlElement loader = os.child("loader");
    String path = loader == null ? "" : loader.words().toLowerCase(Locale.ROOT);
    if (os.get("firmware").equals("efi")) {
      draft.firmware("ovmf", os.origin());
    } else if (loader != null
        && (loader.get("type").equals("pflash")
            || path.contains("ovmf")
            || path.contains("edk2"))) {
      draft.firmware("ovmf", loader.origin());
    } else if (loader != null && !path.contains("bios")) {
      draft.ignore("loader", loader.origin());
    }
  }

  private void processor(boolean accelerated) {
    XmlElement cpu = domain.child("cpu");
    XmlElement named = cpu == null ? null : cpu.child("model");
    XmlElement vendor = cpu == null ? null : cpu.child("vendor");
    XmlElement width = cpu == null ? null : cpu.child("maxphysaddr");
    String model = named == null ? "qemu64" : named.words();
    CpuVendor stated =
        vendor != null
            ? CpuModels.vendorOfId(vendor.words())
            : accelerated ? null : CpuModels.vendor(model);
    if (stated != null) {
      draft.vendor(stated, vendor != null ? vendor.origin() : domain.origin());
    }
    boolean ofTheHost =
        cpu != null
            && Set.of("host-passthrough", "host-model", "maximum").contains(cpu.get("mode"));
    boolean passed = width != null && width.get("mode").equals("passthrough");
    if (width != null && width.attributes().containsKey("bits")) {
      Long bits = DomainUnits.bytes(width.get("bits"), "b");
      if (bits == null) {
        draft.problem(
            width.origin(), "`bits` must be a number, this is `" + width.get("bits") + "`");
      } else {
        draft.physicalBits(bits, width.origin());
      }
    } else if (!ofTheHost && !passed && CpuModels.hasDefaultBits(model)) {
      draft.defaultBits();
    }
  }

  /* libvirt counts memory devices as memory, and starts QEMU with whole MiB of the rest. */
  private void memory(long plugged) {
    XmlElement memory = domain.child("memory");
    XmlElement numa = domain.at("cpu", "numa");
    Long all = memory == null ? null : size(memory);
    long sum = 0;
    List<XmlElement> cells = numa == null ? List.of() : numa.all("cell");
    Map<String, Origin> seen = new HashMap<>();
    for (XmlElement cell : cells) {
      Origin earlier = seen.putIfAbsent(cell.get("id"), cell.origin());
      Long bytes = DomainUnits.bytes(cell.get("memory"), cell.get("unit"));
      if (bytes == null || bytes > VmDraft.MOST_BYTES) {
        draft.problem(cell.origin(), "`memory` of a cell must be a size of at most 16 TiB");
      } else if (earlier != null && !cell.get("id").isEmpty()) {
        draft.problem(cell.origin(), "the cell is given twice, first in " + earlier.shortForm());
      } else {
        sum += wholeMib(bytes);
        draft.node(wholeMib(bytes), cell.origin());
      }
    }
    if (!cells.isEmpty()) {
      draft.memory(sum, cells.get(0).origin());
    } else if (memory == null) {
      draft.problem(domain.origin(), "`memory` is missing");
    } else if (all != null && all <= plugged) {
      draft.problem(memory.origin(), "memory devices leave nothing of `memory`");
    } else if (all != null) {
      draft.memory(wholeMib(all - plugged), memory.origin());
    }
    XmlElement most = domain.child("maxMemory");
    Long bytes = most == null ? null : size(most);
    if (most != null && bytes != null) {
      Long slots = DomainUnits.bytes(most.get("slots"), "b");
      draft.maximum(
          wholeMib(bytes), slots == null ? -1 : (int) Math.min(slots, 1 << 20), most.origin());
    }
  }

  private static long wholeMib(long bytes) {
    return (bytes + MIB - 1) / MIB * MIB;
  }

  private @Nullable Long size(XmlElement element) {
    Long bytes = DomainUnits.bytes(element.words(), element.get("unit"));
    if (bytes == null || bytes > VmDraft.MOST_BYTES) {
      draft.problem(
          element.origin(),
          "`%s` must be a size of at most 16 TiB, this is `%s` %s"
              .formatted(element.name(), element.words(), element.get("unit"))
              .strip());
      return null;
    }
    return bytes;
  }

  private void security() {
    XmlElement security = domain.child("launchSecurity");
    XmlElement bit = security == null ? null : security.child("cbitpos");
    Long position = bit == null ? null : DomainUnits.bytes(bit.words(), "b");
    if (bit != null && position == null) {
      draft.problem(bit.origin(), "`cbitpos` must be a number, this is `" + bit.words() + "`");
    } else if (bit != null && position != null) {
      draft.privateBit(position, bit.origin());
    } else if (security != null) {
      draft.ignore("launchSecurity", security.origin());
    }
  }

  private void commandLine(boolean accelerated) {
    List<QemuArguments.Argument> arguments = new ArrayList<>();
    for (XmlElement list : domain.all("qemu:commandline")) {
      for (XmlElement argument : list.all("qemu:arg")) {
        arguments.add(new QemuArguments.Argument(argument.get("value"), argument.origin(), false));
      }
    }
    new QemuArguments(draft, accelerated, problems).read(arguments, false);
  }
}
