package org.gfnplan.models.input.document;

import java.util.List;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** A value in a document, with the line it stands on. */
public sealed interface Node {
  /** The line of the value's first character. */
  Origin origin();

  /** What the value is, for messages: {@code a map}, {@code a text} ... */
  String kind();

  /** Values under keys, in the order of the document; no key is there twice. */
  record Mapping(List<Entry> entries, Origin origin) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value under {@code key}, or null when there is none. */
    public @Nullable Node get(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }

    @Override
    public String kind() {
      return "a map";
    }
  }

  /** A key of a {@link Mapping}, with the line of the key. */
  record Entry(String key, Origin origin, Node value) {}

  /** Values in the order of the document. */
  record Sequence(List<Node> items, Origin origin) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Characters. */
  record Text(String value, Origin origin) implements Node {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /**
   * A number as it was written, so that no digit is lost: {@code 16}, {@code 0x10}, {@code 1e3}.
   */
  record Numeral(String written, Origin origin) implements Node {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** True or false. */
  record Flag(boolean value, Origin origin) implements Node {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** Nothing: {@code null}, or in YAML a key without a value. */
  record Nothing(Origin origin) implements Node {
    @Override
    public String kind() {
      return "nothing";
    }
  }
}
