package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;

/** The real hosts with a DMAR table; a test that asks for them is skipped without them. */
final class DmarHosts {
  private DmarHosts() {}

  static List<Host> read() throws IOException, UnusableInput {
    String shared = System.getenv("GFNPLAN_SHARED");
    assumeTrue(shared != null, "GFNPLAN_SHARED is not set");
    List<Host> hosts = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of(shared, "corpus", "hosts"))) {
      for (Path folder : folders.sorted().toList()) {
        if (Files.exists(folder.resolve("DMAR.dat"))) {
          hosts.add(HostReader.read(List.of(folder)));
        }
      }
    }
    assertEquals(204, hosts.size());
    return hosts;
  }
}
