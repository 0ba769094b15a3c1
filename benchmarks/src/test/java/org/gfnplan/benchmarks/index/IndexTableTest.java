package org.gfnplan.benchmarks.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTableTest {
  @TempDir private Path folder;

  @Test
  void timesAreReadAndDividedByOurs() throws IOException {
    Path file = folder.resolve("results.json");
    Files.writeString(
        file,
        "["
            + run("W1AnyBenchmark.any", "gfnindex", 1000, 8, "ns/op")
            + ","
            + run("W1AnyBenchmark.any", "treemap", 1000, 0.08, "us/op")
            + "]");
    String expected =
        """

        **W1Any, uniform**

        | ns | 1,000 | | B/op |
        |---|---:|---:|---:|
        | gfnindex | 8.0 | 1.0x | 0 |
        | treemap | 80.0 | 10.0x | 0 |
        """;
    assertEquals(expected, IndexTable.tables(Measured.read(file)));
  }

  @Test
  void aPlotIsWellFormedAndHasOneCurveForEachImplementation() throws Exception {
    List<Measured> all = new ArrayList<>();
    for (int size : List.of(1_000, 1_000_000, 10_000_000)) {
      all.add(new Measured("W1Any", "gfnindex", "uniform", size, size / 1e5 + 8, 0, null));
      all.add(new Measured("W1Any", "treemap", "uniform", size, size / 1e4 + 80, 0, null));
    }
    all.add(new Measured("W1Batch", "gfnindex", "uniform", 1_000, 8, 0, null));
    Map<String, String> plots = IndexPlot.plots(all);
    assertEquals(List.of("w1any-uniform.svg"), List.copyOf(plots.keySet()));
    byte[] svg = plots.get("w1any-uniform.svg").getBytes(StandardCharsets.UTF_8);
    var picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    assertEquals(2, picture.getElementsByTagName("polyline").getLength());
    assertEquals(6, picture.getElementsByTagName("circle").getLength());
    assertTrue(picture.getDocumentElement().getTextContent().contains("treemap"));
  }

  private static String run(String benchmark, String name, int size, double score, String unit) {
    return """
        {"benchmark": "org.gfnplan.benchmarks.index.%s",
         "params": {"implementation": "%s", "size": "%d", "space": "uniform"},
         "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreUnit": "%s"},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 0.001}}}"""
        .formatted(benchmark, name, size, score, unit);
  }
}
