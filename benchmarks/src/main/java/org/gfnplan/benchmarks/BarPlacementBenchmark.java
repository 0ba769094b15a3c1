package org.gfnplan.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.xen.hvmloader.BarAddresses;
import org.gfnplan.models.platform.xen.hvmloader.BarPlacement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to place ten registers among four reserved ranges for one hole of a guest,
 * when all 3,585 holes are asked for? Divide {@code checked} by {@code placed}.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar BarPlacementBenchmark -rf json</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class BarPlacementBenchmark {
  private static final int LEAST = 256;
  private static final int LARGEST = 3840;
  private static final long MIB = 1L << 20;
  private static final long FOUR_GIB = 1L << 32;
  private static final long WINDOW_END = 0xfc00_0000L;

  private final BarPlacement rule =
      new BarPlacement(
          new long[] {
            256 * MIB, 32 * MIB, 16 * MIB, 16 * MIB, MIB, 1 << 18, 1 << 16, 1 << 14, 1 << 12,
            1 << 12
          },
          new boolean[] {true, true, false, false, true, false, false, true, false, false},
          List.of(
              reserved(0x7b80_0000L, 0x8000_0000L),
              reserved(0xad80_0000L, 0xb000_0000L),
              reserved(0xf100_0000L, 0xf200_0000L),
              reserved(0x1_2000_0000L, 0x1_2010_0000L)));
  private final BarAddresses placed = new BarAddresses(rule.count());

  private static E820Entry reserved(long start, long end) {
    return new E820Entry(start, end, E820Entry.RESERVED);
  }

  /** Addresses only. */
  @Benchmark
  @OperationsPerInvocation(LARGEST - LEAST + 1)
  public int placed() {
    int good = 0;
    for (int hole = LEAST; hole <= LARGEST; hole++) {
      good += place(hole) ? 1 : 0;
    }
    return good;
  }

  /** Addresses, and whether one lies on a reserved range after all. */
  @Benchmark
  @OperationsPerInvocation(LARGEST - LEAST + 1)
  public int checked() {
    int good = 0;
    for (int hole = LEAST; hole <= LARGEST; hole++) {
      good += place(hole) && rule.firstOnReserved(placed) == BarPlacement.ALL_PLACED ? 1 : 0;
    }
    return good;
  }

  private boolean place(int hole) {
    long moved = hole * MIB;
    return rule.place(FOUR_GIB - moved, WINDOW_END, FOUR_GIB + moved, 1L << 40, placed)
        == BarPlacement.ALL_PLACED;
  }
}
