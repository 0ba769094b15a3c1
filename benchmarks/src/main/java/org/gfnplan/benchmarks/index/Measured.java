package org.gfnplan.benchmarks.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of what JMH measured.
 *
 * @param question the name of the class without {@code Benchmark}
 * @param implementation what was measured
 * @param space how extents lie, or nothing
 * @param size how many extents
 * @param nanos nanoseconds per operation; to build and to join, per extent
 * @param error half the width of its confidence interval
 * @param allocated bytes per operation, or null when nobody looked
 */
record Measured(
    String question,
    String implementation,
    String space,
    int size,
    double nanos,
    double error,
    @Nullable Double allocated) {
  private static final Set<String> WHOLE = Set.of("W4BuildBenchmark", "W1JoinBenchmark");

  /** Reads what {@code -rf json} wrote. */
  static List<Measured> read(Path file) throws IOException {
    List<Measured> all = new ArrayList<>();
    for (JsonNode run : JsonMapper.shared().readTree(Files.readString(file))) {
      String[] names = run.path("benchmark").asString().split("\\.");
      String question = names[names.length - 2];
      if (!run.path("params").has("size")) {
        continue;
      }
      JsonNode metric = run.path("primaryMetric");
      double unit = metric.path("scoreUnit").asString().startsWith("us") ? 1_000 : 1;
      int size = Integer.parseInt(run.path("params").path("size").asString());
      // One operation is the whole set.
      unit /= WHOLE.contains(question) ? size : 1;
      JsonNode allocated = run.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
      all.add(
          new Measured(
              question.replace("Benchmark", ""),
              run.path("params").path("implementation").asString("gfnindex"),
              run.path("params").path("space").asString(""),
              size,
              metric.path("score").asDouble() * unit,
              // One iteration has no error, and JMH writes "NaN".
              metric.path("scoreError").asDouble(0) * unit,
              allocated.isNumber() ? allocated.asDouble() : null));
    }
    return all;
  }
}
