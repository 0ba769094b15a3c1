package org.gfnplan.models.guest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads gfnplan's own guest document, {@code gfnplan: guest/1}. Its shape is in {@code
 * guest-1.schema.json}; what a schema cannot say is checked here.
 *
 * <p>What is left out has the value that xl would give it.
 */
final class GuestDocument {
  private static final String VERSION = "guest/1";
  private static final long MIB = 1 << 20;
  private static final long MOST_BYTES = 16L << 40;
  private static final long LEAST_HOLE = MmioHole.LEAST_MIB * MIB;
  private static final long MOST_HOLE = MmioHole.LARGEST_MIB * MIB;
  private static final int LEAST_BITS = 32;
  private static final int MOST_BITS = 52;
  private static final Map<String, RdmPolicy> POLICIES =
      Map.of("strict", RdmPolicy.STRICT, "relaxed", RdmPolicy.RELAXED);
  private static final Map<String, Guest.RdmStrategy> STRATEGIES =
      Map.of("ignore", Guest.RdmStrategy.IGNORE, "host", Guest.RdmStrategy.HOST);

  private final Fields fields;
  private final Origin document;
  private final List<InputProblem> problems;

  GuestDocument(Node.Mapping map, Origin document, List<InputProblem> problems) {
    this.fields = new Fields(map, problems);
    this.document = document;
    this.problems = problems;
  }

  /** The guest, or null with a problem. */
  @Nullable Guest guest() {
    Stated<String> version = fields.text("gfnplan");
    if (version == null || !version.value().equals(VERSION)) {
      if (version != null) {
        fields.problemAt(
            "gfnplan",
            "a guest document has `gfnplan: " + VERSION + "`, this is `" + version.value() + "`");
      }
      return null;
    }
    fields.require("name", "platform", "memory");
    Stated<String> name = fields.text("name");
    Stated<PlatformName> platform = platform();
    Guest.Type type =
        platform == null
            ? null
            : platform.value() == PlatformName.XEN_PVH ? Guest.Type.PVH : Guest.Type.HVM;
    Stated<Long> memory = mebibytes("memory", MIB, MOST_BYTES);
    Stated<Long> maximum = maximum(memory);
    Stated<Long> video = video(type);
    Stated<Long> hole = mebibytes("mmio_hole", LEAST_HOLE, MOST_HOLE);
    Fields rdm = fields.fields("rdm");
    Stated<Guest.RdmStrategy> strategy = rdm == null ? null : rdm.word("strategy", STRATEGIES);
    Stated<RdmPolicy> policy = rdm == null ? null : rdm.word("policy", POLICIES);
    Stated<Long> boundary = boundary(rdm);
    Stated<Boolean> hap = fields.flag("hap");
    Stated<Long> bits = fields.wholeNumber("physical_bits", LEAST_BITS, MOST_BITS);
    Stated<String> firmware = firmware(type);
    List<PciAssignment> devices = devices();
    fields.reportUnknown();
    checkTogether(type, memory, maximum, video, !devices.isEmpty());
    if (name == null
        || platform == null
        || type == null
        || memory == null
        || maximum == null
        || video == null
        || !problems.isEmpty()) {
      return null;
    }
    return new Guest(
        name.value(),
        type,
        GuestMemory.of(kib(memory), kib(maximum), kib(video)),
        hole == null ? null : Stated.by((int) (hole.value() / MIB), hole.origin()),
        RdmWishes.of(
            strategy == null
                ? silent(Guest.RdmStrategy.IGNORE, "rdm strategy defaults to ignore")
                : strategy,
            policy == null ? silent(RdmPolicy.RELAXED, "rdm policy defaults to relaxed") : policy,
            boundary),
        hap == null ? silent(true, "hap is on when the host has it") : hap,
        firmware,
        GuestPci.of(devices),
        MachineWishes.withBits(
            bits == null ? null : Stated.by(bits.value().intValue(), bits.origin())),
        List.of(),
        platform,
        document,
        List.of());
  }

  private @Nullable Stated<PlatformName> platform() {
    Stated<String> text = fields.text("platform");
    if (text == null) {
      return null;
    }
    PlatformName name = PlatformName.of(text.value());
    if (name != null && name.isXen()) {
      return Stated.by(name, text.origin());
    }
    fields.problemAt(
        "platform",
        name != null
            ? "the platform `" + text.value() + "` is not supported yet"
            : "`platform` must be `xen-hvm` or `xen-pvh`, this is `" + text.value() + "`");
    return null;
  }

  private @Nullable Stated<Long> maximum(@Nullable Stated<Long> memory) {
    if (fields.has("max_memory")) {
      return mebibytes("max_memory", MIB, MOST_BYTES);
    }
    return memory == null
        ? null
        : Stated.byDefault(memory.value(), builtIn("max_memory defaults to memory"));
  }

  private @Nullable Stated<Long> video(Guest.@Nullable Type type) {
    if (fields.has("video_memory")) {
      return mebibytes("video_memory", 0, MOST_BYTES);
    }
    return type == Guest.Type.PVH
        ? silent(0L, "PVH has no video memory")
        : silent(8 * MIB, "video memory defaults to 8 MiB for cirrus");
  }

  private Stated<Long> boundary(@Nullable Fields rdm) {
    Stated<Long> bytes = rdm == null ? null : mebibytes(rdm, "boundary", 0, MOST_BYTES);
    if (rdm != null) {
      rdm.reportUnknown();
    }
    return bytes == null
        ? silent(2048L, "rdm_mem_boundary defaults to 2048 MiB")
        : Stated.by(bytes.value() / MIB, bytes.origin());
  }

  private Stated<String> firmware(Guest.@Nullable Type type) {
    Stated<String> firmware = fields.word("firmware", Map.of("seabios", "seabios", "ovmf", "ovmf"));
    if (type == Guest.Type.PVH) {
      if (fields.has("firmware")) {
        fields.problemAt("firmware", "a `xen-pvh` guest starts without firmware");
      }
      return silent("none", "PVH starts without firmware");
    }
    return firmware == null ? silent("seabios", "firmware defaults to seabios") : firmware;
  }

  private List<PciAssignment> devices() {
    List<PciAssignment> devices = new ArrayList<>();
    Map<PciAddress, Origin> seen = new HashMap<>();
    for (Fields device : fields.listOfFields("devices")) {
      Stated<String> text = device.requiredText("address");
      Stated<RdmPolicy> policy = device.word("rdm_policy", POLICIES);
      device.reportUnknown();
      if (text == null) {
        continue;
      }
      PciAddress address = PciAddress.parse(text.value());
      if (address == null) {
        device.problemAt(
            "address", "`" + text.value() + "` is not a device address like `0000:00:02.0`");
        continue;
      }
      Origin earlier = seen.putIfAbsent(address, text.origin());
      if (earlier != null) {
        device.problemAt(
            "address", "device " + address + " is assigned twice, first in " + earlier.shortForm());
      }
      devices.add(
          PciAssignment.of(
              address,
              false,
              policy == null ? null : RdmPolicies.all(policy.value()),
              text.origin()));
    }
    return devices;
  }

  private void checkTogether(
      Guest.@Nullable Type type,
      @Nullable Stated<Long> memory,
      @Nullable Stated<Long> maximum,
      @Nullable Stated<Long> video,
      boolean assigned) {
    if (memory != null && maximum != null && maximum.value() < memory.value()) {
      fields.problemAt("max_memory", "`max_memory` is less than `memory`");
    }
    if (memory != null && maximum != null && assigned && memory.value() < maximum.value()) {
      fields.problemAt(
          "memory",
          "`memory` below `max_memory` means populate on demand, which does not go together with"
              + " devices");
    }
    if (memory != null && video != null && video.value() >= memory.value()) {
      fields.problemAt(
          video.isDefault() ? "memory" : "video_memory",
          "video memory of %s leaves none of the %s of `memory`"
              .formatted(Bytes.format(video.value()), Bytes.format(memory.value())));
    }
    if (type == Guest.Type.PVH && assigned) {
      fields.problemAt("devices", "a `xen-pvh` guest cannot have devices yet");
    }
    if (type == Guest.Type.PVH && fields.has("mmio_hole")) {
      fields.problemAt("mmio_hole", "the hole of a `xen-pvh` guest is fixed");
    }
  }

  private @Nullable Stated<Long> mebibytes(String key, long least, long most) {
    return mebibytes(fields, key, least, most);
  }

  /* Xen's tools take these in MiB. */
  private static @Nullable Stated<Long> mebibytes(Fields from, String key, long least, long most) {
    Stated<Long> bytes = from.bytes(key, least, most);
    if (bytes != null && bytes.value() % MIB != 0) {
      from.problemAt(
          key,
          "`%s` must be a whole number of MiB, this is %s"
              .formatted(key, Bytes.format(bytes.value())));
      return null;
    }
    return bytes;
  }

  private static Stated<Long> kib(Stated<Long> bytes) {
    return new Stated<>(bytes.value() >> 10, bytes.origin(), bytes.isDefault());
  }

  private static <T> Stated<T> silent(T value, String text) {
    return Stated.byDefault(value, builtIn(text));
  }

  private static Origin builtIn(String text) {
    return Origin.builtIn("libxl_create.c", text);
  }
}
