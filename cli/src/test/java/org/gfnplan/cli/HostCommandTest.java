package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.HostJson;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCommandTest {
  @TempDir private Path folder;

  @Test
  void showsWhatTheTablesSay() {
    Run run = Run.of("host", "examples/igd-laptop/host");
    assertEquals(ExitCode.LAYOUT, run.exit());
    assertTrue(run.out().contains("0x7b800000..0x80000000 (72 MiB)"), run.out());
    assertTrue(run.out().contains("address width: 39 bits"), run.out());
  }

  @Test
  void saysThatNothingIsKnownRatherThanNone() throws IOException {
    Path map = folder.resolve("dmesg.txt");
    Files.writeString(map, "BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable\n");
    Run run = Run.of("host", map.toString());
    assertTrue(run.out().contains("not known"), run.out() + run.err());
  }

  @Test
  void aPathThatIsNotThereIsUnusable() {
    Run run = Run.of("host", "no/such/host");
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().startsWith("error: no/such/host: "), run.err());
    assertEquals("", run.out());
  }

  @Test
  void anUnusableHostHasNoDocument() throws IOException {
    Path document = folder.resolve("host.json");
    Run run = Run.of("host", "no/such/host", "--format", "json", "--output", document.toString());
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertEquals("", run.out() + Files.readString(document));
    assertEquals(
        "", Run.of("host", "no/such/host", "--format", "json").out(), "on standard output");
  }

  @Test
  void everyHostOfTheCorpusReadsTheSameFromItsDocument() throws IOException, UnusableInput {
    String shared = System.getenv("GFNPLAN_SHARED");
    Assumptions.assumeTrue(shared != null, "GFNPLAN_SHARED is not set");
    try (Stream<Path> hosts = Files.list(Path.of(shared, "corpus", "hosts"))) {
      for (Path host : hosts.filter(Files::isDirectory).sorted().toList()) {
        String document = HostJson.pretty(HostReader.read(List.of(host)));
        Path written = folder.resolve("host.json");
        Files.writeString(written, document);
        assertEquals(document, HostJson.pretty(HostReader.read(List.of(written))), host.toString());
      }
    }
  }
}
