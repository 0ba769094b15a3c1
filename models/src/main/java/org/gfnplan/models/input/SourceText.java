package org.gfnplan.models.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.jspecify.annotations.Nullable;

/**
 * A text input and its lines, counted from 1. Line breaks of every system are {@code \n} here, and
 * a byte order mark is gone.
 */
public final class SourceText {
  /** The most bytes an input may have, 16 MiB. */
  public static final int MOST_BYTES = 16 << 20;

  private static final int MOST_ORIGIN_CHARACTERS = 160;

  private final String name;
  private final String content;
  private final int[] lineStarts;

  /** A text that is known to be one. */
  public SourceText(String name, String content) {
    this.name = name;
    this.content = content.replace("\r\n", "\n").replace('\r', '\n');
    this.lineStarts = startsOf(this.content);
  }

  /**
   * Decodes UTF-8. Null, with a problem added, when the bytes are too many, hold a NUL byte or are
   * not UTF-8.
   */
  public static @Nullable SourceText read(String name, byte[] bytes, List<InputProblem> problems) {
    if (bytes.length > MOST_BYTES) {
      problems.add(
          new InputProblem(
              new Origin(name, new Position.Whole(), name),
              "is larger than 16 MiB: " + bytes.length + " bytes are too many to be meant"));
      return null;
    }
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == 0) {
        problems.add(
            new InputProblem(lineAtByte(name, bytes, at), "holds a NUL byte, so it is not a text"));
        return null;
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      problems.add(
          new InputProblem(
              lineAtByte(name, bytes, in.position()),
              "is not UTF-8: byte 0x%02x".formatted(bytes[in.position()] & 0xff)));
      return null;
    }
    String content = out.flip().toString();
    return new SourceText(name, content.startsWith("\ufeff") ? content.substring(1) : content);
  }

  /** The input as the user named it. */
  public String name() {
    return name;
  }

  /** The whole text. */
  public String content() {
    return content;
  }

  /** How many lines there are; at least 1, an empty one after a final line break included. */
  public int lineCount() {
    return lineStarts.length;
  }

  /** The line, counted from 1, that holds the character at {@code index}. */
  public int lineAt(int index) {
    int found = Arrays.binarySearch(lineStarts, index);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The first line with more than {@code characters}, or 0 when there is none. */
  public int firstLineLongerThan(int characters) {
    for (int line = 1; line <= lineStarts.length; line++) {
      if (endOf(line) - lineStarts[line - 1] > characters) {
        return line;
      }
    }
    return 0;
  }

  /** The words of a line; of a line beyond the text, the last. Long lines are cut. */
  public Origin origin(int line) {
    return origin(line, 1);
  }

  /** As {@link #origin(int)}, but a long line is cut to what stands at and after {@code column}. */
  public Origin origin(int line, int column) {
    int number = Math.max(1, Math.min(line, lineStarts.length));
    int start = lineStarts[number - 1];
    int end = endOf(number);
    if (end - start > MOST_ORIGIN_CHARACTERS) {
      int from = Math.max(start, Math.min(start + column - 1, end - 1));
      start = from == start ? start : Math.min(from, end - MOST_ORIGIN_CHARACTERS);
      end = start + MOST_ORIGIN_CHARACTERS;
    }
    return Origin.line(name, number, content.substring(start, end));
  }

  /** The text as a whole. */
  public Origin whole() {
    return new Origin(name, new Position.Whole(), name);
  }

  private int endOf(int line) {
    return line == lineStarts.length ? content.length() : lineStarts[line] - 1;
  }

  private static Origin lineAtByte(String name, byte[] bytes, int at) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < at; i++) {
      boolean carriageReturnAlone = bytes[i] == '\r' && bytes[i + 1] != '\n';
      if (bytes[i] == '\n' || carriageReturnAlone) {
        line++;
        start = i + 1;
      }
    }
    int end = start;
    while (end < bytes.length && end < start + MOST_ORIGIN_CHARACTERS && bytes[end] >= ' ') {
      end++;
    }
    return Origin.line(
        name, line, new String(bytes, start, end - start, StandardCharsets.US_ASCII));
  }

  private static int[] startsOf(String content) {
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    for (int at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) {
      starts.add(at + 1);
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
