package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --xen}: which release of Xen is quoted. */
class XenOptionTest {
  private static final String STRICT = "check --host examples/igd-laptop/host --guest ";

  @TempDir private Path folder;

  private static Run run(String line) {
    return Run.of(line.strip().split(" +"));
  }

  private String refused() throws IOException {
    return Files.writeString(
            folder.resolve("g.cfg"),
            "name = \"g\"\ntype = \"hvm\"\nmemory = 4096\npci = [ \"00:02.0\" ]\n")
        .toString();
  }

  @Test
  void aNamedReleaseQuotesItsPlaces() throws IOException {
    Run old = run(STRICT + refused() + " --xen 4.17");
    assertEquals(1, old.exit(), old.err());
    assertTrue(old.out().contains("libxl: error: libxl_dm.c:620:"), old.out());
    Run now = run(STRICT + refused());
    assertTrue(now.out().contains("libxl: RDM conflict at 0x"), now.out());
    assertEquals(now.out(), run(STRICT + refused() + " --xen 4.21").out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check --host examples/igd-laptop/host --guest examples/igd-laptop/guest.cfg --xen 4.18",
        "plan --host examples/igd-laptop/host --guest examples/igd-laptop/guest.cfg --xen four",
        "predict xen-boot --cases pom.xml --xen 5",
        "predict qemu --cases pom.xml --xen 4.17",
        "check --xen 4.17"
      })
  void anyOtherReleaseIsAUsageError(String line) {
    Run run = run(line);
    assertEquals(2, run.exit(), run.out());
    assertTrue(run.err().contains("--xen") || run.err().contains("--host"), run.err());
  }

  @Test
  void aPlanIsTheSameOnBoth() {
    String plan =
        "plan --host examples/igd-laptop/host --guest examples/igd-laptop/guest.cfg"
            + " --format xl --xen ";
    Run old = run(plan + "4.17");
    assertEquals(0, old.exit(), old.err());
    assertEquals(old.out(), run(plan + "4.21").out());
  }

  /** A register over a device's memory, from a case that says where the host has it. */
  @Test
  void aCaseThatNamesTheHostsAddressesTellsOfTheMappings() throws IOException {
    Path cases =
        Files.writeString(
            folder.resolve("cases"),
            "{\"in\":{\"libxl\":{\"memory_mb\":512,\"host_rdm\":[{\"start\":\"0x120000000\","
                + "\"size\":\"0x100000\",\"devs\":[\"00:08.0\"]}],\"pci\":[{\"bdf\":\"00:08.0\"}]},"
                + "\"devices\":[{\"bars\":[{\"i\":0,\"type\":\"mem64\",\"size\":\"0x100000000\","
                + "\"init\":\"0x2000000000\"}]}]}}\n");
    Run run = run("predict xen-boot --xen 4.17 --cases " + cases);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("[\"fail\",4831838208,8589934592,137975824384]"), run.out());
    assertTrue(run.out().contains("\"crash\":true,\"ok\":false"), run.out());
    assertEquals(run.out(), run("predict xen-boot --cases " + cases).out());
  }
}
