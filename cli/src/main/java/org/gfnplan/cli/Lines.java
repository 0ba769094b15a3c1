package org.gfnplan.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.gfnplan.models.input.FileFailure;
import org.gfnplan.models.input.UnusableInput;
import org.jspecify.annotations.Nullable;

/** The lines of a file or of standard input that are not blank, with their numbers. */
final class Lines implements AutoCloseable {
  private final String name;
  private final BufferedReader reader;
  private int number;

  private Lines(String name, InputStream in) {
    this.name = name;
    this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /**
   * The lines of a file, or of standard input for {@code -}.
   *
   * @throws UnusableInput when it cannot be opened
   */
  static Lines of(String source) throws UnusableInput {
    if (source.equals(Inputs.STANDARD_INPUT)) {
      return new Lines("<stdin>", System.in);
    }
    try {
      Path file = Path.of(source);
      // The JDK opens a directory, and fails at the first read in words of the system.
      if (Files.isDirectory(file)) {
        throw unusable(source, "is a directory");
      }
      return new Lines(source, Files.newInputStream(file));
    } catch (InvalidPathException e) {
      throw unusable(source, "not a path: " + e.getReason());
    } catch (IOException e) {
      throw unusable(source, FileFailure.reading(e));
    }
  }

  /**
   * The next line that is not blank, or null at the end.
   *
   * @throws UnusableInput when it cannot be read
   */
  @Nullable String next() throws UnusableInput {
    try {
      String line = reader.readLine();
      number++;
      while (line != null && line.isBlank()) {
        line = reader.readLine();
        number++;
      }
      return line;
    } catch (IOException e) {
      throw unusable(name, FileFailure.reading(e));
    }
  }

  /** The number of the line that {@link #next} returned last, from 1. */
  int number() {
    return number;
  }

  @Override
  public void close() throws UnusableInput {
    try {
      reader.close();
    } catch (IOException e) {
      throw unusable(name, FileFailure.reading(e));
    }
  }

  private static UnusableInput unusable(String name, String message) {
    return new UnusableInput(List.of(Inputs.problem(name, message)));
  }
}
