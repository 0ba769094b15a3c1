package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, in a folder with a space in its name and run through a link from elsewhere. Most
 * tests give it a JDK that only notes what it is asked for.
 */
class LauncherTest {
  private static final Path APP = Path.of("cli", "target", "app");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cksum",
          "dirname",
          "env",
          "find",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sleep",
          "stat",
          "touch");

  @TempDir private Path folder;
  private Path home;
  private Path app;
  private Path link;
  private Path jdk;
  private Path asked;
  private Path tools;

  @BeforeEach
  void copyLauncher() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    home = Files.createDirectories(folder.resolve("a home"));
    app = home.resolve(APP);
    Files.copy(Path.of("gfnplan"), home.resolve("gfnplan"));
    home.resolve("gfnplan").toFile().setExecutable(true);
    Path elsewhere = Files.createDirectory(folder.resolve("else where"));
    link = Files.createSymbolicLink(elsewhere.resolve("link"), home.resolve("gfnplan"));
    asked = folder.resolve("asked");
    jdk = folder.resolve("a jdk");
    script(
        jdk.resolve("bin/java"),
        "echo \"$*\" >>'%s'".formatted(asked),
        "for a; do case $a in -XX:ArchiveClassesAtExit=*) [ -e '%s' ] || : >\"${a#*=}\" ;; esac; done"
            .formatted(folder.resolve("no archives")));
    Files.createDirectory(jdk.resolve("lib"));
    Files.writeString(jdk.resolve("lib/modules"), "");
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      give(tool);
    }
  }

  private void give(String tool) throws IOException {
    script(tools.resolve(tool), "exec '%s' \"$@\"".formatted(onPath(tool)));
  }

  private static Path onPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(part -> Path.of(part, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such tool: name=" + tool));
  }

  private static void script(Path path, String... lines) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void pretendBuilt() throws IOException {
    Files.createDirectories(app.resolve("lib"));
    Files.writeString(app.resolve("gfnplan.jar"), "");
  }

  private Process start(String javaHome, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(link.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(link.getParent().toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "GFNPLAN_JAVA_OPTS"));
    environment.put("PATH", tools.toString());
    environment.put("JAVA_HOME", javaHome);
    return builder.start();
  }

  /** Output and error together, after the exit code. */
  private static Run end(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), said);
    return new Run(process.exitValue(), said, "");
  }

  private Run run(String... args) throws IOException, InterruptedException {
    return end(start(jdk.toString(), args));
  }

  private void assertRefused(Run run, String why) {
    assertEquals(ExitCode.UNUSABLE, run.exit(), run.out());
    assertTrue(run.out().startsWith("gfnplan: ") && run.out().contains(why), run.out());
  }

  private long asked(String what) throws IOException {
    try (Stream<String> lines = Files.lines(asked)) {
      return lines.filter(line -> line.contains(what)).count();
    }
  }

  @Test
  void whatIsBuiltRunsReadOnlyAndKeepsTheExitCode() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(APP.resolve("gfnplan.jar")), "nothing is built");
    Files.createDirectories(app);
    Files.copy(APP.resolve("gfnplan.jar"), app.resolve("gfnplan.jar"));
    Files.createSymbolicLink(app.resolve("lib"), APP.resolve("lib").toAbsolutePath());
    for (Path path : List.of(app, app.getParent(), home)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    String java = System.getProperty("java.home");
    String hole = Path.of("examples/igd-small-hole").toAbsolutePath().toString();
    Run conflict =
        end(start(java, "plan", "--host", hole + "/host", "--guest", hole + "/guest.cfg"));
    assertEquals(ExitCode.CONFLICT, conflict.exit(), conflict.out());
    assertEquals(ExitCode.LAYOUT, end(start(java, "--version")).exit());
    assertEquals(ExitCode.UNUSABLE, end(start(java, "plan")).exit());
    for (Path path : List.of(app, app.getParent(), home)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.delete(app.resolve("lib"));
  }

  @Test
  void aMissingJavaIsToldWithTwo() throws IOException, InterruptedException {
    pretendBuilt();
    assertRefused(end(start("/no/such/jdk")), "/no/such/jdk/bin/java cannot be found");
    assertRefused(end(start("")), "java cannot be found");
  }

  @Test
  void anOldJavaIsToldWithTwo() throws IOException, InterruptedException {
    pretendBuilt();
    for (String version : List.of("1.8.0_402", "11.0.22", "16")) {
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
      assertRefused(run("--version"), "is " + version);
    }
    for (String version : List.of("17.0.15", "21", "25-ea")) {
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
      assertEquals(0, run("--version").exit(), version);
    }
  }

  @Test
  void aFolderThatCannotBeBuiltInIsToldWithTwo() throws IOException, InterruptedException {
    Files.createDirectory(home.resolve("cli"));
    Files.writeString(home.resolve("cli/target"), "");
    assertRefused(run("--version"), "cannot be written");
  }

  @Test
  void aMissingMavenAndAFailedBuildAreToldWithTwo() throws IOException, InterruptedException {
    assertRefused(run("--version"), "mvn is needed to build");
    script(tools.resolve("mvn"), "exit 1");
    assertRefused(run("--version"), "the build failed");
  }

  @Test
  void anArchiveIsMadeOnceForAJdkAndABuild() throws IOException, InterruptedException {
    pretendBuilt();
    Path modules = jdk.resolve("lib/modules");
    for (int round = 1; round <= 3; round++) {
      // Packages bring the times of their own build, which may lie before any archive's.
      Files.setLastModifiedTime(modules, FileTime.fromMillis(1_000_000_000_000L - 10_000L * round));
      assertEquals(0, run("--version").exit());
      assertEquals(0, run("--version").exit());
      assertEquals(round, asked("ArchiveClassesAtExit"), "round " + round);
    }
    Files.writeString(app.resolve("lib/other.jar"), "new");
    assertEquals(0, run("--version").exit());
    assertEquals(4, asked("ArchiveClassesAtExit"), "after a build");
    try (Stream<Path> files = Files.list(app)) {
      assertEquals(1, files.filter(path -> path.toString().endsWith(".jsa")).count());
    }
  }

  @Test
  void anArchiveThatCannotBeMadeIsTriedOnce() throws IOException, InterruptedException {
    pretendBuilt();
    Files.writeString(folder.resolve("no archives"), "");
    assertEquals(0, run("--version").exit());
    assertEquals(0, run("--version").exit());
    assertEquals(1, asked("ArchiveClassesAtExit"));
    assertEquals(0, asked("SharedArchiveFile"));
  }

  @Test
  void streamsHaveTheOptimisingCompiler() throws IOException, InterruptedException {
    pretendBuilt();
    run("plan", "--batch", "b");
    run("predict", "xen-builder", "--cases=c");
    assertEquals(0, asked("TieredStopAtLevel"));
    run("plan");
    assertEquals(1, asked("TieredStopAtLevel"));
  }

  @Test
  void twoFirstRunsBuildOnceWithAndWithoutFlock() throws IOException, InterruptedException {
    Path builds = folder.resolve("builds");
    script(
        tools.resolve("mvn"),
        "echo build >>'%s'".formatted(builds),
        "sleep 1; mkdir -p cli/target/app; : >cli/target/app/gfnplan.jar");
    buildTwice();
    assertEquals(1, Files.readAllLines(builds).size());
    Files.delete(app.resolve("gfnplan.jar"));
    give("flock");
    buildTwice();
    assertEquals(2, Files.readAllLines(builds).size());
  }

  private void buildTwice() throws IOException, InterruptedException {
    Process one = start(jdk.toString(), "--version");
    Process other = start(jdk.toString(), "--version");
    Run first = end(one);
    Run second = end(other);
    assertEquals(0, first.exit(), first.out());
    assertEquals(0, second.exit(), second.out());
  }
}
