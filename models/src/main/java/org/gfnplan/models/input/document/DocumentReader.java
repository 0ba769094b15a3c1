package org.gfnplan.models.input.document;

import java.io.StringReader;
import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads a JSON or YAML 1.2 document into a tree.
 *
 * <p>What could mean two things, or much more than it says, is a problem: a key given twice, YAML
 * anchors, aliases, merge keys and tags, a second document, more than {@value #DEEPEST} values
 * inside one another, more than {@value #MOST_VALUES} values.
 */
public final class DocumentReader {
  /** How deep maps and lists may stand in one another. */
  public static final int DEEPEST = 64;

  /** How many values a document may have. A host of the largest kind has some thousand. */
  public static final int MOST_VALUES = 250_000;

  /** How many characters a line of YAML may have. JSON is often one line and has no such bound. */
  public static final int LONGEST_YAML_LINE = 1 << 16;

  /*
   * The tree is built from tokens because only they know their lines. A token stream expands
   * nothing: an alias arrives as one token, so a document of nested aliases costs no more than its
   * bytes. Jackson's own check of duplicate keys stops at the first, so it is off, and TreeBuilder
   * looks for all of them.
   *
   * The YAML scanner looks ahead to the end of a token, copying what it has already seen every 1024
   * characters. A tag of 16 MiB took it minutes. Tokens end with their line, so lines are bounded.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .loadSettings(
              LoadSettings.builder()
                  .setSchema(new CoreSchema())
                  .setAllowDuplicateKeys(true)
                  .setCodePointLimit(SourceText.MOST_BYTES + 1)
                  .build())
          .build();

  private DocumentReader() {}

  /**
   * The tree of a document, or null when there is none to speak of. Whenever {@code problems} grew,
   * the tree may be incomplete and must only be used to look for more problems.
   */
  public static @Nullable Node read(String name, byte[] bytes, List<InputProblem> problems) {
    SourceText source = SourceText.read(name, bytes, problems);
    return source == null ? null : read(source, problems);
  }

  /** As {@link #read(String, byte[], List)}, of a text. */
  public static @Nullable Node read(SourceText source, List<InputProblem> problems) {
    boolean json = looksLikeJson(source.content());
    if (!json) {
      int line = source.firstLineLongerThan(LONGEST_YAML_LINE);
      if (line > 0) {
        problems.add(
            new InputProblem(
                source.origin(line),
                "the line is longer than " + LONGEST_YAML_LINE + " characters, too long for YAML"));
        return null;
      }
    }
    TokenStreamFactory factory = json ? JSON : YAML;
    TreeBuilder builder = new TreeBuilder(source, problems);
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), new StringReader(source.content()))) {
      return builder.build(parser);
    } catch (JacksonException | YamlEngineException e) {
      problems.add(syntaxProblem(source, json, e));
      return builder.root();
    }
  }

  /**
   * Whether a text starts as only JSON does: with a bracket, or with a brace and then a quote or
   * the closing brace. What does not is read as YAML.
   */
  public static boolean looksLikeJson(String content) {
    int first = skipBlanks(content, 0);
    if (first == content.length()) {
      return false;
    }
    if (content.charAt(first) == '[') {
      return true;
    }
    int second = skipBlanks(content, first + 1);
    return content.charAt(first) == '{'
        && (second == content.length() || "\"}".indexOf(content.charAt(second)) >= 0);
  }

  private static int skipBlanks(String content, int from) {
    int at = from;
    while (at < content.length() && " \t\n".indexOf(content.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static InputProblem syntaxProblem(
      SourceText source, boolean json, RuntimeException error) {
    String message = "cannot be read as " + (json ? "JSON: " : "YAML: ") + reason(error);
    return new InputProblem(originOf(source, error), message);
  }

  /* The YAML library counts lines from 0; Jackson's own location is that of the last good token. */
  private static Origin originOf(SourceText source, RuntimeException error) {
    if (error.getCause() instanceof MarkedYamlEngineException marked
        && marked.getProblemMark().isPresent()) {
      Mark mark = marked.getProblemMark().get();
      return source.origin(mark.getLine() + 1, mark.getColumn() + 1);
    }
    TokenStreamLocation location =
        error instanceof JacksonException jackson ? jackson.getLocation() : null;
    return location == null
        ? source.whole()
        : source.origin(location.getLineNr(), location.getColumnNr());
  }

  /* The libraries append locations and advice about their own switches; both are cut off. */
  private static String reason(RuntimeException error) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    String text =
        cause instanceof MarkedYamlEngineException marked
            ? marked.getProblem()
            : error instanceof JacksonException jackson
                ? jackson.getOriginalMessage()
                : error.getMessage();
    if (text == null || text.isBlank()) {
      return "malformed";
    }
    String line = text.strip().lines().findFirst().orElse("");
    for (String tail :
        List.of(
            " (start marker", " (not recognized", ": enable ", ": hexadecimal", ". (Do not use")) {
      int at = line.indexOf(tail);
      line = at < 0 ? line : line.substring(0, at);
    }
    return Character.toLowerCase(line.charAt(0)) + line.substring(1);
  }
}
