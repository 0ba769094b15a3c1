package org.gfnplan.models.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.qemu.QemuMachine;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where QEMU says its PCI holes are: what {@code qom-get} answers for the four properties of the
 * host bridge, {@code /machine/i440fx} or {@code /machine/q35}. Memory trees do not show the holes.
 *
 * @param bytes the values that were answered, by property
 */
public record QemuHoles(Map<String, Long> bytes) {
  /*
   * The 64-bit hole moves once firmware has placed 64-bit registers (q35.c, q35_host_get_pci_hole64_
   * start and _end; i440fx.c the same): it starts at the lowest of them, and ends at the highest
   * end, or where it ends by its size from the new start, if that is more. Machine types up to 2.10
   * answer 0 for both ends until then.
   */
  static final String START_32 = "pci-hole-start";
  static final String END_32 = "pci-hole-end";
  static final String START_64 = "pci-hole64-start";
  static final String END_64 = "pci-hole64-end";

  private static final Set<String> PROPERTIES = Set.of(START_32, END_32, START_64, END_64);
  private static final Set<String> NO_REGISTERS = Set.of("ram", "hole", "pmem");
  private static final String WINDOW = "64-bit PCI window";
  private static final long GIB = 1L << 30;

  /** A line of the human monitor, with what it writes to move the cursor, and the answer. */
  private static final Pattern ASKED =
      Pattern.compile(
          "qom-get +\\S+ +(pci-hole(?:64)?-(?:start|end))(?:\\x1b\\[K)?\\s*\\n(\\d{1,20})\\s");

  public QemuHoles {
    bytes = Map.copyOf(bytes);
  }

  /** Whether a text asks a human monitor for a hole. */
  static boolean isAsked(String text) {
    return ASKED.matcher(text).find();
  }

  /** The values in what a human monitor wrote. */
  static QemuHoles asked(String name, String text) throws UnusableInput {
    Map<String, Long> found = new HashMap<>();
    Matcher match = ASKED.matcher(text + "\n");
    while (match.find()) {
      put(found, name, match.group(1), match.group(2));
    }
    return new QemuHoles(found);
  }

  private static void put(Map<String, Long> found, String name, String property, String value)
      throws UnusableInput {
    long bytes = value.length() > 16 ? Long.MAX_VALUE : Long.parseLong(value);
    if (bytes < 0 || bytes > QemuTree.MOST) {
      throw Captured.unusable(name, "`%s` must be in 0..2^52: %s".formatted(property, value));
    }
    found.put(property, bytes);
  }

  /** Takes the values from JSON, one message after the other. */
  static final class Answers {
    private final String name;
    private final Map<String, Long> found = new HashMap<>();
    private @Nullable String pending;

    Answers(String name) {
      this.name = name;
    }

    /**
     * Reads a message: a request that names a property, or an answer that follows one, or whose
     * {@code id} names the property.
     */
    void add(JsonNode message) throws UnusableInput {
      if (message.has("execute")) {
        String asked = message.path("arguments").path("property").asString("");
        boolean known = message.path("execute").asString("").equals("qom-get");
        pending = known && PROPERTIES.contains(asked) ? asked : null;
        return;
      }
      if (!message.has("return") && !message.has("error")) {
        return;
      }
      String id = message.path("id").isString() ? message.path("id").asString() : "";
      String property = PROPERTIES.contains(id) ? id : pending;
      pending = null;
      JsonNode value = message.path("return");
      if (property != null && value.isIntegralNumber()) {
        put(found, name, property, value.asString());
      }
    }

    QemuHoles holes() {
      return new QemuHoles(found);
    }
  }

  /** Whether nothing was answered. */
  boolean isEmpty() {
    return bytes.isEmpty();
  }

  /** What contradicts itself, or RAM. */
  List<String> inconsistencies(@Nullable GfnRange low, @Nullable GfnRange high) {
    List<String> found = new ArrayList<>();
    Long start = bytes.get(START_32);
    if (start != null && low != null && start < Gfn.toBytes(low.end())) {
      found.add(
          "the 32-bit PCI hole starts at %s, in RAM that ends at %s"
              .formatted(Sizes.address(start), Sizes.address(Gfn.toBytes(low.end()))));
    }
    Long start64 = isReported() ? bytes.get(START_64) : null;
    if (start64 != null && high != null && start64 < Gfn.toBytes(high.end())) {
      found.add(
          "the 64-bit PCI hole starts at %s, in RAM that ends at %s"
              .formatted(Sizes.address(start64), Sizes.address(Gfn.toBytes(high.end()))));
    }
    return found;
  }

  /** How they differ from what a plan leads to. */
  List<Difference> differences(PlanDocument plan) {
    List<Difference> found = new ArrayList<>();
    PlatformName platform = PlatformName.of(plan.platform());
    long low = PlannedRam.of(plan).lowEnd();
    if (low != 0
        && (platform == PlatformName.QEMU_PC
            || platform == PlatformName.QEMU_Q35
            || platform == PlatformName.XEN_HVM)) {
      compare(found, "32-bit PCI hole starts", START_32, low);
      compare(found, "32-bit PCI hole ends", END_32, QemuMachine.PCI_HOLE_END);
    }
    GfnRange window = window(plan);
    if (window != null && isReported()) {
      long start = Gfn.toBytes(window.start());
      long end = wholeGib(Gfn.toBytes(window.end()));
      GfnRange placed = registers(plan, window.start());
      if (placed != null && isPlaced(placed)) {
        start = Gfn.toBytes(placed.start());
        end = Math.max(Gfn.toBytes(placed.end()), wholeGib(start + Gfn.toBytes(window.length())));
      }
      compare(found, "64-bit PCI hole starts", START_64, start);
      compare(found, "64-bit PCI hole ends", END_64, end);
    }
    return found;
  }

  /** Whether firmware has placed registers there: the hole does not start where QEMU had it. */
  private boolean isPlaced(GfnRange registers) {
    Long start = bytes.get(START_64);
    return start != null && start == Gfn.toBytes(registers.start());
  }

  private boolean isReported() {
    Long end = bytes.get(END_64);
    return end == null || end != 0;
  }

  private void compare(List<Difference> found, String what, String property, long planned) {
    Long captured = bytes.get(property);
    if (captured != null && captured != planned) {
      found.add(
          new Difference(
              "%s elsewhere, by %s".formatted(what, Sizes.size(Math.abs(planned - captured))),
              Sizes.address(planned),
              Sizes.address(captured)));
    }
  }

  private static @Nullable GfnRange window(PlanDocument plan) {
    for (MapEntry entry : plan.map()) {
      if (entry.name().equals(WINDOW)) {
        return entry.range();
      }
    }
    return null;
  }

  /** From the first register that is planned behind an address to the last, or null. */
  private static @Nullable GfnRange registers(PlanDocument plan, long from) {
    GfnRange found = null;
    for (MapEntry entry : plan.map()) {
      GfnRange range = entry.range();
      if (!NO_REGISTERS.contains(entry.kind()) && range.start() >= from) {
        found =
            found == null
                ? range
                : new GfnRange(
                    Math.min(found.start(), range.start()), Math.max(found.end(), range.end()));
      }
    }
    return found;
  }

  private static long wholeGib(long bytes) {
    return (bytes + GIB - 1) / GIB * GIB;
  }
}
