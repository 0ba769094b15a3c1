package org.gfnplan.models.host;

import java.nio.charset.StandardCharsets;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.problem.Origin;

/** The bytes of one source of host data and what messages call it. */
public final class SourceFile {
  private final String document;
  private final byte[] bytes;

  /** A source called {@code document}; the bytes must not change afterwards. */
  public SourceFile(String document, byte[] bytes) {
    this.document = document;
    this.bytes = bytes;
  }

  /** What messages call it. */
  public String document() {
    return document;
  }

  /** What is in it; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes it has. */
  public int size() {
    return bytes.length;
  }

  /** Whether it starts with {@code start}. */
  public boolean startsWith(String start) {
    if (bytes.length < start.length()) {
      return false;
    }
    for (int i = 0; i < start.length(); i++) {
      if (bytes[i] != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The offset of the first byte that no text has, a NUL, or -1. */
  public int firstNul() {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a control character that no text has stands in the first {@code length} bytes. */
  public boolean hasControlCharacter(int length) {
    for (int i = 0; i < Math.min(length, bytes.length); i++) {
      int value = bytes[i];
      if (value >= 0 && value < ' ' && "\t\n\r\f\033".indexOf(value) < 0) {
        return true;
      }
    }
    return false;
  }

  /** The bytes before the first NUL as UTF-8, with U+FFFD for what is not. */
  public String text() {
    int nul = firstNul();
    String text = new String(bytes, 0, nul < 0 ? bytes.length : nul, StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Something wrong with the source as a whole. */
  public InputProblem problem(String message) {
    return new InputProblem(whole(), message);
  }

  /** The source as a whole. */
  public Origin whole() {
    return Origin.builtIn(document, document);
  }
}
