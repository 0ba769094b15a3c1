package org.gfnplan.models.guest.document;

import static org.gfnplan.models.guest.PlatformName.IDEAL;
import static org.gfnplan.models.guest.PlatformName.QEMU_MICROVM;
import static org.gfnplan.models.guest.PlatformName.QEMU_PC;
import static org.gfnplan.models.guest.PlatformName.QEMU_Q35;
import static org.gfnplan.models.guest.PlatformName.XEN_HVM;
import static org.gfnplan.models.guest.PlatformName.XEN_PVH;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** The platform of a document, and what it allows a document to say. */
final class Scope {
  static final long KIB = 1 << 10;
  static final long MIB = 1 << 20;
  static final long PAGE = 4 * KIB;

  /** More than any guest has; sums of a few hundred still fit a {@code long}. */
  static final long MOST_BYTES = 16L << 40;

  private static final Set<PlatformName> WITH_PCI = Set.of(XEN_HVM, QEMU_PC, QEMU_Q35, IDEAL);

  /* Keys that are not here go with every platform. */
  private static final Map<String, Set<PlatformName>> ONLY =
      Map.ofEntries(
          Map.entry("max_memory", Set.of(XEN_HVM, XEN_PVH, QEMU_PC, QEMU_Q35, IDEAL)),
          Map.entry("slots", Set.of(QEMU_PC, QEMU_Q35, IDEAL)),
          Map.entry("video_memory", Set.of(XEN_HVM, XEN_PVH, IDEAL)),
          Map.entry("vnuma", Set.of(XEN_HVM, XEN_PVH, QEMU_PC, QEMU_Q35, IDEAL)),
          Map.entry("mmio_hole", Set.of(XEN_HVM)),
          Map.entry("boundary", Set.of(XEN_HVM, XEN_PVH)),
          Map.entry("hap", Set.of(XEN_HVM, XEN_PVH)),
          Map.entry("firmware", Set.of(XEN_HVM, QEMU_PC, QEMU_Q35)),
          Map.entry("machine", Set.of(QEMU_PC, QEMU_Q35, QEMU_MICROVM)),
          Map.entry("max_ram_below_4g", Set.of(XEN_HVM, QEMU_PC, QEMU_Q35)),
          Map.entry("pci_hole64", Set.of(QEMU_PC, QEMU_Q35)),
          Map.entry("ovmf_window64", Set.of(QEMU_PC, QEMU_Q35)),
          Map.entry("private_bit", Set.of(QEMU_PC, QEMU_Q35, QEMU_MICROVM, IDEAL)),
          Map.entry("devices", WITH_PCI),
          Map.entry("pool", WITH_PCI),
          Map.entry("passthrough", Set.of(XEN_HVM)),
          Map.entry("video", Set.of(XEN_HVM)),
          Map.entry("networks", Set.of(XEN_HVM)),
          Map.entry("emulated", WITH_PCI),
          Map.entry("ports", Set.of(QEMU_Q35, IDEAL)),
          Map.entry("pmem", WITH_PCI));

  private final @Nullable PlatformName platform;

  /** A platform that is null is one that could not be read; then nothing is refused for it. */
  Scope(@Nullable Stated<PlatformName> platform) {
    this.platform = platform == null ? null : platform.value();
  }

  boolean isXen() {
    return platform != null && platform.isXen();
  }

  boolean is(PlatformName name) {
    return platform == name;
  }

  /** Adds a problem for each of the keys that the document has and the platform does not take. */
  void check(Fields fields, String... keys) {
    for (String key : keys) {
      Set<PlatformName> platforms = ONLY.getOrDefault(key, Set.of(PlatformName.values()));
      if (platform != null && !platforms.contains(platform) && says(fields, key)) {
        String words =
            Arrays.stream(PlatformName.values())
                .filter(platforms::contains)
                .map(name -> "`" + name.word() + "`")
                .collect(Collectors.joining(", "));
        fields.problemAt(
            key, "`%s` goes with %s, not with `%s`".formatted(key, words, platform.word()));
      }
    }
  }

  /** A list without items says nothing. */
  private static boolean says(Fields fields, String key) {
    return !(fields.get(key) instanceof Node.Sequence list ? list.items() : List.of(key)).isEmpty()
        && fields.has(key);
  }

  /** What sizes of RAM are a multiple of: xl takes MiB, QEMU rounds to 8 KiB (machine.c). */
  long memoryStep() {
    return isXen() ? MIB : platform != null && platform.isQemu() ? 8 * KIB : PAGE;
  }

  /** A size of RAM in bytes. */
  @Nullable Stated<Long> memory(Fields fields, String key, long least) {
    return multiple(fields, key, memoryStep(), least, MOST_BYTES);
  }

  /** A size or address that must be a multiple of {@code step}. */
  static @Nullable Stated<Long> multiple(
      Fields fields, String key, long step, long least, long most) {
    Stated<Long> bytes = fields.bytes(key, least, most);
    if (bytes != null && bytes.value() % step != 0) {
      fields.problemAt(
          key,
          "`%s` must be a %s, this is %s"
              .formatted(
                  key,
                  step == MIB ? "whole number of MiB" : "multiple of " + Bytes.format(step),
                  Bytes.format(bytes.value())));
      return null;
    }
    return bytes;
  }

  /** The default of a platform, with the file that it is written in. */
  <T> Stated<T> silent(T value, String text) {
    String source = isXen() ? "libxl_create.c" : is(IDEAL) ? "guest document" : "QEMU";
    return Stated.byDefault(value, Origin.builtIn(source, text));
  }
}
