package org.gfnplan.models.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where QEMU has memory: {@code info mtree}, or answers over QMP to that and to {@code
 * query-memory-devices}; and its PCI holes, where it was asked for them.
 *
 * @param document the file
 * @param low RAM below 4 GiB, or null when the file does not say
 * @param high RAM above, or null when there is none
 * @param devices memory devices by name, or null when the file does not say
 * @param holes the PCI holes, as far as the file says
 */
public record QemuTree(
    String document,
    @Nullable GfnRange low,
    @Nullable GfnRange high,
    @Nullable Map<String, GfnRange> devices,
    QemuHoles holes)
    implements Captured {
  /** A line of {@code mtree_print_mr} (QEMU softmmu/memory.c); the last byte is inclusive. */
  private static final Pattern REGION =
      Pattern.compile(
          "(?m)^ *([0-9a-f]{16})-([0-9a-f]{16}) \\(prio -?\\d+, [^)]*\\): (?:alias )?(\\S+)");

  private static final Pattern ANSWER =
      Pattern.compile("\\s*\\{\\s*\"(QMP|return|timestamp|id|execute)\"");

  private static final List<String> LOW = List.of("ram-below-4g", "xen.ram.lo");
  private static final List<String> HIGH = List.of("ram-above-4g", "xen.ram.hi");
  static final long MOST = 1L << 52;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public QemuTree {
    devices = devices == null ? null : Map.copyOf(devices);
  }

  /** Whether a text has a region of a memory tree, or starts as an answer over QMP. */
  static boolean isOne(String text) {
    return REGION.matcher(text).find()
        || ANSWER.matcher(text).lookingAt()
        || QemuHoles.isAsked(text);
  }

  /**
   * The tree of a text, or of answers in JSON one after the other.
   *
   * @throws UnusableInput when it says nothing about memory
   */
  static QemuTree read(String name, String text) throws UnusableInput {
    StringBuilder tree = new StringBuilder();
    Map<String, GfnRange> devices = null;
    QemuHoles holes;
    if (text.stripLeading().startsWith("{")) {
      try (MappingIterator<JsonNode> answers = JSON.readerFor(JsonNode.class).readValues(text)) {
        QemuHoles.Answers asked = new QemuHoles.Answers(name);
        while (answers.hasNextValue()) {
          JsonNode message = answers.nextValue();
          asked.add(message);
          JsonNode answer = message.path("return");
          if (answer.isString()) {
            tree.append(answer.stringValue()).append('\n');
          } else if (answer.isArray()
              && (devices == null || !answer.isEmpty())
              && isMemoryDevices(answer)) {
            devices = devices(name, answer);
          }
        }
        holes = asked.holes();
      } catch (JacksonException e) {
        throw Captured.unusable(name, "not JSON: " + e.getOriginalMessage());
      }
    } else {
      tree.append(text);
      holes = QemuHoles.asked(name, text);
    }
    QemuTree found =
        new QemuTree(name, region(name, tree, LOW), region(name, tree, HIGH), devices, holes);
    if (found.low == null && devices == null && holes.isEmpty()) {
      throw Captured.unusable(
          name,
          "has no RAM of a PC: neither `ram-below-4g` nor `xen.ram.lo`, no devices and no PCI holes");
    }
    return found;
  }

  private static boolean isMemoryDevices(JsonNode list) {
    for (JsonNode one : list) {
      if (!one.path("type").isString() || !one.path("data").isObject()) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, GfnRange> devices(String name, JsonNode list) throws UnusableInput {
    Map<String, GfnRange> devices = new TreeMap<>();
    for (JsonNode one : list) {
      JsonNode data = one.path("data");
      JsonNode at = data.has("addr") ? data.path("addr") : data.path("memaddr");
      JsonNode size = data.path("size");
      String id = data.path("id").asString("device " + devices.size());
      if (!isWhole(at) || !isWhole(size)) {
        throw Captured.unusable(name, "memory device `%s` has no address or size".formatted(id));
      }
      devices.put(id, range(name, at.asLong(), size.asLong()));
    }
    return devices;
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static @Nullable GfnRange region(String name, CharSequence tree, List<String> names)
      throws UnusableInput {
    Matcher match = REGION.matcher(tree);
    while (match.find()) {
      if (names.contains(match.group(3))) {
        long start = Long.parseUnsignedLong(match.group(1), 16);
        long end = Long.parseUnsignedLong(match.group(2), 16) + 1;
        return range(name, start, end - start);
      }
    }
    return null;
  }

  private static GfnRange range(String name, long start, long size) throws UnusableInput {
    if (start < 0 || size <= 0 || start > MOST - size) {
      throw Captured.unusable(
          name, "memory must lie below 2^52: start=0x%x size=0x%x".formatted(start, size));
    }
    return GfnRange.coveringBytes(start, start + size);
  }

  @Override
  public String form() {
    return "QEMU's memory tree";
  }

  @Override
  public List<String> inconsistencies() {
    List<String> found = new ArrayList<>(holes.inconsistencies(low, high));
    GfnRange above = high;
    if (above != null && devices != null) {
      devices.forEach(
          (id, range) -> {
            if (range.overlaps(above)) {
              found.add("memory device `%s` lies on RAM: %s".formatted(id, Sizes.range(range)));
            }
          });
    }
    return found;
  }

  @Override
  public List<Difference> differences(PlanDocument plan) {
    List<Difference> found = new ArrayList<>();
    PlannedRam ram = PlannedRam.of(plan);
    GfnRange below = low;
    if (below != null) {
      end(found, "low RAM ends elsewhere", ram.lowEnd(), Gfn.toBytes(below.end()));
      end(
          found,
          "high RAM ends elsewhere",
          ram.highEnd(),
          high == null ? 0 : Gfn.toBytes(high.end()));
      if (high != null && ram.highStart() != 0) {
        end(found, "high RAM starts elsewhere", ram.highStart(), Gfn.toBytes(high.start()));
      }
    }
    if (devices != null) {
      found.addAll(deviceDifferences(plan, devices));
    }
    found.addAll(holes.differences(plan));
    return found;
  }

  private static void end(List<Difference> found, String what, long planned, long captured) {
    if (planned != captured) {
      boolean both = planned != 0 && captured != 0;
      found.add(
          new Difference(
              what + (both ? ", by " + Sizes.size(Math.abs(planned - captured)) : ""),
              planned == 0 ? "" : Sizes.address(planned),
              captured == 0 ? "" : Sizes.address(captured)));
    }
  }

  private static List<Difference> deviceDifferences(
      PlanDocument plan, Map<String, GfnRange> devices) {
    Map<String, GfnRange> left = new TreeMap<>(devices);
    List<Difference> found = new ArrayList<>();
    for (MapEntry entry : plan.map()) {
      if (!entry.kind().equals("pmem")) {
        continue;
      }
      String id = entry.name().replaceFirst("^.*`(.*)`$", "$1");
      GfnRange at = left.remove(id);
      if (at == null) {
        found.add(new Difference(entry.name() + " is missing", Sizes.range(entry.range()), ""));
      } else if (!at.equals(entry.range())) {
        found.add(
            new Difference(
                entry.name() + " lies elsewhere", Sizes.range(entry.range()), Sizes.range(at)));
      }
    }
    left.forEach(
        (id, range) ->
            found.add(
                new Difference(
                    "memory device `%s` was not planned".formatted(id), "", Sizes.range(range))));
    return found;
  }
}
