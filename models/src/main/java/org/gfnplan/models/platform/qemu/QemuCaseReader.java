package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.platform.qemu.QemuDevice.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the configuration of a QEMU case; anything it does not know is refused, not skipped. */
final class QemuCaseReader {
  private static final Set<String> KEYS =
      Set.of(
          "machine",
          "ram",
          "max_ram_below_4g",
          "maxmem",
          "slots",
          "cpu",
          "hole64_size",
          "no_nvdimm_flag",
          "dimms",
          "nvdimms",
          "extra_args");
  private static final Set<String> DEVICE_KEYS =
      Set.of("id", "size", "label_size", "backend", "align", "addr", "slot");

  private final ObjectNode given;
  private final QemuVersion qemu;

  QemuCaseReader(ObjectNode given, QemuVersion qemu) {
    this.given = given;
    this.qemu = qemu;
  }

  /**
   * What the case asks of QEMU: DIMMs come first on the command line, then NVDIMMs, then the rest.
   *
   * @throws IllegalArgumentException when a value is missing, unknown or out of range
   */
  QemuConfig config() {
    requireKnown(given, KEYS);
    String name = text(given, "machine", "");
    QemuMachine machine =
        QemuMachine.named(name, qemu)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "machine is not known to QEMU %s: machine=%s"
                            .formatted(qemu.word(), name)));
    List<QemuDevice> devices = new ArrayList<>(devices("dimms", "dimm", Kind.DIMM));
    List<QemuDevice> persistent = devices("nvdimms", "nv", Kind.NVDIMM);
    devices.addAll(persistent);
    ExtraArguments extra = ExtraArguments.of(given.path("extra_args"));
    devices.addAll(extra.devices());
    requireDistinct(devices);
    QemuConfig plain = QemuConfig.of(machine, number(given, "ram", 0, QemuConfig.MOST_BYTES));
    JsonNode flagless = given.path("no_nvdimm_flag");
    if (!flagless.isMissingNode() && !flagless.isBoolean()) {
      throw new IllegalArgumentException("no_nvdimm_flag must be true or false");
    }
    boolean hasCpu = given.has("cpu");
    if (hasCpu && machine.board() == QemuMachine.Board.XEN) {
      throw new IllegalArgumentException("cpu is not predicted under Xen");
    }
    return new QemuConfig(
        machine,
        hasCpu ? QemuCpu.of(text(given, "cpu", "")) : plain.cpu(),
        plain.ram(),
        number(given, "max_ram_below_4g", 0, QemuConfig.MOST_BYTES),
        number(given, "maxmem", 0, QemuConfig.MOST_BYTES),
        (int) number(given, "slots", 0, Integer.MAX_VALUE),
        number(given, "hole64_size", QemuConfig.UNASKED, QemuConfig.MOST_BYTES),
        !persistent.isEmpty() && !flagless.asBoolean(false),
        devices,
        extra.cards());
  }

  private List<QemuDevice> devices(String key, String prefix, Kind kind) {
    JsonNode list = given.path(key);
    if (!list.isMissingNode() && !list.isArray()) {
      throw new IllegalArgumentException(key + " must be a list");
    }
    List<QemuDevice> found = new ArrayList<>();
    for (JsonNode entry : list) {
      if (!(entry instanceof ObjectNode device)) {
        throw new IllegalArgumentException(key + " must hold objects");
      }
      found.add(device(device, prefix + found.size(), kind));
    }
    return found;
  }

  private static QemuDevice device(ObjectNode given, String unnamed, Kind kind) {
    requireKnown(given, DEVICE_KEYS);
    String id = text(given, "id", unnamed);
    if (!id.matches("[A-Za-z][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "id must be a letter, then letters, digits, `-`, `.` or `_`: id=" + id);
    }
    String backend = text(given, "backend", "ram");
    if (!Set.of("ram", "file").contains(backend)) {
      throw new IllegalArgumentException("backend must be `ram` or `file`: backend=" + backend);
    }
    long label = number(given, "label_size", 0, QemuConfig.MOST_BYTES);
    if (label != 0 && kind != Kind.NVDIMM) {
      throw new IllegalArgumentException("label_size is for nvdimms: id=" + id);
    }
    boolean file = backend.equals("file");
    return new QemuDevice(
        kind,
        id,
        "m-" + id,
        number(given, "size", 0, QemuConfig.MOST_BYTES),
        file,
        file ? number(given, "align", 0, QemuConfig.MOST_BYTES) : 0,
        label,
        number(given, "addr", 0, QemuConfig.MOST_BYTES),
        (int) number(given, "slot", QemuDevice.ANY_SLOT, Integer.MAX_VALUE));
  }

  private static void requireDistinct(List<QemuDevice> devices) {
    Set<String> ids = new HashSet<>();
    for (QemuDevice device : devices) {
      if (!ids.add(device.id())) {
        throw new IllegalArgumentException("id must be given once: id=" + device.id());
      }
    }
  }

  private static void requireKnown(ObjectNode node, Set<String> keys) {
    for (String key : node.propertyNames()) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException("key is not known: key=" + key);
      }
    }
  }

  private static String text(ObjectNode node, String key, String unset) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return unset;
    }
    if (!value.isString()) {
      throw new IllegalArgumentException(key + " must be text");
    }
    return value.stringValue();
  }

  private static long number(ObjectNode node, String key, long unset, long most) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return unset;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 0
        || value.asLong() > most) {
      throw new IllegalArgumentException("%s must be a whole number in 0..%d".formatted(key, most));
    }
    return value.asLong();
  }

  /** The further arguments that matter to memory: cards, and persistent memory on PCI. */
  private record ExtraArguments(List<QemuDevice> devices, List<QemuCard> cards) {
    private static final long MIB = 1L << 20;

    static ExtraArguments of(JsonNode list) {
      if (!list.isMissingNode() && !list.isArray()) {
        throw new IllegalArgumentException("extra_args must be a list");
      }
      List<QemuDevice> devices = new ArrayList<>();
      List<QemuCard> cards = new ArrayList<>();
      Map<String, Long> backends = new HashMap<>();
      for (int i = 0; i < list.size(); i += 2) {
        String option = list.path(i).asString("");
        String value = list.path(i + 1).asString("");
        String[] words = value.split(",", -1);
        Map<String, String> set = settings(words);
        switch (option + " " + words[0]) {
          case "-object memory-backend-ram" ->
              backends.put(set.getOrDefault("id", ""), size(set.getOrDefault("size", "")));
          case "-device virtio-pmem-pci" -> devices.add(pmem(set, backends));
          case "-device VGA" -> cards.add(QemuCard.vga(videoBytes(set, "16")));
          case "-device cirrus-vga" -> cards.add(QemuCard.cirrus(videoBytes(set, "4")));
          case "-device rtl8139", "-device e1000" ->
              cards.add(QemuCard.network(set.getOrDefault("id", words[0])));
          default ->
              throw new IllegalArgumentException(
                  "argument is not known: argument=%s %s".formatted(option, value));
        }
      }
      return new ExtraArguments(devices, cards);
    }

    private static QemuDevice pmem(Map<String, String> set, Map<String, Long> backends) {
      String memdev = set.getOrDefault("memdev", "");
      Long size = backends.get(memdev);
      String id = set.getOrDefault("id", "");
      if (size == null || id.isEmpty()) {
        throw new IllegalArgumentException("virtio-pmem-pci must have an id and a known memdev");
      }
      return new QemuDevice(
          Kind.VIRTIO_PMEM, id, memdev, size, false, 0, 0, 0, QemuDevice.ANY_SLOT);
    }

    private static Map<String, String> settings(String[] words) {
      Map<String, String> set = new HashMap<>();
      for (int i = 1; i < words.length; i++) {
        String[] sides = words[i].split("=", 2);
        set.put(sides[0], sides.length == 2 ? sides[1] : "on");
      }
      return set;
    }

    private static long videoBytes(Map<String, String> set, String unset) {
      String text = set.getOrDefault("vgamem_mb", unset);
      long mib = text.matches("\\d{1,3}") ? Long.parseLong(text) : 0;
      if (Long.bitCount(mib) != 1 || mib > 256) {
        throw new IllegalArgumentException(
            "vgamem_mb must be a power of two in 1..256: vgamem_mb=" + text);
      }
      return mib * MIB;
    }

    private static long size(String text) {
      if (!text.matches("\\d{1,12}[KMG]?")) {
        throw new IllegalArgumentException("size must be a number with K, M or G: size=" + text);
      }
      int unit = "KMG".indexOf(text.charAt(text.length() - 1)) + 1;
      long count = Long.parseLong(unit == 0 ? text : text.substring(0, text.length() - 1));
      return Math.min(count, QemuConfig.MOST_BYTES >> (10 * unit)) << (10 * unit);
    }
  }
}
