package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.NodeRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builder cases as JSON lines: the inputs of a guest, completed with what libxl, libxc and QEMU
 * make of them. Addresses are byte addresses in hex, {@code "0"} for none; sizes are as named.
 */
public final class BuilderCases {
  private static final int REFUSED = -3;
  private static final long MOST_MIB = 1L << 24;
  private static final int MOST_NODES = 128;
  private static final long MOST_ADDRESS = 1L << 52;
  private static final List<String> OUTPUTS =
      List.of(
          "pre_lowmem_end",
          "pre_highmem_end",
          "mmio_start",
          "rc",
          "lowmem_end",
          "highmem_end",
          "masked",
          "toolstack_e820",
          "vmemranges",
          "meminit_rc",
          "extents_4k",
          "extents_2m",
          "extents_1g",
          "qemu_below_4g",
          "qemu_above_4g",
          "qemu_agrees");

  private BuilderCases() {}

  /**
   * Completes one line: inputs repeated as they are, outputs of an earlier answer replaced.
   *
   * @throws IllegalArgumentException when the line is no such case; the message says why
   */
  public static String complete(String line) {
    ObjectNode given = CaseText.object(line);
    ObjectNode answer = given.deepCopy();
    answer.remove(OUTPUTS);
    BuilderRequest request = request(given);
    put(answer, request, LibxlBuilder.build(request));
    return CaseText.line(answer);
  }

  private static BuilderRequest request(ObjectNode given) {
    Guest.Type type =
        word(given, "type", "hvm", List.of("hvm", "pvh")).equals("pvh")
            ? Guest.Type.PVH
            : Guest.Type.HVM;
    RdmPolicy policy =
        word(given, "policy", "strict", List.of("strict", "relaxed")).equals("strict")
            ? RdmPolicy.STRICT
            : RdmPolicy.RELAXED;
    boolean perDevice =
        word(given, "strategy", "per-device", List.of("host", "per-device", "ignore"))
            .equals("per-device");
    long memory = mib(given, "memory_mib", -1);
    long video = mib(given, "video_mib", 0);
    if (video >= memory) {
      throw new IllegalArgumentException(
          "video memory must leave RAM: memory_mib=%d video_mib=%d".formatted(memory, video));
    }
    long hole = mib(given, "mmio_hole_mib", 0);
    if (hole != 0 && (hole < MmioHole.LEAST_MIB || hole > MmioHole.LARGEST_MIB)) {
      throw new IllegalArgumentException(
          "mmio_hole_mib must be 0 or in 256..3840: mmio_hole_mib=" + hole);
    }
    JsonNode hap = given.path("hap");
    if (!hap.isMissingNode() && !hap.isBoolean()) {
      throw new IllegalArgumentException("hap must be true or false");
    }
    return new BuilderRequest(
        type,
        memory * 1024,
        video * 1024,
        hole,
        hap.asBoolean(true),
        mib(given, "rdm_mem_boundary_mib", 2048) * XenLayout.MIB,
        reserved(given.path("rdms"), policy, perDevice),
        nodesKib(given.path("vnuma_mib")));
  }

  private static List<Long> nodesKib(JsonNode list) {
    if (!list.isMissingNode() && (!list.isArray() || list.size() > MOST_NODES)) {
      throw new IllegalArgumentException("vnuma_mib must be a list of at most 128 sizes");
    }
    List<Long> sizes = new ArrayList<>();
    for (JsonNode size : list) {
      sizes.add(mib(size, "each of vnuma_mib") * 1024);
    }
    return sizes;
  }

  private static List<BuilderRequest.Rdm> reserved(
      JsonNode list, RdmPolicy policy, boolean perDevice) {
    if (!list.isMissingNode() && !list.isArray()) {
      throw new IllegalArgumentException("rdms must be a list");
    }
    List<BuilderRequest.Rdm> found = new ArrayList<>();
    for (JsonNode entry : list) {
      long start = address(entry.path("start"));
      JsonNode pages = entry.path("pages");
      if (!pages.isIntegralNumber()
          || !pages.canConvertToLong()
          || pages.asLong() < 1
          || pages.asLong() > (MOST_ADDRESS - start) >> 12) {
        throw new IllegalArgumentException("pages must be a whole number of pages, at least 1");
      }
      boolean listed = found.stream().anyMatch(rdm -> rdm.startByte() == start);
      if (!perDevice || !listed) {
        found.add(new BuilderRequest.Rdm(start, start + pages.asLong() * 4096, policy));
      }
    }
    return found;
  }

  private static void put(ObjectNode answer, BuilderRequest request, BuilderResult built) {
    answer.put("pre_lowmem_end", CaseFields.hex(built.plainLowmemEnd()));
    answer.put("pre_highmem_end", CaseFields.hex(built.plainHighmemEnd()));
    answer.put("mmio_start", CaseFields.hex(built.mmioStart()));
    if (!built.isBuilt()) {
      answer.put("rc", REFUSED);
      return;
    }
    answer.put("rc", 0);
    answer.put("lowmem_end", CaseFields.hex(built.lowmemEnd()));
    answer.put("highmem_end", CaseFields.hex(built.highmemEnd()));
    ArrayNode masked = answer.putArray("masked");
    built.masked().forEach(rdm -> masked.add(CaseFields.hex(rdm.startByte())));
    ArrayNode map = answer.putArray("toolstack_e820");
    for (E820Entry entry : built.memoryMap()) {
      ArrayNode line = JsonNodeFactory.instance.arrayNode();
      line.add(CaseFields.hex(entry.startByte()))
          .add(CaseFields.hex(entry.endByte()))
          .add(entry.type());
      map.add(line);
    }
    Extents extents = Extents.of(request.type(), built.lowmemEnd(), built.highmemEnd());
    if (!built.nodes().isEmpty()) {
      ArrayNode ranges = answer.putArray("vmemranges");
      for (NodeRange range : built.nodes()) {
        ranges
            .addArray()
            .add(CaseFields.hex(range.startByte()))
            .add(CaseFields.hex(range.endByte()))
            .add(range.node());
      }
      extents = Extents.of(request.type(), built.nodes());
    }
    answer.put("meminit_rc", 0);
    answer.put("extents_4k", extents.small());
    answer.put("extents_2m", extents.large());
    answer.put("extents_1g", extents.huge());
    if (request.type() == Guest.Type.HVM) {
      QemuView qemu = QemuView.of(request);
      answer.put("qemu_below_4g", CaseFields.hex(qemu.below()));
      answer.put("qemu_above_4g", CaseFields.hex(qemu.above()));
      answer.put("qemu_agrees", qemu.agreesWith(built));
    }
  }

  private static String word(ObjectNode given, String key, String unset, List<String> words) {
    JsonNode value = given.path(key);
    if (value.isMissingNode()) {
      return unset;
    }
    if (!value.isString() || !words.contains(value.stringValue())) {
      throw new IllegalArgumentException("%s must be one of %s".formatted(key, words));
    }
    return value.stringValue();
  }

  private static long mib(ObjectNode given, String key, long unset) {
    JsonNode value = given.path(key);
    return value.isMissingNode() && unset >= 0 ? unset : mib(value, key);
  }

  private static long mib(JsonNode value, String key) {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 0
        || value.asLong() > MOST_MIB) {
      throw new IllegalArgumentException(
          "%s must be a whole number of MiB in 0..%d".formatted(key, MOST_MIB));
    }
    return value.asLong();
  }

  private static long address(JsonNode value) {
    String text = value.isString() ? value.stringValue() : "";
    if (!text.matches("0x[0-9a-f]{1,13}|0")) {
      throw new IllegalArgumentException("start must be a byte address in hex below 2^52");
    }
    long start = text.equals("0") ? 0 : Long.parseLong(text.substring(2), 16);
    if (start % 4096 != 0 || start >= MOST_ADDRESS) {
      throw new IllegalArgumentException("start must be a multiple of 4096: start=" + text);
    }
    return start;
  }
}
