package org.gfnplan.models.platform.xen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.xen.AssignReplay.Outcome;
import org.gfnplan.models.platform.xen.AssignReplay.Reserved;
import org.gfnplan.solver.p2m.Access;
import org.gfnplan.solver.p2m.Extent;
import org.gfnplan.solver.p2m.P2mMap;
import org.gfnplan.solver.p2m.P2mType;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Assignment cases as JSON lines: a guest's map, what the host reserves, and what is done in order,
 * completed with what Xen answers to each and the map after it. Frames are hex.
 */
public final class AssignCases {
  private static final Map<String, P2mType> TYPES = types();
  private static final Map<String, Access> ACCESSES = accesses();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AssignCases() {}

  private static Map<String, P2mType> types() {
    Map<String, P2mType> types = new LinkedHashMap<>();
    types.put("ram", P2mType.RAM);
    types.put("special", P2mType.SPECIAL);
    types.put("rdm", P2mType.IDENTITY);
    types.put("mmio", P2mType.DEVICE);
    types.put("pmem", P2mType.PERSISTENT);
    return types;
  }

  private static Map<String, Access> accesses() {
    Map<String, Access> accesses = new LinkedHashMap<>();
    accesses.put("r", Access.READ);
    accesses.put("w", Access.WRITE);
    accesses.put("rw", Access.READ_WRITE);
    accesses.put("rx", Access.READ_EXECUTE);
    accesses.put("rwx", Access.READ_WRITE_EXECUTE);
    return accesses;
  }

  /**
   * Completes one line: {@code in} is repeated as it is, {@code out} is answered anew.
   *
   * @throws IllegalArgumentException when the line is no such case; the message says why
   */
  public static String complete(String line) {
    ObjectNode answer = CaseText.object(line);
    if (!answer.path("in").isObject()) {
      throw new IllegalArgumentException("a case must be a JSON object with an `in` object");
    }
    CaseFields given = new CaseFields(answer.path("in"));
    P2mMap map = new P2mMap();
    for (CaseFields extent : given.objects("p2m")) {
      if (map.insert(extent(extent)) != null) {
        throw new IllegalArgumentException("p2m must not overlap: " + extent.node());
      }
    }
    AssignReplay guest =
        new AssignReplay(
            (int) given.number("domid", 1, 32767, 1),
            map,
            given.objects("host_rdm").stream().map(AssignCases::reserved).toList(),
            given.flag("passthrough", true));
    answer.set("out", run(guest, given.objects("events")));
    return CaseText.line(answer);
  }

  private static ObjectNode run(AssignReplay guest, List<CaseFields> events) {
    ObjectNode out = JSON.objectNode();
    ArrayNode answers = out.putArray("events");
    boolean crashed = false;
    for (CaseFields event : events) {
      // What is wrong with a later event is told even when the guest is gone.
      Outcome outcome = crashed ? check(event) : apply(guest, event);
      if (!crashed) {
        put(answers.addObject(), outcome);
        crashed = outcome.crashed();
      }
    }
    out.put("crash", crashed);
    ArrayNode after = out.putArray("p2m");
    guest.extents().forEach(extent -> after.add(node(extent)));
    return out;
  }

  private static Outcome check(CaseFields event) {
    return apply(new AssignReplay(1, new P2mMap(), List.of(), true), event);
  }

  private static Outcome apply(AssignReplay guest, CaseFields event) {
    int named = 0;
    for (String key : List.of("attach", "detach", "back")) {
      named += event.has(key) ? 1 : 0;
    }
    if (named != 1) {
      throw new IllegalArgumentException(
          "an event must have one of `attach`, `detach` and `back`: " + event.node());
    }
    if (event.has("back")) {
      return guest.back(extent(event.inner("back")));
    }
    if (event.has("detach")) {
      return guest.detach(address(event.node().path("detach")));
    }
    String policy = event.word("policy", List.of("strict", "relaxed"), "strict");
    return guest.attach(
        address(event.node().path("attach")),
        policy.equals("strict") ? RdmPolicy.STRICT : RdmPolicy.RELAXED);
  }

  private static void put(ObjectNode to, Outcome outcome) {
    to.put("rc", outcome.error() == null ? 0 : -outcome.error().number());
    if (outcome.error() != null) {
      to.put("error", outcome.error().name());
    }
    ArrayNode left = to.putArray("left");
    outcome
        .left()
        .forEach(
            range ->
                left.addArray()
                    .add(CaseFields.hex(range.start()))
                    .add(CaseFields.hex(range.end())));
    ArrayNode log = to.putArray("log");
    outcome.log().forEach(log::add);
  }

  private static Extent extent(CaseFields given) {
    long start = given.bytes("gfn", -1);
    long frames = given.number("count", 1, Gfn.LIMIT, -1) << (int) given.number("order", 0, 18, 0);
    if (start >= Gfn.LIMIT || frames > Gfn.LIMIT - start) {
      throw new IllegalArgumentException("frames must lie below 2^40: " + given.node());
    }
    P2mType type = TYPES.get(given.word("type", List.copyOf(TYPES.keySet()), null));
    Access access =
        ACCESSES.get(
            given.word(
                "access", List.copyOf(ACCESSES.keySet()), type == P2mType.IDENTITY ? "rw" : "rwx"));
    if (type == null || access == null) {
      throw new IllegalStateException("a word must be one of those asked for");
    }
    GfnRange range = new GfnRange(start, start + frames);
    return new Extent(range, mfn(given, type, start), type, access);
  }

  private static long mfn(CaseFields given, P2mType type, long gfn) {
    JsonNode value = given.node().path("mfn");
    if (value.isString() && value.stringValue().startsWith("0")) {
      return CaseFields.bytes("mfn", value);
    }
    if (!value.isMissingNode()) {
      given.word("mfn", List.of("ram", "pmem", "unknown"), null);
    }
    return type == P2mType.IDENTITY ? gfn : Extent.ANYWHERE;
  }

  private static Listed reserved(CaseFields given) {
    long start = given.bytes("start", -1);
    long end = given.has("end") ? given.bytes("end", -1) + 1 : start + given.bytes("size", -1);
    if (start >= end || end > CaseFields.MOST_BYTES) {
      throw new IllegalArgumentException(
          "host_rdm must lie below 2^52: start=0x%x end=0x%x".formatted(start, end));
    }
    Set<PciAddress> devices = new TreeSet<>();
    given.list("devs").forEach(device -> devices.add(address(device)));
    return new Listed(
        GfnRange.coveringBytes(start, end),
        given.word("kind", List.of("rmrr", "ivmd"), "rmrr").equals("rmrr"),
        devices);
  }

  /** Reserved memory of a case. */
  private record Listed(GfnRange frames, boolean isOfVtd, Set<PciAddress> devices)
      implements Reserved {
    @Override
    public boolean isReachedBy(PciAddress device) {
      return devices.contains(device);
    }

    @Override
    public boolean isShared() {
      return isOfVtd && devices.size() > 1;
    }
  }

  private static PciAddress address(JsonNode value) {
    PciAddress address = value.isString() ? PciAddress.parse(value.stringValue()) : null;
    if (address == null) {
      throw new IllegalArgumentException("devices must be addresses like `00:05.0`: " + value);
    }
    return address;
  }

  private static ObjectNode node(Extent extent) {
    ObjectNode node = JSON.objectNode();
    node.put("gfn", CaseFields.hex(extent.range().start()));
    node.put("mfn", mfn(extent));
    node.put("count", extent.range().length());
    node.put("type", word(TYPES, extent.type()));
    node.put("access", word(ACCESSES, extent.access()));
    return node;
  }

  private static String mfn(Extent extent) {
    if (extent.mfn() != Extent.ANYWHERE) {
      return CaseFields.hex(extent.mfn());
    }
    return switch (extent.type()) {
      case DEVICE -> "unknown";
      case PERSISTENT -> "pmem";
      default -> "ram";
    };
  }

  private static <T> String word(Map<String, T> words, T value) {
    return words.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
