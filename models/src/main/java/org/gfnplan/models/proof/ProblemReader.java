package org.gfnplan.models.proof;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.problem.Strength;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** Reads the problem of a proof: statements, then regions, then rules. */
final class ProblemReader {
  private static final long MOST_LINES = Integer.MAX_VALUE;
  private static final long MOST_OFFSET = Long.MAX_VALUE >> 8;
  private static final long MOST_WEIGHT = 1L << 20;

  private final Values values;
  private final List<InputProblem> problems;

  ProblemReader(Values values, List<InputProblem> problems) {
    this.values = values;
    this.problems = problems;
  }

  /** The problem; null when something is wrong with it. What it names is added to the values. */
  @Nullable Problem problem(Fields fields) {
    int before = problems.size();
    fields.require("statements", "regions", "rules");
    for (Fields item : fields.listOfFields("statements")) {
      addStatement(item);
      item.reportUnknown();
    }
    List<Region> regions = new ArrayList<>();
    for (Fields item : fields.listOfFields("regions")) {
      Region region = region(item);
      if (region != null) {
        regions.add(region);
        if (!values.add(region)) {
          item.problemAt("name", "there are two regions `%s`".formatted(region.name()));
        }
      }
      item.reportUnknown();
    }
    if (problems.size() > before) {
      // Every rule would complain about what is missing.
      return null;
    }
    List<Rule> rules = new ArrayList<>();
    for (Fields item : fields.listOfFields("rules")) {
      Statement statement = values.statement(item, "statement");
      Rule rule = statement == null ? null : rule(item, statement);
      if (rule != null) {
        rules.add(rule);
      }
      item.reportUnknown();
    }
    fields.reportUnknown();
    return problems.size() > before
        ? null
        : values.made(fields.origin(), () -> new Problem(regions, rules, List.of()));
  }

  private void addStatement(Fields fields) {
    Stated<String> id = fields.requiredText("id");
    Stated<String> text = fields.requiredText("statement");
    Stated<Long> weight = fields.wholeNumber("weight", 1, MOST_WEIGHT);
    fields.require("origin");
    Fields from = fields.fields("origin");
    Origin origin = from == null ? null : origin(from);
    if (id == null || text == null || origin == null) {
      return;
    }
    Statement statement =
        new Statement(
            id.value(),
            text.value(),
            origin,
            weight == null ? Strength.REQUIRED : Strength.preferred(weight.value()));
    if (values.has(statement)) {
      fields.problemAt("id", "this statement is there twice");
    }
    values.add(statement);
  }

  private @Nullable Origin origin(Fields fields) {
    Stated<String> document = fields.requiredText("document");
    fields.require("text");
    Node text = fields.get("text");
    if (text != null && !(text instanceof Node.Text)) {
      fields.problemAt("text", "`text` must be a text, this is " + text.kind());
    }
    Stated<Long> line = fields.wholeNumber("line", 1, MOST_LINES);
    Stated<Long> offset = fields.wholeNumber("offset", 0, MOST_OFFSET);
    fields.reportUnknown();
    if (document == null || !(text instanceof Node.Text words)) {
      return null;
    }
    Position position =
        line != null
            ? new Position.Line(Math.toIntExact(line.value()))
            : offset != null ? new Position.Offset(offset.value()) : new Position.Whole();
    return new Origin(document.value(), position, words.value());
  }

  private @Nullable Region region(Fields fields) {
    Stated<String> name = fields.requiredText("name");
    Stated<String> kind = fields.requiredText("kind");
    long min = values.frames(fields, "min");
    long max = values.frames(fields, "max");
    Alignment alignment = alignment(fields);
    Statement statement = values.statement(fields, "statement");
    if (name == null || kind == null || alignment == null || statement == null) {
      return null;
    }
    return values.made(
        fields.origin(),
        () -> new Region(name.value(), kind.value(), new Length(min, max), alignment, statement));
  }

  private @Nullable Alignment alignment(Fields fields) {
    long frames = values.frames(fields, "alignment");
    return values.made(fields.origin(), () -> new Alignment(frames));
  }

  private @Nullable Rule rule(Fields fields, Statement statement) {
    Stated<String> kind = fields.requiredText("rule");
    return kind == null
        ? null
        : switch (kind.value()) {
          case "total-length" -> total(fields, statement);
          case "same-edge" -> sameEdge(fields, statement);
          case "on-grid" -> onGrid(fields, statement);
          case "pinned", "within", "aligned", "sized", "apart", "follows", "inside" ->
              ofRegion(kind.value(), fields, statement);
          default -> {
            fields.problemAt("rule", "`%s` is no kind of rule".formatted(kind.value()));
            yield null;
          }
        };
  }

  private @Nullable Rule total(Fields fields, Statement statement) {
    List<Region> summands = values.regions(fields, "regions");
    GfnSet except = values.set(fields, "except");
    long frames = values.frames(fields, "frames");
    return summands == null || except == null
        ? null
        : values.made(
            fields.origin(), () -> new Rule.TotalLength(statement, summands, except, frames));
  }

  private @Nullable Rule sameEdge(Fields fields, Statement statement) {
    Edge one = values.edge(fields, "one");
    Edge other = values.edge(fields, "other");
    return one == null || other == null
        ? null
        : values.made(fields.origin(), () -> new Rule.SameEdge(statement, one, other));
  }

  private @Nullable Rule onGrid(Fields fields, Statement statement) {
    Edge edge = values.edge(fields, "edge");
    long step = values.frames(fields, "step");
    return edge == null
        ? null
        : values.made(fields.origin(), () -> new Rule.OnGrid(statement, edge, step));
  }

  private @Nullable Rule ofRegion(String kind, Fields fields, Statement statement) {
    Region region = values.region(fields, "region");
    if (region == null) {
      return null;
    }
    Origin here = fields.origin();
    return switch (kind) {
      case "pinned" -> {
        long start = values.frames(fields, "start");
        yield values.made(here, () -> new Rule.Pinned(statement, region, start));
      }
      case "within" -> {
        GfnSet allowed = values.set(fields, "allowed");
        yield allowed == null ? null : new Rule.Within(statement, region, allowed);
      }
      case "aligned" -> {
        Alignment alignment = alignment(fields);
        yield alignment == null ? null : new Rule.Aligned(statement, region, alignment);
      }
      case "sized" -> {
        long min = values.frames(fields, "min");
        long max = values.frames(fields, "max");
        yield values.made(here, () -> new Rule.Sized(statement, region, min, max));
      }
      case "apart" -> {
        List<Region> others = values.regions(fields, "others");
        yield others == null
            ? null
            : values.made(here, () -> new Rule.Apart(statement, region, others));
      }
      case "follows" -> {
        List<Region> chain = values.regions(fields, "chain");
        Alignment alignment = alignment(fields);
        yield chain == null || alignment == null
            ? null
            : values.made(here, () -> new Rule.Follows(statement, region, chain, alignment));
      }
      default -> {
        Region container = values.region(fields, "container");
        yield container == null
            ? null
            : values.made(here, () -> new Rule.Inside(statement, region, container));
      }
    };
  }
}
