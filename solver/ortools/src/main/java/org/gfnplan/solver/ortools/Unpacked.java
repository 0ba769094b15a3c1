package org.gfnplan.solver.ortools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The native libraries of a jar as files of a directory that is named after their content. */
final class Unpacked {
  /*
   * The name of the directory is a checksum of names, sizes and checksums of all libraries, as the
   * jar's index gives them, so two versions never share one. Files are written beside it and the
   * directory is renamed into place when all of them are there: whoever sees it sees all of it.
   * Sizes are compared at each use because a file cut short by a crash of the machine would end
   * this process with SIGBUS, not with an exception.
   */
  private static final String PART = "part-";

  private static final String VERSION = "ortools-";

  /** How old a part, or another version, must be before it counts as left behind. */
  private static final Duration STALE = Duration.ofDays(1);

  private final JarFile jar;
  private final List<JarEntry> libraries = new ArrayList<>();
  private final String name;

  private Unpacked(JarFile jar) {
    this.jar = jar;
    jar.stream()
        .filter(entry -> entry.getName().startsWith(Natives.FOLDER) && !entry.isDirectory())
        .sorted(Comparator.comparing(JarEntry::getName))
        .forEach(libraries::add);
    CRC32 content = new CRC32();
    for (JarEntry library : libraries) {
      String line = "%s %d %x%n".formatted(library.getName(), library.getSize(), library.getCrc());
      content.update(line.getBytes(StandardCharsets.UTF_8));
    }
    name = VERSION + "%s-%08x".formatted(version(jar), content.getValue());
  }

  static Unpacked of(JarFile jar) {
    return new Unpacked(jar);
  }

  private static String version(JarFile jar) {
    JarEntry pom =
        jar.getJarEntry("META-INF/maven/com.google.ortools/ortools-linux-x86-64/pom.properties");
    if (pom != null) {
      try (InputStream in = jar.getInputStream(pom)) {
        Properties properties = new Properties();
        properties.load(in);
        return properties.getProperty("version", "unknown").replaceAll("[^0-9A-Za-z.]", "_");
      } catch (IOException e) {
        // The checksum tells versions apart; the number is there for people.
        return "unknown";
      }
    }
    return "unknown";
  }

  /** The directory with all libraries in {@code cache}, which is filled when it is not yet. */
  Path in(Path cache) throws IOException {
    Path directory = cache.resolve(name);
    if (isComplete(directory)) {
      requireOurs(directory);
      return directory;
    }
    Files.createDirectories(
        cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    requireOurs(cache);
    deleteLeftovers(cache);
    Path part = Files.createTempDirectory(cache, PART);
    try {
      copyTo(part);
      if (!isComplete(directory)) {
        delete(directory);
        Files.move(part, directory);
      }
    } catch (FileSystemException e) {
      // Another process may have been faster; then its copy is as good as ours.
      if (!isComplete(directory)) {
        throw e;
      }
    } finally {
      delete(part);
    }
    requireOurs(directory);
    return directory;
  }

  /** Writes all libraries into a directory. */
  void copyTo(Path directory) throws IOException {
    for (JarEntry library : libraries) {
      try (InputStream in = jar.getInputStream(library)) {
        Files.copy(in, directory.resolve(fileName(library)));
      }
    }
  }

  private boolean isComplete(Path directory) {
    for (JarEntry library : libraries) {
      if (directory.resolve(fileName(library)).toFile().length() != library.getSize()) {
        return false;
      }
    }
    return true;
  }

  private static String fileName(JarEntry library) {
    return library.getName().substring(Natives.FOLDER.length());
  }

  /** Code that somebody else could have written is not loaded. */
  private static void requireOurs(Path directory) throws IOException {
    Object owner = Files.getAttribute(directory, "unix:uid");
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(directory);
    if (!owner.equals(self)
        || allowed.contains(PosixFilePermission.GROUP_WRITE)
        || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("others may write to " + directory);
    }
  }

  private static void deleteLeftovers(Path cache) throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(STALE));
    try (Stream<Path> found = Files.list(cache)) {
      for (Path path : found.toList()) {
        String file = path.getFileName().toString();
        if ((file.startsWith(PART) || file.startsWith(VERSION))
            && Files.getLastModifiedTime(path).compareTo(limit) < 0) {
          delete(path);
        }
      }
    }
  }

  /** Deletes a directory of files as far as that is possible; nothing happens if there is none. */
  static void delete(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // What cannot be deleted stays; the next process that unpacks tries again.
      return;
    }
  }
}
