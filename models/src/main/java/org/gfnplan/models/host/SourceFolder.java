package org.gfnplan.models.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.input.FileFailure;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the sources that a user names: files, and directories of files. */
final class SourceFolder {
  private static final int MOST_BYTES = 64 << 20;
  private static final int SHOWN_NAMES = 4;

  private final List<SourceFacts> facts = new ArrayList<>();
  private @Nullable String name;
  private boolean otherTables;

  /** What the sources say, in the order in which they were added, files by name. */
  List<SourceFacts> facts() {
    return facts;
  }

  /** What the first source calls the host. */
  String name() {
    return name == null ? "host" : name;
  }

  /** Reads a file or a directory. */
  void add(Path source) {
    if (name == null) {
      name = hostName(source.normalize());
    }
    if (Files.isDirectory(source)) {
      addDirectory(source);
    } else {
      addFile(source, null);
    }
  }

  /** The last name of the path; a folder that is just called host is named by the one above. */
  private static String hostName(Path source) {
    Path last = source.getFileName();
    Path above = source.getParent();
    Path aboveName = above == null ? null : above.getFileName();
    if (last != null && last.toString().equals("host") && aboveName != null) {
      last = aboveName;
    }
    return last == null || last.toString().isEmpty() ? "host" : last.toString();
  }

  private void addDirectory(Path directory) {
    List<Path> files = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    SourceTree tree = SourceTree.read(directory);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        // Anything else may block when it is read, or lead back to where it came from.
        if (Files.isRegularFile(entry)) {
          files.add(entry);
        } else if (!tree.isUsed(entry)) {
          ignored.add(fileName(entry));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      problem(directory, FileFailure.reading(e, "cannot be read as a directory"));
      return;
    }
    SourceFacts inFolders = tree.facts();
    if (files.isEmpty() && inFolders == null) {
      problem(directory, "the directory holds no file");
      return;
    }
    files.sort(Path::compareTo);
    int before = facts.size();
    otherTables = false;
    if (inFolders != null) {
      facts.add(inFolders);
    }
    if (tree.isUsed(directory)) {
      return;
    }
    for (Path file : files) {
      addFile(file, ignored);
    }
    if (facts.size() == before && !otherTables) {
      problem(directory, "nothing in the directory is recognised as host data: " + names(ignored));
      return;
    }
    if (!ignored.isEmpty()) {
      SourceFacts skipped = new SourceFacts(documentName(directory));
      skipped.addFinding(
          Severity.NOTE,
          "source-ignored",
          "nothing in it was recognised as host data: " + names(ignored),
          Origin.builtIn(documentName(directory), documentName(directory)));
      facts.add(skipped);
    }
  }

  /* A file that is not recognised is a problem when the user named it, and else one to skip. */
  private void addFile(Path path, @Nullable List<String> ignored) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      problem(path, FileFailure.reading(e));
      return;
    }
    SourceFile file = new SourceFile(documentName(path), bytes);
    if (bytes.length > MOST_BYTES) {
      problem(path, "is larger than 64 MiB");
      return;
    }
    List<SourceFacts> read = SourceKind.read(file);
    facts.addAll(read);
    if (!read.isEmpty()) {
      return;
    }
    if (ignored != null) {
      otherTables |= SourceKind.isOtherTable(file);
      ignored.add(fileName(path));
    } else {
      SourceFacts unknown = new SourceFacts(file.document());
      unknown.addProblem(SourceKind.unknown(file));
      facts.add(unknown);
    }
  }

  private void problem(Path path, String message) {
    SourceFacts broken = new SourceFacts(documentName(path));
    broken.addProblem(
        new InputProblem(Origin.builtIn(documentName(path), documentName(path)), message));
    facts.add(broken);
  }

  private static String names(List<String> ignored) {
    ignored.sort(String::compareTo);
    String shown = ignored.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "));
    int more = ignored.size() - SHOWN_NAMES;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }

  private static String documentName(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
