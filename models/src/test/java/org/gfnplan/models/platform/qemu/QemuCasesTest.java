package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QemuCasesTest {
  @Test
  void everyRecordedAnswerOfTheRealQemuIsReproduced() throws IOException {
    List<String> lines = Files.readAllLines(Shared.folder().resolve("golden/qemu.jsonl"));
    assertEquals(1675, lines.size());
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String answer = QemuCases.complete(lines.get(i));
      if (!answer.equals(lines.get(i))) {
        wrong.add("line %d%n%s%n%s".formatted(i + 1, lines.get(i), answer));
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What QEMU 7.2 said of random configurations that the replay once had otherwise. */
  @Test
  void whatRandomConfigurationsFoundIsKept() {
    assertAnswer(
        "No 'PCI' bus found for device 'virtio-pmem-pci'",
        "{\"config\":{\"machine\":\"microvm\",\"ram\":2147483648,\"slots\":1,\"maxmem\":4294967296,"
            + "\"extra_args\":[\"-object\",\"memory-backend-ram,id=m0,size=1G,reserve=off\","
            + "\"-device\",\"virtio-pmem-pci,id=d0,memdev=m0\"]}}");
    assertAnswer(
        "ACPI table size 68159 exceeds 65536",
        "{\"config\":{\"machine\":\"pc-i440fx-7.1\",\"ram\":7525629952,\"slots\":120,"
            + "\"maxmem\":23455596544,\"hole64_size\":0,\"cpu\":\"coreduo\",\"nvdimms\":["
            + "{\"id\":\"d0\",\"size\":320864256,\"label_size\":262144},"
            + "{\"id\":\"d1\",\"size\":385875968,\"label_size\":2097152}]}}");
    assertAnswer(
        "are not enabled, please specify the maxmem option",
        "{\"config\":{\"machine\":\"pc\",\"ram\":1048576,\"extra_args\":[\"-object\","
            + "\"memory-backend-ram,id=m0,size=2M,reserve=off\",\"-device\","
            + "\"virtio-pmem-pci,id=d0,memdev=m0\"]}}");
    assertAnswer(
        "ACPI table size 67038 exceeds 65536",
        "{\"config\":{\"machine\":\"pc-i440fx-2.1\",\"ram\":1048576,\"slots\":120,"
            + "\"maxmem\":3145728,\"hole64_size\":0,"
            + "\"nvdimms\":[{\"id\":\"d0\",\"size\":2097152}]}}");
  }

  private static void assertAnswer(String words, String line) {
    String answer = QemuCases.complete(line);
    assertTrue(answer.contains(words), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"config\":[]}",
        "{\"config\":{\"machine\":\"pc\"}}",
        "{\"config\":{\"machine\":\"pc-i440fx-2.13\",\"ram\":4294967296}}",
        "{\"config\":{\"machine\":\"pc-q35-3.0.1\",\"ram\":4294967296}}",
        "{\"config\":{\"machine\":\"pc\",\"ram\":\"4G\"}}",
        "{\"config\":{\"machine\":\"pc\",\"ram\":18446744073709551616}}",
        "{\"config\":{\"machine\":\"pc\",\"ram\":4294967296,\"nvdimm\":1}}",
        "{\"config\":{\"machine\":\"pc\",\"ram\":4294967296,\"nvdimms\":[{}]}}",
        "{\"config\":{\"machine\":\"pc\",\"ram\":4294967296,\"cpu\":\"z80\"}}",
        "{\"config\":{\"machine\":\"pc\",\"ram\":4294967296,\"extra_args\":[\"-device\"]}}",
        "{\"config\":{\"machine\":\"xenfv\",\"ram\":4294967296,\"max_ram_below_4g\":4096}}"
      })
  void aLineThatIsNoCaseIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> QemuCases.complete(line));
  }
}
