package org.gfnplan.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gfnplan.models.platform.xen.AssignCases;
import org.gfnplan.models.platform.xen.BuilderCases;
import org.gfnplan.models.platform.xen.hvmloader.BootCases;
import org.gfnplan.models.platform.xen.hvmloader.HvmloaderCases;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one prediction of what Xen does take, as {@code predict} makes it: a line of JSON
 * read, answered and written? Recorded cases lie in the folder that {@code GFNPLAN_SHARED} names;
 * those of {@code assign} are made here.
 *
 * <pre>GFNPLAN_SHARED=... java -jar benchmarks/target/benchmarks.jar XenPredictionBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class XenPredictionBenchmark {
  private static final int ASSIGN_CASES = 64;

  @Param({"xen-builder", "xen-hvmloader", "xen-boot", "assign"})
  private String party = "";

  private final List<String> lines = new ArrayList<>();
  private int next;

  /** Takes the cases into memory. */
  @Setup
  public void read() {
    if (party.equals("assign")) {
      for (int i = 0; i < ASSIGN_CASES; i++) {
        lines.add(assignCase(i));
      }
      return;
    }
    String folder = System.getenv("GFNPLAN_SHARED");
    if (folder == null) {
      throw new IllegalStateException("GFNPLAN_SHARED must name the folder with recorded cases");
    }
    try {
      lines.addAll(Files.readAllLines(Path.of(folder, "golden", party + ".jsonl")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A guest of 4 GiB that gets, loses and gets back one of three devices. */
  private static String assignCase(int seed) {
    long first = 0x80000L + seed * 0x100L;
    return """
        {"in":{"p2m":[{"gfn":"0x0","count":160,"type":"ram"},\
        {"gfn":"0xc0","count":%d,"type":"ram"},{"gfn":"0x100000","count":524288,"type":"ram"}],\
        "host_rdm":[{"start":"0x%x","size":"0x100000","devs":["00:02.0"]},\
        {"start":"0x%x","size":"0x20000","devs":["00:14.0"]},\
        {"start":"0x1000000","size":"0x20000","devs":["00:1a.0"]}],\
        "events":[{"attach":"00:02.0"},{"attach":"00:14.0"},{"detach":"00:02.0"},\
        {"attach":"00:1a.0","policy":"relaxed"},{"attach":"00:02.0"}]}}"""
        .formatted(first - 0xc0, first << 12, (first + 0x100) << 12);
  }

  private String line() {
    next = next + 1 < lines.size() ? next + 1 : 0;
    return lines.get(next);
  }

  /** One case, completed. */
  @Benchmark
  public String predicted() {
    String line = line();
    return switch (party) {
      case "xen-builder" -> BuilderCases.complete(line);
      case "xen-hvmloader" -> HvmloaderCases.complete(line);
      case "xen-boot" -> BootCases.complete(line);
      default -> AssignCases.complete(line);
    };
  }
}
