package org.gfnplan.models.host.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.PmemSize;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.document.DocumentReader;
import org.gfnplan.models.input.document.Node;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of {@code ndctl list}: namespaces with their sizes, in regions or by themselves,
 * as one value or a list. It does not say where they are.
 */
public final class NdctlList {
  private static final Pattern ABOUT =
      Pattern.compile("\"dev\"\\s*:\\s*\"(?:namespace\\d|region\\d|nmem\\d)");
  private static final Pattern NAMESPACE = Pattern.compile("namespace\\d+\\.\\d+");

  /** With {@code -u} sizes are for people: {@code 1.95 TiB (2.14 TB)}. */
  private static final Pattern ROUNDED =
      Pattern.compile("\\d+(?:\\.\\d+)? ?[KMGT]iB \\(\\d+(?:\\.\\d+)? ?[kKMGT]B\\)");

  private final SourceFacts facts;

  private NdctlList(SourceFacts facts) {
    this.facts = facts;
  }

  /** What {@code text} says, or null when it is not from {@code ndctl}. */
  public static @Nullable SourceFacts read(String document, String text) {
    if (!DocumentReader.looksLikeJson(text) || !ABOUT.matcher(text).find()) {
      return null;
    }
    SourceFacts facts = new SourceFacts(document);
    List<InputProblem> problems = new ArrayList<>();
    Node root = DocumentReader.read(document, text.getBytes(StandardCharsets.UTF_8), problems);
    problems.forEach(facts::addProblem);
    if (root != null) {
      new NdctlList(facts).readValue(root);
    }
    return facts;
  }

  private void readValue(Node node) {
    if (node instanceof Node.Sequence list) {
      list.items().forEach(this::readValue);
    } else if (node instanceof Node.Mapping map) {
      if (map.get("dev") instanceof Node.Text name && NAMESPACE.matcher(name.value()).matches()) {
        readNamespace(name.value(), map);
      }
      for (String key : List.of("regions", "namespaces")) {
        Node inner = map.get(key);
        if (inner != null) {
          readValue(inner);
        }
      }
    } else {
      facts.addProblem(
          new InputProblem(
              node.origin(), "a region or namespace must be a map, this is " + node.kind()));
    }
  }

  private void readNamespace(String name, Node.Mapping map) {
    Node size = map.get("size");
    if (size == null) {
      facts.addProblem(new InputProblem(map.origin(), "`size` of `" + name + "` is missing"));
      return;
    }
    boolean isRounded =
        size instanceof Node.Text text && ROUNDED.matcher(text.value().strip()).matches();
    Long bytes = isRounded ? null : exact(size);
    if (!isRounded && (bytes == null || bytes <= 0 || bytes > ByteRange.LIMIT)) {
      facts.addProblem(
          new InputProblem(size.origin(), "`size` of `" + name + "` is no number of bytes"));
      return;
    }
    facts.addPmemSize(new PmemSize(name, bytes, map.origin()));
  }

  private static @Nullable Long exact(Node size) {
    if (size instanceof Node.Numeral number) {
      return Bytes.parse(number.written());
    }
    return size instanceof Node.Text text ? Bytes.parse(text.value().strip()) : null;
  }
}
