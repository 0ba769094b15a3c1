package org.gfnplan.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.gfnplan.models.platform.qemu.QemuAnswer;
import org.gfnplan.models.platform.qemu.QemuCases;
import org.gfnplan.models.platform.qemu.QemuConfig;
import org.gfnplan.models.platform.qemu.QemuReplay;
import org.gfnplan.models.platform.qemu.QemuVersion;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long is one prediction of QEMU's layout? The recorded configurations, in turn: {@code replay}
 * alone, and {@code line} from JSON to JSON as {@code predict qemu} does it. The rival is QEMU
 * itself, which starts in some 45 ms.
 *
 * <pre>GFNPLAN_SHARED=shared java -jar benchmarks/target/benchmarks.jar QemuReplayBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class QemuReplayBenchmark {
  private List<String> lines = List.of();
  private List<QemuConfig> configs = List.of();
  private int next;

  /** Reads the recorded configurations. */
  @Setup
  public void read() throws IOException {
    String shared = Objects.requireNonNull(System.getenv("GFNPLAN_SHARED"), "GFNPLAN_SHARED");
    lines = Files.readAllLines(Path.of(shared, "golden", "qemu.jsonl"));
    configs = lines.stream().map(line -> QemuCases.config(line, QemuVersion.V7_2)).toList();
  }

  private int turn() {
    next = next + 1 == lines.size() ? 0 : next + 1;
    return next;
  }

  /** The layout or refusal of a configuration. */
  @Benchmark
  public QemuAnswer replay() {
    return QemuReplay.layout(configs.get(turn()));
  }

  /** The same from a line to a line. */
  @Benchmark
  public String line() {
    return QemuCases.complete(lines.get(turn()), QemuVersion.V7_2);
  }
}
