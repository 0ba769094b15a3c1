package org.gfnplan.solver.ortools;

import com.google.ortools.Loader;
import com.google.ortools.sat.CpModel;
import com.google.ortools.util.Domain;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The native code of OR-Tools: loaded once, when it is first asked for. */
final class Natives {
  /*
   * The library's own Loader unpacks 69 MiB into a new directory under java.io.tmpdir in every
   * process (0.6 s of the 0.9 s to a first answer), leaves it there when the process is killed, and
   * returns as if all were well when it cannot unpack. So: load from a directory of the user's
   * cache, unpacked once for each version; without a usable cache unpack to a private temporary
   * directory that is deleted as soon as the libraries are mapped, which Linux allows. Either way
   * one native object is built before the answer is "available".
   */

  /** The folder of the native libraries in the jar of the platform we ship. */
  static final String FOLDER = "ortools-linux-x86-64/";

  /** The library to load; it names the other ones, and finds them beside itself. */
  static final String ENTRY = "libjniortools.so";

  private Natives() {}

  /** Why the native code cannot be used, in one line, or null when it is loaded and works. */
  static @Nullable String complaint() {
    return Once.COMPLAINT;
  }

  private static final class Once {
    static final @Nullable String COMPLAINT = load();
  }

  private static @Nullable String load() {
    String platform = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    if (!platform.equals("Linux-amd64")) {
      return "no native code for " + platform + " in this build";
    }
    try {
      loadLibraries();
      return probe() ? null : "its native code gives wrong results";
    } catch (IOException | LinkageError | RuntimeException e) {
      Throwable cause = e.getCause();
      return Reasons.shorten(cause == null ? e.toString() : cause.toString());
    }
  }

  private static void loadLibraries() throws IOException {
    URL entry = Domain.class.getClassLoader().getResource(FOLDER + ENTRY);
    if (entry == null || !(entry.openConnection() instanceof JarURLConnection connection)) {
      // Not in a jar: only the library's own loader can know where it is.
      Loader.loadNativeLibraries();
      return;
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      Unpacked unpacked = Unpacked.of(jar);
      if (!loadFromCache(unpacked)) {
        loadFromTemporary(unpacked);
      }
    }
  }

  private static boolean loadFromCache(Unpacked unpacked) {
    Path cache = cacheDirectory();
    if (cache == null) {
      return false;
    }
    try {
      System.load(unpacked.in(cache).resolve(ENTRY).toString());
      return true;
    } catch (IOException | LinkageError | UnsupportedOperationException e) {
      // A full disk, a directory of somebody else, a mount without exec: there is another way.
      return false;
    }
  }

  private static void loadFromTemporary(Unpacked unpacked) throws IOException {
    Path directory = Files.createTempDirectory("gfnplan-ortools").toAbsolutePath();
    try {
      unpacked.copyTo(directory);
      System.load(directory.resolve(ENTRY).toString());
    } finally {
      Unpacked.delete(directory);
    }
  }

  /** {@code $XDG_CACHE_HOME/gfnplan} or {@code ~/.cache/gfnplan}; null when there is neither. */
  private static @Nullable Path cacheDirectory() {
    String given = System.getenv("XDG_CACHE_HOME");
    // The XDG specification: a path that is not absolute is to be ignored.
    if (given != null && given.startsWith("/")) {
      return Path.of(given, "gfnplan");
    }
    String home = System.getProperty("user.home");
    return home != null && home.startsWith("/") ? Path.of(home, ".cache", "gfnplan") : null;
  }

  /**
   * Whether a native object can be built and gives back what was put in. An empty model is built as
   * well: it cannot be when the Protobuf on the class path is older than OR-Tools wants.
   */
  private static boolean probe() {
    Domain domain = new Domain(2, 5);
    return domain.min() == 2 && domain.max() == 5 && !new CpModel().hasObjective();
  }
}
