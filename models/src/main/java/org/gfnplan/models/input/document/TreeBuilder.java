package org.gfnplan.models.input.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Builds the tree of one document from its tokens and reports what the tree refuses. */
final class TreeBuilder {
  /* A document that is wrong in more places than this is not the document that was meant. */
  private static final int MOST_PROBLEMS = 100;

  private final SourceText source;
  private final List<InputProblem> problems;
  private final int problemsBefore;
  private @Nullable Node root;
  private int values;

  TreeBuilder(SourceText source, List<InputProblem> problems) {
    this.source = source;
    this.problems = problems;
    this.problemsBefore = problems.size();
  }

  /** The tree as far as it was read. */
  @Nullable Node root() {
    return root;
  }

  @Nullable Node build(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      problems.add(new InputProblem(source.whole(), "is empty"));
      return null;
    }
    Node tree = value(parser, token, 0);
    if (tree == null) {
      return null;
    }
    root = tree;
    if (parser.nextToken() != null) {
      problem(originOf(parser), "a second document starts here, one per file can be read");
    }
    return tree;
  }

  /* Null when reading has to stop; the problem that stops it has been added. */
  private @Nullable Node value(JsonParser parser, JsonToken token, int depth) {
    Origin origin = originOf(parser);
    boolean tagged = refuseSharing(parser, origin);
    values++;
    if (values > DocumentReader.MOST_VALUES) {
      problem(origin, "more than " + DocumentReader.MOST_VALUES + " values, the rest is not read");
      return null;
    }
    if (problems.size() - problemsBefore > MOST_PROBLEMS) {
      problem(origin, "too many problems, the rest is not read");
      return null;
    }
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      if (depth == DocumentReader.DEEPEST) {
        problem(origin, "more than " + DocumentReader.DEEPEST + " maps and lists in one another");
        return null;
      }
      return token == JsonToken.START_OBJECT
          ? mapping(parser, origin, depth + 1, tagged)
          : sequence(parser, origin, depth + 1);
    }
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Numeral(parser.getString(), origin);
      case VALUE_TRUE -> new Node.Flag(true, origin);
      case VALUE_FALSE -> new Node.Flag(false, origin);
      case VALUE_NULL -> new Node.Nothing(origin);
      default -> new Node.Text(parser.getString(), origin);
    };
  }

  private @Nullable Node mapping(JsonParser parser, Origin origin, int depth, boolean tagged) {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Origin> seen = new HashMap<>();
    // The parser keeps a map's tag until after its first key.
    boolean tagOfMap = tagged;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Origin keyOrigin = originOf(parser);
      refuseAnchor(parser, keyOrigin);
      if (!tagOfMap) {
        refuseTag(parser, keyOrigin);
      }
      tagOfMap = false;
      boolean merge = parser instanceof YAMLParser && key.equals("<<");
      if (merge) {
        problem(keyOrigin, "merge keys cannot be used, write the values out");
      }
      Node value = value(parser, parser.nextToken(), depth);
      if (value == null) {
        return null;
      }
      Origin earlier = seen.putIfAbsent(key, keyOrigin);
      if (earlier == null) {
        entries.add(new Node.Entry(key, keyOrigin, value));
      } else if (!merge) {
        problem(keyOrigin, "`" + key + "` is given twice, first in " + earlier.shortForm());
      }
    }
    return new Node.Mapping(entries, origin);
  }

  private @Nullable Node sequence(JsonParser parser, Origin origin, int depth) {
    List<Node> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      Node item = value(parser, token, depth);
      if (item == null) {
        return null;
      }
      items.add(item);
    }
    return new Node.Sequence(items, origin);
  }

  private boolean refuseSharing(JsonParser parser, Origin origin) {
    refuseAnchor(parser, origin);
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      String alias = yaml.getString();
      problem(origin, "the YAML alias `*" + alias + "` cannot be used, write the value out");
    }
    return refuseTag(parser, origin);
  }

  private boolean refuseTag(JsonParser parser, Origin origin) {
    String tag = parser instanceof YAMLParser yaml ? yaml.getRawTag() : null;
    if (tag != null) {
      problem(origin, "the YAML tag `" + tag + "` cannot be used, write the value without it");
    }
    return tag != null;
  }

  private void refuseAnchor(JsonParser parser, Origin origin) {
    if (parser instanceof YAMLParser yaml && yaml.getObjectId() != null) {
      problem(origin, "the YAML anchor `&" + yaml.getObjectId() + "` cannot be used");
    }
  }

  private Origin originOf(JsonParser parser) {
    TokenStreamLocation location = parser.currentTokenLocation();
    return source.origin(location.getLineNr(), location.getColumnNr());
  }

  private void problem(Origin origin, String message) {
    problems.add(new InputProblem(origin, message));
  }
}
