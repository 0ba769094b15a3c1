package org.gfnplan.models.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.input.document.DocumentReader;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PlanJson} wrote. Keys it does not need may be missing, and others be there. */
public final class PlanReader {
  private static final String WINDOW = "hole";
  private static final String REGISTERS = "bar";
  private static final long MOST_BYTES = Gfn.toBytes(Gfn.LIMIT);
  private static final Map<String, RdmPolicy> POLICIES =
      Map.of("strict", RdmPolicy.STRICT, "relaxed", RdmPolicy.RELAXED);

  private final String document;
  private final List<InputProblem> problems = new ArrayList<>();

  private PlanReader(String document) {
    this.document = document;
  }

  /**
   * The layout in a document.
   *
   * @throws UnusableInput with every problem of the document, or when it holds no layout
   */
  public static PlanDocument read(String name, byte[] bytes) throws UnusableInput {
    PlanReader reader = new PlanReader(name);
    Node root = DocumentReader.read(name, bytes, reader.problems);
    PlanDocument plan = root == null ? null : reader.plan(root);
    if (plan == null || !reader.problems.isEmpty()) {
      if (reader.problems.isEmpty()) {
        reader.problems.add(new InputProblem(Origin.builtIn(name, ""), "is empty"));
      }
      throw new UnusableInput(reader.problems);
    }
    return plan;
  }

  private @Nullable PlanDocument plan(Node root) {
    Fields fields = Fields.of(root, "a plan", problems);
    if (fields == null) {
      return null;
    }
    Stated<String> schema = fields.requiredText("schema");
    if (schema == null || !schema.value().equals(PlanJson.SCHEMA)) {
      if (schema != null) {
        fields.problemAt(
            "schema",
            "a plan has the schema `%s`, this is `%s`".formatted(PlanJson.SCHEMA, schema.value()));
      }
      return null;
    }
    Stated<String> verdict = fields.requiredText("verdict");
    if (verdict == null || !verdict.value().equals(Verdict.LAYOUT.word())) {
      if (verdict != null) {
        fields.problemAt(
            "verdict", "the plan has no layout, it ends in `%s`".formatted(verdict.value()));
      }
      return null;
    }
    fields.require("platform", "host", "guest", "layout");
    Stated<String> platform = fields.text("platform");
    Stated<String> host = fields.text("host");
    Stated<String> guest = fields.text("guest");
    Fields layout = fields.fields("layout");
    Stated<Boolean> passthrough = fields.flag("passthrough");
    List<PciAssignment> devices = fields.has("devices") ? devices(fields) : null;
    if (platform == null || host == null || guest == null || layout == null) {
      return null;
    }
    layout.require("regions", "e820");
    List<MapEntry> map = map(layout);
    boolean registersKnown =
        map.stream().anyMatch(entry -> entry.kind().equals("bar")) && !lacksRegisters(fields);
    return new PlanDocument(
        document,
        platform.value(),
        host.value(),
        guest.value(),
        map,
        e820(layout),
        registersKnown,
        devices,
        passthrough == null ? null : passthrough.value());
  }

  /** Whether the plan says that it does not know all registers. */
  private static boolean lacksRegisters(Fields fields) {
    for (Fields finding : fields.listOfFields("findings")) {
      Stated<String> id = finding.text("id");
      if (id != null && id.value().equals("bars-unknown")) {
        return true;
      }
    }
    return false;
  }

  private List<MapEntry> map(Fields layout) {
    List<MapEntry> map = new ArrayList<>();
    for (Fields region : layout.listOfFields("regions")) {
      Stated<String> name = region.requiredText("name");
      Stated<String> kind = region.requiredText("kind");
      region.require("start", "end");
      GfnRange range =
          range(region, region.bytes("start", 0, MOST_BYTES), region.bytes("end", 0, MOST_BYTES));
      if (name != null && kind != null && range != null) {
        map.add(new MapEntry(name.value(), kind.value(), range, region.origin()));
      }
    }
    map.sort(null);
    overlaps(map);
    return map;
  }

  /** Windows hold what lies in them, and the window of a port the registers behind it. */
  private void overlaps(List<MapEntry> map) {
    List<MapEntry> outerFirst = new ArrayList<>(map);
    outerFirst.removeIf(entry -> entry.kind().equals(WINDOW));
    outerFirst.sort(
        Comparator.comparingLong((MapEntry entry) -> entry.range().start())
            .thenComparing(entry -> entry.range().end(), Comparator.reverseOrder()));
    Deque<MapEntry> open = new ArrayDeque<>();
    for (MapEntry entry : outerFirst) {
      while (!open.isEmpty() && open.peek().range().end() <= entry.range().start()) {
        open.pop();
      }
      MapEntry outer = open.peek();
      if (outer != null && !holds(outer, entry)) {
        problems.add(
            new InputProblem(
                entry.origin(), "`%s` overlaps `%s`".formatted(entry.name(), outer.name())));
      }
      open.push(entry);
    }
  }

  private static boolean holds(MapEntry outer, MapEntry inner) {
    return outer.kind().equals(REGISTERS)
        && inner.kind().equals(REGISTERS)
        && outer.range().contains(inner.range());
  }

  private @Nullable GfnRange range(
      Fields region, @Nullable Stated<Long> start, @Nullable Stated<Long> end) {
    if (start == null || end == null) {
      return null;
    }
    if (start.value() >= end.value()) {
      region.problemAt(
          "end",
          "`end` must be above `start`: %s..%s"
              .formatted(Sizes.address(start.value()), Sizes.address(end.value())));
      return null;
    }
    if ((start.value() | end.value()) % Gfn.BYTES != 0) {
      region.problemAt("start", "`start` and `end` must be multiples of 4 KiB");
      return null;
    }
    return GfnRange.coveringBytes(start.value(), end.value());
  }

  private List<E820Entry> e820(Fields layout) {
    List<E820Entry> entries = new ArrayList<>();
    for (Node item : layout.list("e820")) {
      E820Entry entry = entry(item);
      if (entry == null) {
        problems.add(
            new InputProblem(
                item.origin(), "each of `e820` must be [start, end, type] with start below end"));
      } else {
        entries.add(entry);
      }
    }
    entries.sort(E820Entry.BY_ADDRESS);
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i - 1).endByte() > entries.get(i).startByte()) {
        layout.problemAt(
            "e820", "entries overlap at %s".formatted(Sizes.address(entries.get(i).startByte())));
      }
    }
    return entries;
  }

  private static @Nullable E820Entry entry(Node item) {
    if (!(item instanceof Node.Sequence sequence) || sequence.items().size() != 3) {
      return null;
    }
    Long start = number(sequence.items().get(0));
    Long end = number(sequence.items().get(1));
    Long type = number(sequence.items().get(2));
    if (start == null || end == null || type == null || start >= end || end > MOST_BYTES) {
      return null;
    }
    return type < 1 || type > Integer.MAX_VALUE ? null : new E820Entry(start, end, type.intValue());
  }

  private static @Nullable Long number(Node node) {
    String written =
        node instanceof Node.Text text
            ? text.value()
            : node instanceof Node.Numeral numeral ? numeral.written() : "";
    return Bytes.parse(written);
  }

  private List<PciAssignment> devices(Fields fields) {
    List<PciAssignment> devices = new ArrayList<>();
    for (Fields item : fields.listOfFields("devices")) {
      Stated<String> text = item.requiredText("device");
      Stated<RdmPolicy> policy = item.word("rdm_policy", POLICIES);
      item.require("rdm_policy");
      if (text == null || policy == null) {
        continue;
      }
      boolean all = text.value().endsWith(".*");
      PciAddress address = PciAddress.parse(text.value().replaceFirst("\\.\\*$", ".0"));
      if (address == null) {
        item.problemAt("device", "`%s` is not a device address".formatted(text.value()));
      } else {
        devices.add(PciAssignment.of(address, all, RdmPolicies.all(policy.value()), text.origin()));
      }
    }
    return devices;
  }
}
