package org.gfnplan.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.diff.Picture;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.FileFailure;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.proof.Proof;
import org.gfnplan.models.proof.ProofReader;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.report.PlanReader;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Inputs that the command line names: paths, or {@code -} for standard input. */
final class Inputs {
  static final String STANDARD_INPUT = "-";
  private static final int MOST_BYTES = 64 << 20;

  private Inputs() {}

  /** Why these hosts cannot be read together, or null; {@code label} is what each is called. */
  static @Nullable String usageProblem(List<String> sources, String label) {
    return sources.size() > 1 && sources.contains(STANDARD_INPUT)
        ? "`-` must be the only " + label
        : null;
  }

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
      problems.add(problem("<stdin>", FileFailure.reading(e)));
    }
    return null;
  }

  /** The guest with its text, or null with its problems added. */
  static GuestReader.@Nullable Source guest(String source, List<InputProblem> problems) {
    try {
      return source.equals(STANDARD_INPUT)
          ? GuestReader.source("<stdin>", standardInput())
          : GuestReader.source(Path.of(source));
    } catch (UnusableInput unusable) {
      problems.addAll(unusable.problems());
    } catch (InvalidPathException e) {
      problems.add(problem(e.getInput(), "not a path: " + e.getReason()));
    } catch (IOException e) {
      problems.add(problem("<stdin>", FileFailure.reading(e)));
    }
    return null;
  }

  /** The plan, or null with its problems added. */
  static @Nullable PlanDocument plan(String source, List<InputProblem> problems) {
    byte[] bytes = bytes(source, problems);
    if (bytes == null) {
      return null;
    }
    try {
      return PlanReader.read(name(source), bytes);
    } catch (UnusableInput unusable) {
      problems.addAll(unusable.problems());
      return null;
    }
  }

  /** The proof, or null with its problems added. */
  static @Nullable Proof proof(String source, List<InputProblem> problems) {
    byte[] bytes = bytes(source, problems);
    if (bytes == null) {
      return null;
    }
    try {
      return ProofReader.read(name(source), bytes);
    } catch (UnusableInput unusable) {
      problems.addAll(unusable.problems());
      return null;
    }
  }

  /** The layout or the map of a guest, or null with its problems added. */
  static @Nullable Picture picture(String source, List<InputProblem> problems) {
    byte[] bytes = bytes(source, problems);
    if (bytes == null) {
      return null;
    }
    try {
      return Picture.read(name(source), bytes);
    } catch (UnusableInput unusable) {
      problems.addAll(unusable.problems());
      return null;
    }
  }

  /** What messages call a source. */
  static String name(String source) {
    return source.equals(STANDARD_INPUT) ? "<stdin>" : source;
  }

  /** What a file is called once it is read: without what a path has too much. */
  static String documentName(String source) {
    try {
      return source.equals(STANDARD_INPUT) ? "<stdin>" : Path.of(source).toString();
    } catch (InvalidPathException e) {
      return source;
    }
  }

  /** What is in a file or on standard input, or null with a problem added. */
  static byte @Nullable [] bytes(String source, List<InputProblem> problems) {
    try {
      if (source.equals(STANDARD_INPUT)) {
        return standardInput();
      }
      try (InputStream in = Files.newInputStream(Path.of(source))) {
        return atMost(in);
      }
    } catch (InvalidPathException e) {
      problems.add(problem(e.getInput(), "not a path: " + e.getReason()));
    } catch (IOException e) {
      problems.add(problem(name(source), FileFailure.reading(e)));
    }
    return null;
  }

  private static byte[] standardInput() throws IOException {
    return atMost(System.in);
  }

  private static byte[] atMost(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("more than %d MiB".formatted(MOST_BYTES >> 20));
    }
    return bytes;
  }

  /** A problem of a document as a whole. */
  static InputProblem problem(String document, String message) {
    return new InputProblem(Origin.builtIn(document, ""), message);
  }
}
