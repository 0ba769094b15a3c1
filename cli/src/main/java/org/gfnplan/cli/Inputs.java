package org.gfnplan.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Inputs that the command line names: paths, or {@code -} for standard input. */
final class Inputs {
  private static final String STANDARD_INPUT = "-";
  private static final int MOST_BYTES = 64 << 20;

  private Inputs() {}

  /** The host, or null with its problems added. */
  static @Nullable Host host(List<String> sources, List<InputProblem> problems) {
    try {
      if (sources.equals(List.of(STANDARD_INPUT))) {
        return HostReader.readText("<stdin>", standardInput());
      }
      List<Path> paths = new ArrayList<>();
      for (String source : sources) {
        paths.add(Path.of(source));
      }
      return HostReader.read(paths);
    } catch (UnusableInput unusable) {
      problems.addAll(unusable.problems());
    } catch (InvalidPathException e) {
      problems.add(problem(e.getInput(), "not a path: " + e.getReason()));
    } catch (IOException e) {
      problems.add(problem("<stdin>", reason(e)));
    }
    return null;
  }

  /** The guest, or null with its problems added. */
  static @Nullable Guest guest(String source, List<InputProblem> problems) {
    try {
      return source.equals(STANDARD_INPUT)
          ? GuestReader.read("<stdin>", standardInput())
          : GuestReader.read(Path.of(source));
    } catch (UnusableInput unusable) {
      problems.addAll(unusable.problems());
    } catch (InvalidPathException e) {
      problems.add(problem(e.getInput(), "not a path: " + e.getReason()));
    } catch (IOException e) {
      problems.add(problem("<stdin>", reason(e)));
    }
    return null;
  }

  /**
   * The lines of a file or of standard input.
   *
   * @throws IOException when it cannot be read
   */
  static BufferedReader lines(String source) throws IOException {
    InputStream in =
        source.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(source));
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static byte[] standardInput() throws IOException {
    byte[] bytes = System.in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("more than %d MiB".formatted(MOST_BYTES >> 20));
    }
    return bytes;
  }

  /** What an I/O failure means, in words that do not name Java. */
  static String reason(IOException failure) {
    if (failure instanceof java.nio.file.NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    String message = failure.getMessage();
    return message == null ? "cannot be read" : "cannot be read: " + message;
  }

  private static InputProblem problem(String document, String message) {
    return new InputProblem(Origin.builtIn(document, ""), message);
  }
}
