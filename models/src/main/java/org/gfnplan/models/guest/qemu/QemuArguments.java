package org.gfnplan.models.guest.qemu;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of QEMU that shape the layout into a draft, and names the others. */
public final class QemuArguments {
  private static final long MOST = Integer.MAX_VALUE;
  private static final Set<String> READ =
      Set.of(
          "m",
          "machine",
          "M",
          "cpu",
          "object",
          "device",
          "numa",
          "global",
          "fw_cfg",
          "bios",
          "drive",
          "accel",
          "enable-kvm",
          "name");

  /**
   * An argument.
   *
   * @param text what a shell makes of it
   * @param origin its line
   * @param expands whether a shell would put something else in its place
   */
  public record Argument(String text, Origin origin, boolean expands) {}

  private final VmDraft draft;
  private final List<InputProblem> problems;
  private final QemuDevices devices;
  private boolean accelerated;
  private @Nullable QemuOption cpu;

  /** Arguments that go to this draft; {@code accelerated} is whether the vCPU is the host's. */
  public QemuArguments(VmDraft draft, boolean accelerated, List<InputProblem> problems) {
    this.draft = draft;
    this.accelerated = accelerated;
    this.problems = problems;
    this.devices = new QemuDevices(draft);
  }

  /**
   * Reads all arguments.
   *
   * @param whole whether what they leave out has QEMU's default
   * @return whether any of them is an option that is looked at
   */
  public boolean read(List<Argument> arguments, boolean whole) {
    boolean any = false;
    for (int i = 0; i < arguments.size(); i++) {
      Argument option = arguments.get(i);
      if (!option.text().startsWith("-") || option.text().length() < 2) {
        continue;
      }
      String name = option.text().replaceFirst("^--?", "");
      boolean takesNext = i + 1 < arguments.size() && !arguments.get(i + 1).text().startsWith("-");
      if (!READ.contains(name)) {
        draft.ignore("-" + name, option.origin());
      } else if (name.equals("enable-kvm")) {
        accelerated = true;
      } else if (!takesNext) {
        draft.problem(option.origin(), "`-" + name + "` needs a value");
      } else if (arguments.get(i + 1).expands()) {
        draft.problem(
            arguments.get(i + 1).origin(),
            "what a shell makes of `%s` is not known".formatted(arguments.get(i + 1).text()));
      } else {
        one(name, arguments.get(i + 1));
      }
      any |= READ.contains(name);
      i += takesNext && !name.equals("enable-kvm") ? 1 : 0;
    }
    devices.finish();
    if (whole || cpu != null) {
      processor();
    }
    return any;
  }

  private void one(String name, Argument value) {
    switch (name) {
      case "m" -> with(value, "size", this::memory);
      case "machine", "M" -> with(value, "type", this::machine);
      case "cpu" -> with(value, "model", option -> cpu = option);
      case "object" -> with(value, "qom-type", devices::object);
      case "device" -> with(value, "driver", devices::device);
      case "numa" -> with(value, "type", devices::device);
      case "global" -> global(value);
      case "fw_cfg" -> with(value, "name", this::firmwareFile);
      case "bios" -> bios(value);
      case "drive" -> with(value, "", this::drive);
      case "accel" -> with(value, "accel", option -> accelerator(option.get("accel", ""), option));
      default ->
          with(value, "guest", option -> draft.name(option.get("guest", ""), option.origin()));
    }
  }

  private void with(Argument value, String implied, Consumer<QemuOption> reader) {
    QemuOption option = QemuOption.parse(value.text(), implied, value.origin(), problems);
    if (option != null) {
      reader.accept(option);
    }
  }

  private void memory(QemuOption option) {
    Long size = size(option, "size", 'm');
    if (size != null && size != 0) {
      draft.memory(size, option.origin());
    }
    Long most = size(option, "maxmem", 'b');
    Long slots = size(option, "slots", 'b');
    if (most == null && slots != null && slots > 0) {
      draft.problem(option.origin(), "`slots` needs `maxmem`");
    }
    if (most != null) {
      int count = slots == null ? 0 : (int) Math.min(slots, MOST);
      draft.maximum(most, count, option.origin());
    }
  }

  private void machine(QemuOption option) {
    String type = option.get("type");
    if (type != null) {
      draft.machine(type, option.origin());
    }
    Long limit = size(option, "max-ram-below-4g", 'b');
    if (limit != null) {
      draft.maxRamBelow4g(limit, option.origin());
    }
    if (option.get("pflash0") != null) {
      draft.firmware("ovmf", option.origin());
    }
    if (option.get("accel") != null) {
      accelerator(option.get("accel", ""), option);
    }
  }

  private void accelerator(String name, QemuOption option) {
    if (name.equals("xen")) {
      draft.problem(option.origin(), "under Xen the toolstack lays out the guest, read its xl.cfg");
    }
    accelerated = !name.equals("tcg");
  }

  private void processor() {
    String model = cpu == null ? "qemu64" : cpu.get("model", "");
    Origin origin =
        cpu == null ? Origin.builtIn("target/i386/cpu.c", "-cpu defaults to qemu64") : cpu.origin();
    String id = cpu == null ? null : cpu.get("vendor");
    CpuVendor vendor =
        id != null ? CpuModels.vendorOfId(id) : accelerated ? null : CpuModels.vendor(model);
    if (vendor != null) {
      draft.vendor(vendor, origin);
    }
    boolean asksHost =
        cpu != null && List.of("on", "true", "yes").contains(cpu.get("host-phys-bits", ""));
    Long bits = cpu == null ? null : size(cpu, "phys-bits", 'b');
    if (bits != null && bits != 0) {
      draft.physicalBits(bits, origin);
    } else if (!asksHost && CpuModels.hasDefaultBits(model)) {
      draft.defaultBits();
    }
  }

  private void global(Argument value) {
    String text = value.text();
    int dot = text.indexOf('.');
    int equals = text.indexOf('=');
    if (dot >= 0 && equals > dot) {
      property(text.substring(dot + 1, equals), text.substring(equals + 1), value.origin());
    } else {
      with(
          value,
          "driver",
          option -> property(option.get("property", ""), option.get("value", ""), value.origin()));
    }
  }

  private void property(String key, String text, Origin origin) {
    if (!key.equals("pci-hole64-size") && !key.equals("max-ram-below-4g")) {
      draft.ignore("-global " + key, origin);
      return;
    }
    Long bytes = QemuSizes.parse(text, 'b');
    if (bytes == null) {
      draft.problem(origin, "`%s` must be a size, this is `%s`".formatted(key, text));
    } else if (key.equals("pci-hole64-size")) {
      draft.pciHole64(bytes, origin);
    } else {
      draft.maxRamBelow4g(bytes, origin);
    }
  }

  private void firmwareFile(QemuOption option) {
    String file = option.get("name", "");
    if (!file.equals("opt/ovmf/X-PciMmio64Mb")) {
      draft.ignore("-fw_cfg " + file, option.origin());
      return;
    }
    String mebibytes = option.get("string", "");
    Long bytes = mebibytes.matches("[0-9]{1,9}") ? QemuSizes.parse(mebibytes, 'm') : null;
    if (bytes == null) {
      draft.problem(
          option.origin(), "`string` must be a number of MiB, this is `" + mebibytes + "`");
    } else {
      draft.firmwareWindow64(bytes, option.origin());
    }
  }

  private void bios(Argument value) {
    String path = value.text().toLowerCase(Locale.ROOT);
    if (path.contains("ovmf") || path.contains("edk2")) {
      draft.firmware("ovmf", value.origin());
    } else if (path.endsWith("bios.bin") || path.endsWith("bios-256k.bin")) {
      draft.firmware("seabios", value.origin());
    } else {
      draft.ignore("-bios " + value.text(), value.origin());
    }
  }

  private void drive(QemuOption option) {
    if (option.get("if", "").equals("pflash")) {
      draft.firmware("ovmf", option.origin());
    } else {
      draft.ignore("-drive", option.origin());
    }
  }

  private @Nullable Long size(QemuOption option, String key, char usual) {
    String text = option.get(key);
    Long size = text == null ? null : QemuSizes.parse(text, usual);
    if (text != null && size == null) {
      draft.problem(option.origin(), "`%s` must be a size, this is `%s`".formatted(key, text));
    }
    return size;
  }
}
