package org.gfnplan.models.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.input.document.DocumentReader;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ProofJson} wrote. Whether it is right is for the checkers to say. */
public final class ProofReader {
  private final List<InputProblem> problems = new ArrayList<>();

  private ProofReader() {}

  /**
   * The proof in a document.
   *
   * @throws UnusableInput with every problem of the document, or when it holds no proof
   */
  public static Proof read(String name, byte[] bytes) throws UnusableInput {
    ProofReader reader = new ProofReader();
    Node root = DocumentReader.read(name, bytes, reader.problems);
    Proof proof = root == null ? null : reader.proof(root);
    if (proof == null || !reader.problems.isEmpty()) {
      if (reader.problems.isEmpty()) {
        reader.problems.add(new InputProblem(Origin.builtIn(name, ""), "is empty"));
      }
      throw new UnusableInput(reader.problems);
    }
    return proof;
  }

  private @Nullable Proof proof(Node root) {
    Fields fields = Fields.of(root, "a proof", problems);
    if (fields == null || !isProof(fields)) {
      return null;
    }
    Stated<String> host = fields.requiredText("host");
    Stated<String> guest = fields.requiredText("guest");
    Stated<String> platform = fields.requiredText("platform");
    fields.require("problem", "conflicts");
    Fields asked = fields.fields("problem");
    List<Fields> conflicts = fields.listOfFields("conflicts");
    fields.reportUnknown();
    if (asked == null) {
      return null;
    }
    Values values = new Values(problems);
    Problem whole = new ProblemReader(values, problems).problem(asked);
    if (whole == null) {
      return null;
    }
    List<Conflict> claimed = new ArrayList<>();
    for (Fields conflict : conflicts) {
      claimed.add(conflict(conflict, whole, values));
    }
    if (claimed.isEmpty() && fields.has("conflicts")) {
      fields.problemAt("conflicts", "`conflicts` must have at least one item");
    }
    return host == null || guest == null || platform == null
        ? null
        : new Proof(host.value(), guest.value(), platform.value(), whole, claimed);
  }

  private static boolean isProof(Fields fields) {
    Stated<String> schema = fields.requiredText("schema");
    if (schema == null) {
      return false;
    }
    if (!schema.value().equals(ProofJson.SCHEMA)) {
      fields.problemAt(
          "schema",
          "a proof has the schema `%s`, this is `%s`".formatted(ProofJson.SCHEMA, schema.value()));
      return false;
    }
    Stated<String> verdict = fields.requiredText("verdict");
    if (verdict != null && !verdict.value().equals("conflict")) {
      fields.problemAt(
          "verdict",
          "there is no conflict to prove, the plan ended in `%s`".formatted(verdict.value()));
    }
    return verdict != null && verdict.value().equals("conflict");
  }

  private Conflict conflict(Fields fields, Problem problem, Values values) {
    fields.require("members", "steps", "witnesses");
    List<Statement> members = values.statements(fields, "members");
    List<Step> steps = new ArrayList<>();
    for (Fields item : fields.listOfFields("steps")) {
      Step step = step(item, values);
      if (step != null) {
        steps.add(step);
      }
      item.reportUnknown();
    }
    Map<Statement, Layout> witnesses = new LinkedHashMap<>();
    for (Fields item : fields.listOfFields("witnesses")) {
      Statement without = values.statement(item, "without");
      Layout layout = layout(item, problem, values);
      if (without != null && layout != null && witnesses.put(without, layout) != null) {
        item.problemAt("without", "there are two witnesses without this statement");
      }
      item.reportUnknown();
    }
    fields.reportUnknown();
    return new Conflict(members, steps, witnesses);
  }

  private @Nullable Layout layout(Fields fields, Problem problem, Values values) {
    fields.require("places");
    Node places = fields.get("places");
    if (!(places instanceof Node.Mapping mapping)) {
      if (places != null) {
        problems.add(
            new InputProblem(places.origin(), "`places` must be a map, this is " + places.kind()));
      }
      return null;
    }
    Map<Region, Placement> placed = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      Region region = values.region(entry.key(), entry.origin());
      long[] pair = values.pair(entry.value(), "a place must be [start, length]");
      if (region == null || pair == null) {
        continue;
      }
      Placement placement =
          values.made(entry.origin(), () -> new Placement(region, pair[0], pair[1]));
      if (placement != null) {
        placed.put(region, placement);
      }
    }
    // The layout of a problem is in the order of its regions.
    List<Placement> inOrder = new ArrayList<>();
    for (Region region : problem.regions()) {
      Placement placement = placed.get(region);
      if (placement != null) {
        inOrder.add(placement);
      }
    }
    return new Layout(inOrder, List.of());
  }

  private @Nullable Step step(Fields fields, Values values) {
    Stated<String> kind = fields.requiredText("step");
    List<Statement> because = values.statements(fields, "because");
    if (kind == null) {
      return null;
    }
    switch (kind.value()) {
      case "forced" -> {
        Region region = values.region(fields, "region");
        GfnRange range = values.range(fields, "range");
        return region == null || range == null ? null : new Step.Forced(because, region, range);
      }
      case "clash" -> {
        Region one = values.region(fields, "one");
        Region other = values.region(fields, "other");
        GfnRange range = values.range(fields, "range");
        return one == null || other == null || range == null
            ? null
            : new Step.Clash(because, one, other, range);
      }
      case "no-gap" -> {
        Region region = values.region(fields, "region");
        GfnSet free = values.set(fields, "free");
        long largest = values.frames(fields, "largest");
        return region == null || free == null
            ? null
            : new Step.NoGap(because, region, free, largest);
      }
      case "overfull" -> {
        GfnSet free = values.set(fields, "free");
        long block = values.frames(fields, "block");
        long needed = values.frames(fields, "needed");
        long fit = values.frames(fields, "fit");
        return free == null ? null : new Step.Overfull(because, free, block, needed, fit);
      }
      case "no-address" -> {
        Edge edge = values.edge(fields, "edge");
        long least = values.frames(fields, "least");
        long most = values.frames(fields, "most");
        return edge == null ? null : new Step.NoAddress(because, edge, least, most);
      }
      case "total" -> {
        List<Region> regions = values.regions(fields, "regions");
        long wanted = values.frames(fields, "wanted");
        long least = values.frames(fields, "least");
        long most = values.frames(fields, "most");
        return regions == null ? null : new Step.Total(because, regions, wanted, least, most);
      }
      case "searched" -> {
        return new Step.Searched(because, values.texts(fields, "engines"));
      }
      default -> {
        fields.problemAt("step", "`%s` is no kind of step".formatted(kind.value()));
        return null;
      }
    }
  }
}
