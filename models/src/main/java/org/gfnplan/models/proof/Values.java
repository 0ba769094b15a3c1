package org.gfnplan.models.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** The values of a proof: frames, and what names a statement or a region that was read before. */
final class Values {
  /** Beyond every address, length and sum of lengths, and far from the end of a {@code long}. */
  private static final long MOST = 1L << 56;

  private static final Map<String, Edge.Side> SIDES =
      Map.of("start", Edge.Side.START, "end", Edge.Side.END);

  private final List<InputProblem> problems;
  private final List<Statement> statements = new ArrayList<>();
  private final Map<String, Region> regions = new HashMap<>();

  Values(List<InputProblem> problems) {
    this.problems = problems;
  }

  /** Statements are numbered from 1 as they are added. */
  void add(Statement statement) {
    statements.add(statement);
  }

  /** Whether the statement was added before. */
  boolean has(Statement statement) {
    return statements.contains(statement);
  }

  /** Adds a region; false when one of its name is there. */
  boolean add(Region region) {
    return regions.putIfAbsent(region.name(), region) == null;
  }

  /** What {@code maker} makes; null, with a problem, when the values contradict each other. */
  <T> @Nullable T made(Origin origin, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException contradiction) {
      problems.add(new InputProblem(origin, String.valueOf(contradiction.getMessage())));
      return null;
    }
  }

  @Nullable Statement statement(Fields fields, String key) {
    fields.require(key);
    Stated<Long> number = fields.wholeNumber(key, 1, Math.max(1, statements.size()));
    return number == null || statements.isEmpty()
        ? null
        : statements.get(Math.toIntExact(number.value()) - 1);
  }

  List<Statement> statements(Fields fields, String key) {
    fields.require(key);
    List<Statement> found = new ArrayList<>();
    for (Node item : fields.list(key)) {
      Long number = number(item);
      if (number == null || number < 1 || number > statements.size()) {
        problem(item, "each of `%s` must be from 1 to %d".formatted(key, statements.size()));
      } else {
        found.add(statements.get(Math.toIntExact(number) - 1));
      }
    }
    return found;
  }

  @Nullable Region region(Fields fields, String key) {
    Stated<String> name = fields.requiredText(key);
    return name == null ? null : region(name.value(), name.origin());
  }

  @Nullable Region region(String name, Origin origin) {
    Region region = regions.get(name);
    if (region == null) {
      problems.add(new InputProblem(origin, "there is no region `%s`".formatted(name)));
    }
    return region;
  }

  /** The regions of a list of names, or null when one is not there. */
  @Nullable List<Region> regions(Fields fields, String key) {
    fields.require(key);
    List<Region> found = new ArrayList<>();
    List<Node> items = fields.list(key);
    for (Node item : items) {
      Region region = null;
      if (item instanceof Node.Text text) {
        region = region(text.value(), item.origin());
      } else {
        problem(item, "each of `%s` must be the name of a region".formatted(key));
      }
      if (region != null) {
        found.add(region);
      }
    }
    return found.size() == items.size() && fields.has(key) ? found : null;
  }

  List<String> texts(Fields fields, String key) {
    fields.require(key);
    List<String> found = new ArrayList<>();
    for (Node item : fields.list(key)) {
      if (item instanceof Node.Text text && !text.value().isBlank()) {
        found.add(text.value());
      } else {
        problem(item, "each of `%s` must be a text".formatted(key));
      }
    }
    return found;
  }

  /** Frames, in hex or decimal; 0, with a problem, when there are none. */
  long frames(Fields fields, String key) {
    fields.require(key);
    Node node = fields.get(key);
    Long frames = node == null ? Long.valueOf(0) : number(node);
    if (frames == null) {
      problem(fields.get(key), "`%s` must be a number of frames".formatted(key));
      return 0;
    }
    return frames;
  }

  @Nullable GfnRange range(Fields fields, String key) {
    fields.require(key);
    Node node = fields.get(key);
    return node == null ? null : range(node);
  }

  private @Nullable GfnRange range(Node node) {
    long[] pair = pair(node, "a range must be [start, end]");
    return pair == null ? null : made(node.origin(), () -> new GfnRange(pair[0], pair[1]));
  }

  @Nullable GfnSet set(Fields fields, String key) {
    fields.require(key);
    List<GfnRange> ranges = new ArrayList<>();
    List<Node> items = fields.list(key);
    for (Node item : items) {
      GfnRange range = range(item);
      if (range != null) {
        ranges.add(range);
      }
    }
    return ranges.size() == items.size() && fields.has(key) ? GfnSet.of(ranges) : null;
  }

  /** Two numbers, or null with this problem. */
  long @Nullable [] pair(Node node, String otherwise) {
    if (node instanceof Node.Sequence sequence && sequence.items().size() == 2) {
      Long one = number(sequence.items().get(0));
      Long other = number(sequence.items().get(1));
      if (one != null && other != null) {
        return new long[] {one, other};
      }
    }
    problem(node, otherwise);
    return null;
  }

  @Nullable Edge edge(Fields fields, String key) {
    fields.require(key);
    Fields edge = fields.fields(key);
    if (edge == null) {
      return null;
    }
    Region region = region(edge, "region");
    edge.require("side");
    Stated<Edge.Side> side = edge.word("side", SIDES);
    edge.reportUnknown();
    return region == null || side == null ? null : new Edge(region, side.value());
  }

  private static @Nullable Long number(Node node) {
    String written =
        node instanceof Node.Text text
            ? text.value()
            : node instanceof Node.Numeral numeral ? numeral.written() : "";
    boolean negative = written.startsWith("-");
    Long number = Bytes.parse(negative ? written.substring(1) : written);
    return number == null || number > MOST ? null : (Long) (negative ? -number : number);
  }

  private void problem(@Nullable Node node, String message) {
    if (node != null) {
      problems.add(new InputProblem(node.origin(), message));
    }
  }
}
