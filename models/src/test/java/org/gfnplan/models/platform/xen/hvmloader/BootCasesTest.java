package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class BootCasesTest {
  @Test
  void everyRecordedStartIsReproducedFromItsInputs() throws IOException {
    List<String> lines = Files.readAllLines(Shared.folder().resolve("golden/xen-boot.jsonl"));
    assertEquals(1500, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      ObjectNode inputs = CaseText.object(lines.get(i));
      inputs.remove("out");
      String bare = CaseText.line(inputs);
      assertEquals(lines.get(i), BootCases.complete(bare), "line " + (i + 1));
      assertEquals(lines.get(i), BootCases.complete(lines.get(i)), "line " + (i + 1));
    }
  }

  @Test
  void longListsAreRefusedInsteadOfSorted() {
    String entries = String.join(",", Collections.nCopies(5000, "{\"start\":0,\"size\":4096}"));
    String line = "{\"in\":{\"libxl\":{\"memory_mb\":64,\"host_rdm\":[" + entries + "]}}}";
    assertThrows(IllegalArgumentException.class, () -> BootCases.complete(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "{}",
        "{\"in\":7}",
        "{\"in\":{\"libxl\":{\"memory_mb\":-1}}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":1}}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64,\"video_mb\":64}}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64,\"mmio_hole_mb\":255}}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64,\"host_rdm\":[{\"start\":1,\"size\":4096}]}}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64,\"host_rdm\":[{\"start\":4096}]}}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64,\"pci\":[{\"bdf\":\"5\"}]}}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64},\"devices\":[{\"slot\":2,\"bars\":[]}]}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64},\"devices\":[{\"slot\":31},{}]}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64},\"devices\":[{\"slot\":4},{\"slot\":4}]}}",
        "{\"in\":{\"libxl\":{\"memory_mb\":64},\"devices\":[{\"bars\":[{\"i\":5,"
            + "\"type\":\"mem64\",\"size\":16}]}]}}"
      })
  void aLineThatIsNoCaseIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> BootCases.complete(line));
  }
}
