package org.gfnplan.models.platform.xen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a recorded case. Whatever is wrong is an {@link IllegalArgumentException}.
 *
 * @param node the object, or what is missing instead
 */
public record CaseFields(JsonNode node) {
  /** Addresses and sizes lie below 2^52. */
  public static final long MOST_BYTES = 1L << 52;

  /** More than any bus or map holds; what is done with lists is not linear. */
  private static final int MOST_LISTED = 4096;

  /** An object inside this one; absent is empty. */
  public CaseFields inner(String key) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isObject()) {
      throw new IllegalArgumentException("%s must be an object".formatted(key));
    }
    return new CaseFields(value);
  }

  /** Whether a field is there. */
  public boolean has(String key) {
    return node.has(key);
  }

  /** A whole number; absent is {@code unset}, which is required when negative. */
  public long number(String key, long least, long most, long unset) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() && unset >= 0) {
      return unset;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < least
        || value.asLong() > most) {
      throw new IllegalArgumentException(
          "%s must be a whole number in %d..%d".formatted(key, least, most));
    }
    return value.asLong();
  }

  /** A switch, spelled as a boolean or as 0 and 1. */
  public boolean flag(String key, boolean unset) {
    JsonNode value = node.path(key);
    return value.isBoolean() ? value.asBoolean() : number(key, 0, 1, unset ? 1 : 0) == 1;
  }

  /** Bytes, spelled as a number or in hex. */
  public long bytes(String key, long unset) {
    JsonNode value = node.path(key);
    return value.isString() ? bytes(key, value) : number(key, 0, MOST_BYTES, unset);
  }

  /** Bytes in hex; {@code what} is what messages call them. */
  public static long bytes(String what, JsonNode value) {
    String text = value.isString() ? value.stringValue() : "";
    if (!text.matches("0x[0-9a-f]{1,13}|0")) {
      throw new IllegalArgumentException(
          "%s must be bytes in hex below 2^52, `0x...` or `0`".formatted(what));
    }
    return text.equals("0") ? 0 : Long.parseLong(text.substring(2), 16);
  }

  /** One of these words; absent is {@code unset}, which is required when null. */
  public String word(String key, List<String> words, @Nullable String unset) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() && unset != null) {
      return unset;
    }
    if (!value.isString() || !words.contains(value.stringValue())) {
      throw new IllegalArgumentException("%s must be one of %s".formatted(key, words));
    }
    return value.stringValue();
  }

  /** The entries of a list; absent is empty. */
  public JsonNode list(String key) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isArray()) {
      throw new IllegalArgumentException("%s must be a list".formatted(key));
    }
    if (value.size() > MOST_LISTED) {
      throw new IllegalArgumentException(
          "%s must have at most %d entries".formatted(key, MOST_LISTED));
    }
    return value;
  }

  /** Bytes as hex text, {@code "0"} for none. */
  public static String hex(long bytes) {
    return bytes == 0 ? "0" : "0x" + Long.toHexString(bytes);
  }

  /** The entries of a list of objects; absent is empty. */
  public List<CaseFields> objects(String key) {
    return list(key)
        .valueStream()
        .map(
            entry -> {
              if (!entry.isObject()) {
                throw new IllegalArgumentException("%s must be a list of objects".formatted(key));
              }
              return new CaseFields(entry);
            })
        .toList();
  }
}
