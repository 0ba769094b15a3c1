package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class HvmloaderCasesTest {
  private static final List<String> OUTPUTS =
      List.of(
          "result",
          "pci_mem_start",
          "pci_mem_end",
          "pci_hi_start",
          "pci_hi_end",
          "low_after",
          "high_after",
          "placed",
          "e820");

  @Test
  void everyRecordedAnswerOfHvmloaderIsReproducedFromItsInputs() throws IOException {
    List<String> lines = Files.readAllLines(Shared.folder().resolve("golden/xen-hvmloader.jsonl"));
    assertEquals(250, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      ObjectNode inputs = CaseText.object(lines.get(i));
      inputs.remove(OUTPUTS);
      String bare = CaseText.line(inputs);
      assertEquals(lines.get(i), HvmloaderCases.complete(bare), "line " + (i + 1));
      assertEquals(lines.get(i), HvmloaderCases.complete(lines.get(i)), "line " + (i + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"lowmem_end\":\"0xff000\"}",
        "{\"lowmem_end\":\"0x3f000001\"}",
        "{\"lowmem_end\":\"0x3f000000\",\"highmem_end\":\"0x100000000\"}",
        "{\"lowmem_end\":\"0x3f000000\",\"phys_bits\":64}",
        "{\"lowmem_end\":\"0x3f000000\",\"map\":[[1,2]]}",
        "{\"lowmem_end\":\"0x3f000000\",\"map\":[[\"0x2\",\"0x1\",1]]}",
        "{\"lowmem_end\":\"0x3f000000\",\"bars\":[7]}",
        "{\"lowmem_end\":\"0x3f000000\",\"bars\":[{\"devfn\":9,\"bar\":4,\"size\":\"0x11\","
            + "\"is64\":false,\"kind\":\"io\"}]}",
        "{\"lowmem_end\":\"0x3f000000\",\"bars\":[{\"devfn\":9,\"bar\":5,\"size\":\"0x10\","
            + "\"is64\":true,\"kind\":\"mem\"}]}",
        "{\"lowmem_end\":\"0x3f000000\",\"acpi_pages\":1e3}"
      })
  void aLineThatIsNoCaseIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> HvmloaderCases.complete(line));
  }
}
