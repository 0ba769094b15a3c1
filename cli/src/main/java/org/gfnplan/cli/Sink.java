package org.gfnplan.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A writer of results, in UTF-8, that knows why it failed; {@link PrintWriter} knows only that. */
final class Sink extends PrintWriter {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private final Stream stream;

  private Sink(Stream stream) {
    super(stream, false, StandardCharsets.UTF_8);
    this.stream = stream;
  }

  /** Standard output, without a buffer that hides failures. */
  static Sink standardOutput() {
    return new Sink(new Stream(new FileOutputStream(FileDescriptor.out), STANDARD_OUTPUT));
  }

  /**
   * A file, made anew.
   *
   * @throws IOException when it cannot be opened
   */
  static Sink of(Path file) throws IOException {
    return new Sink(new Stream(Files.newOutputStream(file), file));
  }

  /**
   * Why what was written to {@code out} is lost; null when nothing is, or when its reader wants no
   * more, as {@code head} does.
   */
  static @Nullable String loss(PrintWriter out) {
    if (!out.checkError()) {
      return null;
    }
    if (!(out instanceof Sink sink)) {
      return "cannot be written";
    }
    IOException failure = sink.stream.failure;
    if (failure == null || failure.getMessage() == null) {
      return "cannot be written";
    }
    String reason = failure.getMessage();
    boolean isUnread = reason.contains("Broken pipe") || sink.stream.isPipe();
    return isUnread ? null : "cannot be written: " + reason;
  }

  /** Whether people would read what is written to {@code out}: it is a terminal, or only text. */
  static boolean isForReading(PrintWriter out) {
    if (!(out instanceof Sink)) {
      return true;
    }
    try {
      String target = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes bytes as they are. A failure is kept, as for text. */
  static void write(PrintWriter out, byte[] bytes) {
    if (!(out instanceof Sink sink)) {
      throw new IllegalArgumentException("bytes must not go to a writer of text");
    }
    sink.flush();
    try {
      sink.stream.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      sink.setError();
    }
  }

  /** A stream that keeps its first failure. */
  private static final class Stream extends OutputStream {
    private final OutputStream to;
    private final Path name;
    private @Nullable IOException failure;

    Stream(OutputStream to, Path name) {
      this.to = to;
      this.name = name;
    }

    /** For systems that say "broken pipe" in another language: pipes fail in no other way. */
    boolean isPipe() {
      try {
        return name.equals(STANDARD_OUTPUT)
            && Files.readSymbolicLink(name).toString().startsWith("pipe:");
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        to.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
