package org.gfnplan.solver.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How native code gets into a process, and what happens when it does not. */
class NativesTest {
  @TempDir Path home;
  private Path cache;
  private Path temporary;

  @BeforeEach
  void makeDirectories() throws IOException {
    cache = home.resolve("cache");
    temporary = Files.createDirectory(home.resolve("tmp"));
  }

  @Test
  void nativeCodeIsLoadedByTheFirstSolveAndNotBefore() throws Exception {
    String said = run();
    assertTrue(said.contains("native before `cp-sat`: false"), said);
    assertTrue(said.contains("native after: true"), said);
    assertTrue(said.contains("decided"), said);
  }

  @Test
  void theCacheIsFilledOnceAndNothingIsLeftInTheTemporaryDirectory() throws Exception {
    run();
    List<Path> filled = list(cache.resolve("gfnplan"));
    assertEquals(1, filled.size(), filled::toString);
    assertTrue(filled.get(0).getFileName().toString().startsWith("ortools-9."), filled::toString);
    FileTime first = Files.getLastModifiedTime(filled.get(0));
    assertTrue(run().contains("decided"));
    assertEquals(filled, list(cache.resolve("gfnplan")));
    assertEquals(first, Files.getLastModifiedTime(filled.get(0)));
    assertEquals(List.of(), list(temporary));
  }

  @Test
  void processesThatFillTheCacheAtOnceShareIt() throws Exception {
    List<Forked> children = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      children.add(Forked.start(environment(), options(temporary), Forked.EASY));
    }
    for (Forked child : children) {
      String said = child.rest();
      assertTrue(said.contains("decided"), said);
      child.exitCode();
    }
    List<Path> filled = list(cache.resolve("gfnplan"));
    assertEquals(1, filled.size(), filled::toString);
    assertEquals(List.of(), list(temporary));
  }

  @Test
  void whatAKilledProcessLeftBehindIsDeleted() throws Exception {
    Path left = Files.createDirectories(cache.resolve("gfnplan/part-1"));
    Path fresh = Files.createDirectories(cache.resolve("gfnplan/part-2"));
    Files.writeString(left.resolve("libz.so.1"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    run();
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(fresh), "it may belong to a process that is at it now");
  }

  @Test
  void aLibraryCutShortIsReplaced() throws Exception {
    run();
    Path library = list(cache.resolve("gfnplan")).get(0).resolve("libortools.so.9");
    try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
      file.setLength(4096);
    }
    assertTrue(run().contains("decided"));
  }

  @Test
  void withoutACacheNothingIsLeftBehindEvenByAKilledProcess() throws Exception {
    Files.writeString(cache, "not a directory");
    Forked child = Forked.start(environment(), options(temporary), Forked.HARD);
    child.awaitMapped("libortools.so.9 (deleted)");
    child.signal("KILL");
    child.exitCode();
    assertEquals(List.of(), list(temporary));
  }

  @Test
  void aCacheThatOthersMayWriteToIsNotUsed() throws Exception {
    Files.createDirectories(cache.resolve("gfnplan"));
    Files.setPosixFilePermissions(
        cache.resolve("gfnplan"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertTrue(run().contains("decided"));
    assertEquals(List.of(), list(cache.resolve("gfnplan")));
  }

  @Test
  void withoutAPlaceForNativeCodeEveryProblemIsGivenUp() throws Exception {
    Files.writeString(cache, "not a directory");
    String said = Forked.run(environment(), options(home.resolve("missing")), Forked.EASY);
    assertTrue(said.contains("cp-sat is not available: "), said);
    assertFalse(said.contains("Exception in"), said);
  }

  /** What a mount without exec, or a libc that is too old, looks like from here. */
  @Test
  void nativeCodeThatCannotBeLoadedIsGivenUp() throws Exception {
    run();
    Path library = list(cache.resolve("gfnplan")).get(0).resolve(Natives.ENTRY);
    byte[] garbage = new byte[(int) Files.size(library)];
    Files.write(library, garbage);
    String said = Forked.run(environment(), options(home.resolve("missing")), Forked.EASY);
    assertTrue(said.contains("cp-sat is not available: "), said);
  }

  @Test
  void sigintEndsTheProcessInGoodOrder() throws Exception {
    Forked child = Forked.start(environment(), options(temporary), Forked.HARD);
    child.awaitMapped("libortools.so.9");
    Thread.sleep(1000);
    child.signal("INT");
    String said = child.rest();
    assertEquals(130, child.exitCode(), said);
    assertTrue(said.contains("hooks ran"), said);
    assertFalse(said.contains("native after"), said);
  }

  private String run() throws IOException, InterruptedException {
    return Forked.run(environment(), options(temporary), Forked.EASY);
  }

  private Map<String, String> environment() {
    return Map.of("XDG_CACHE_HOME", cache.toString());
  }

  private List<String> options(Path temporaryDirectory) {
    return List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + temporaryDirectory);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> !f.getFileName().toString().startsWith("hsperf")).toList();
    }
  }
}
