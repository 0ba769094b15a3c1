package org.gfnplan.models.input.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern PROPERTY = Pattern.compile("[&*!][^\\s,\\[\\]{}]{0,60}");

  private final SourceText source;
  private final List<InputProblem> problems;
  private final int problemsBefore;
  private @Nullable Node root;
  private int values;

  /* The parser counts code points, a text chars: a place in both, which only moves forward. */
  private long cursorPoints;
  private int cursor;
  private long lastRefused = -1;

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
    refuseSharing(parser, origin);
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
          ? mapping(parser, origin, depth + 1)
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

  private @Nullable Node mapping(JsonParser parser, Origin origin, int depth) {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Origin> seen = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Origin keyOrigin = originOf(parser);
      refuseSharing(parser, keyOrigin);
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

  /*
   * The parser says nothing about anchors of scalars, and keeps those of maps until after the first
   * key. The text knows better: a token that has an anchor or a tag starts with it.
   */
  private void refuseSharing(JsonParser parser, Origin origin) {
    if (!(parser instanceof YAMLParser)) {
      return;
    }
    long offset = parser.currentTokenLocation().getCharOffset();
    if (offset <= lastRefused || offset < cursorPoints) {
      return;
    }
    cursor = source.content().offsetByCodePoints(cursor, (int) (offset - cursorPoints));
    cursorPoints = offset;
    Matcher property = PROPERTY.matcher(source.content()).region(cursor, source.content().length());
    if (property.lookingAt()) {
      lastRefused = offset;
      problem(origin, refusal(property.group()));
    }
  }

  private static String refusal(String property) {
    return switch (property.charAt(0)) {
      case '&' -> "the YAML anchor `" + property + "` cannot be used";
      case '*' -> "the YAML alias `" + property + "` cannot be used, write the value out";
      default -> "the YAML tag `" + property + "` cannot be used, write the value without it";
    };
  }

  private Origin originOf(JsonParser parser) {
    TokenStreamLocation location = parser.currentTokenLocation();
    return source.origin(location.getLineNr(), location.getColumnNr());
  }

  private void problem(Origin origin, String message) {
    problems.add(new InputProblem(origin, message));
  }
}
