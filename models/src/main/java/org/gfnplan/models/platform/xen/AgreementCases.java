package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.platform.qemu.ByteRange;
import org.gfnplan.models.platform.qemu.QemuAnswer;
import org.gfnplan.models.platform.qemu.QemuCard;
import org.gfnplan.models.platform.qemu.QemuConfig;
import org.gfnplan.models.platform.qemu.QemuLayout;
import org.gfnplan.models.platform.qemu.QemuMachine;
import org.gfnplan.models.platform.qemu.QemuReplay;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Agreement cases as JSON lines: a guest of Xen, completed with where the toolstack puts RAM, where
 * QEMU's xenfv machine with a video card of 16 MiB believes it to be, and where the two differ.
 *
 * <p>A case gives either what libxl starts from, or a finished layout of any other toolstack. Sizes
 * and addresses are bytes, ranges half open; what was measured otherwise is kept.
 */
public final class AgreementCases {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMGT]?)");
  private static final String UNITS = "KMGT";
  private static final long VIDEO = 16L << 20;
  private static final long MOST_BYTES = 1L << 46;
  private static final QemuMachine XENFV = QemuMachine.named("xenfv").orElseThrow();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AgreementCases() {}

  /**
   * Completes one line: {@code case} is repeated as it is, everything else is answered anew.
   *
   * @throws IllegalArgumentException when the line is no such case; the message says why
   */
  public static String complete(String line) {
    ObjectNode whole = CaseText.object(line);
    if (!(whole.path("case") instanceof ObjectNode asked)) {
      throw new IllegalArgumentException("a case must be a JSON object with a `case` object");
    }
    CaseFields given = new CaseFields(asked);
    long memory = wholeMib("mem", asked.path("mem"));
    Toolstack toolstack =
        given.has("low_end") ? Toolstack.told(asked) : Toolstack.libxl(given, memory);
    QemuConfig config =
        QemuConfig.of(XENFV, memory)
            .withMaxRamBelow4g(toolstack.told)
            .withCards(List.of(QemuCard.vga(VIDEO)));
    QemuAnswer answer = QemuReplay.layout(config);
    ObjectNode done = JSON.objectNode();
    done.set("case", asked);
    done.set("toolstack", toolstack.node());
    putQemu(done, answer);
    if (whole.has("elapsed_ms")) {
      done.set("elapsed_ms", whole.path("elapsed_ms"));
    }
    if (answer instanceof QemuLayout layout) {
      compare(done, toolstack.ram(), layout);
    }
    return CaseText.line(done);
  }

  private static void putQemu(ObjectNode done, QemuAnswer answer) {
    if (answer instanceof QemuLayout layout) {
      done.put("qemu_ok", true);
      done.set("qemu_ram", node(ram(layout)));
      layout
          .pciHole()
          .ifPresentOrElse(
              hole -> done.set("qemu_pci_hole", node(hole)), () -> done.putNull("qemu_pci_hole"));
      done.set("qemu_makes_ram_at", node(layout.ownFrames()));
    } else {
      done.put("qemu_ok", false);
      done.putNull("qemu_ram").putNull("qemu_pci_hole").putNull("qemu_makes_ram_at");
    }
  }

  private static void compare(ObjectNode done, List<ByteRange> ram, QemuLayout layout) {
    List<ByteRange> onlyToolstack = minus(ram, ram(layout));
    List<ByteRange> onlyQemu = minus(ram(layout), ram);
    List<ByteRange> clash = new ArrayList<>();
    for (ByteRange own : layout.ownFrames()) {
      for (ByteRange range : ram) {
        if (own.overlaps(range)) {
          clash.add(
              new ByteRange(
                  Math.max(own.start(), range.start()), Math.min(own.end(), range.end())));
        }
      }
    }
    done.set("only_toolstack", node(onlyToolstack));
    done.set("only_qemu", node(onlyQemu));
    done.set("device_ram_on_guest_ram", node(clash));
    done.put("agree", onlyToolstack.isEmpty() && onlyQemu.isEmpty() && clash.isEmpty());
  }

  private static List<ByteRange> ram(QemuLayout layout) {
    return ram(layout.lowEnd(), layout.high().map(ByteRange::end).orElse(0L));
  }

  private static List<ByteRange> ram(long lowEnd, long highEnd) {
    List<ByteRange> ram = new ArrayList<>();
    ram.add(new ByteRange(0, XenLayout.VGA_HOLE_START));
    ram.add(new ByteRange(XenLayout.VGA_HOLE_END, lowEnd));
    if (highEnd != 0) {
      ram.add(new ByteRange(XenLayout.FOUR_GIB, highEnd));
    }
    return ram;
  }

  /** What of these ranges none of the others covers; both are by address. */
  private static List<ByteRange> minus(List<ByteRange> ranges, List<ByteRange> others) {
    List<ByteRange> left = new ArrayList<>();
    for (ByteRange range : ranges) {
      long from = range.start();
      for (ByteRange other : others) {
        if (other.end() > from && other.start() < range.end()) {
          if (other.start() > from) {
            left.add(new ByteRange(from, other.start()));
          }
          from = other.end();
        }
      }
      if (from < range.end()) {
        left.add(new ByteRange(from, range.end()));
      }
    }
    return left;
  }

  private static ArrayNode node(ByteRange range) {
    return JSON.arrayNode().add(range.start()).add(range.end());
  }

  private static ArrayNode node(List<ByteRange> ranges) {
    ArrayNode list = JSON.arrayNode();
    ranges.forEach(range -> list.add(node(range)));
    return list;
  }

  private static long wholeMib(String key, JsonNode value) {
    long bytes = size(key, value);
    if (bytes < XenLayout.MIB || bytes % XenLayout.MIB != 0) {
      throw new IllegalArgumentException("%s must be whole MiB: %s".formatted(key, value));
    }
    return bytes;
  }

  private static long size(String key, JsonNode value) {
    String text =
        value.isIntegralNumber() && value.canConvertToLong()
            ? Long.toString(value.asLong())
            : value.isString() ? value.stringValue() : "";
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
      long number = Long.parseLong(size.group(1));
      if (number <= MOST_BYTES >> (10 * power)) {
        return number << (10 * power);
      }
    }
    throw new IllegalArgumentException(
        "%s must be bytes, or a size like \"4G\", of at most 64 TiB".formatted(key));
  }

  /**
   * A layout of RAM.
   *
   * @param lowEnd where low RAM ends
   * @param highEnd where high RAM ends, 0 for none
   * @param mmioStart where the hole starts, 0 when nobody said
   * @param told the limit that QEMU is told, 0 for none
   * @param notes what was wrong on the way
   */
  private record Toolstack(
      long lowEnd, long highEnd, long mmioStart, long told, List<String> notes) {
    private Toolstack {
      // No program builds a guest whose RAM ends in the legacy area, nor counts the hole as RAM.
      if (lowEnd < XenLayout.LEGACY_END || lowEnd > XenLayout.FOUR_GIB) {
        throw new IllegalArgumentException(
            "low RAM must end from 1 MiB to 4 GiB: low_end=" + lowEnd);
      }
      if (highEnd != 0 && highEnd <= XenLayout.FOUR_GIB) {
        throw new IllegalArgumentException(
            "high RAM must end above 4 GiB, or be 0: high_end=" + highEnd);
      }
      if (told != 0 && told < XenLayout.MIB) {
        throw new IllegalArgumentException(
            "max_ram_below_4g must be 0 or at least 1 MiB: max_ram_below_4g=" + told);
      }
    }

    static Toolstack told(ObjectNode given) {
      JsonNode high = given.path("high_end");
      JsonNode told = given.path("max_ram_below_4g");
      return new Toolstack(
          size("low_end", given.path("low_end")),
          high.isMissingNode() || high.isNull() ? 0 : size("high_end", high),
          0,
          told.isMissingNode() || told.isNull() ? 0 : size("max_ram_below_4g", told),
          List.of());
    }

    /** An entry that RAM covers is only noted here, whatever its policy, so that all are. */
    static Toolstack libxl(CaseFields given, long memory) {
      long hole = given.number("mmio_hole_mib", 0, MmioHole.LARGEST_MIB, 0);
      if (hole != 0 && hole < MmioHole.LEAST_MIB) {
        throw new IllegalArgumentException(
            "mmio_hole_mib must be 0 or in 256..3840: mmio_hole_mib=" + hole);
      }
      String word = given.word("policy", List.of("strict", "relaxed"), "strict");
      List<BuilderRequest.Rdm> reserved = new ArrayList<>();
      for (JsonNode entry : given.list("rdms")) {
        long start = size("the start of each of rdms", entry.path(0));
        long bytes = size("the size of each of rdms", entry.path(1));
        if (entry.size() != 2 || start % 4096 != 0 || bytes % 4096 != 0 || bytes == 0) {
          throw new IllegalArgumentException("each of rdms must be [start, size] of whole pages");
        }
        reserved.add(new BuilderRequest.Rdm(start, start + bytes, RdmPolicy.RELAXED));
      }
      BuilderRequest request =
          new BuilderRequest(
              Guest.Type.HVM,
              memory / XenLayout.KIB,
              0,
              hole,
              true,
              2048 * XenLayout.MIB,
              reserved);
      BuilderResult built = LibxlBuilder.build(request);
      String verb = word.equals("strict") ? "refused" : "ignored";
      return new Toolstack(
          built.lowmemEnd(),
          built.highmemEnd(),
          built.mmioStart(),
          QemuView.limit(request),
          built.masked().stream()
              .map(rdm -> "%s rdm %x".formatted(verb, rdm.startByte()))
              .toList());
    }

    List<ByteRange> ram() {
      return AgreementCases.ram(lowEnd, highEnd);
    }

    ObjectNode node() {
      ObjectNode node = JSON.objectNode().put("low_end", lowEnd).put("high_end", highEnd);
      if (mmioStart != 0) {
        node.put("mmio_start", mmioStart);
      }
      if (told == 0) {
        node.putNull("max_ram_below_4g");
      } else {
        node.put("max_ram_below_4g", told);
      }
      ArrayNode list = node.putArray("notes");
      notes.forEach(list::add);
      node.set("ram", AgreementCases.node(ram()));
      return node;
    }
  }
}
