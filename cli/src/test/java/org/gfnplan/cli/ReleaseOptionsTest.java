package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --qemu} and {@code --xen}: which releases are replayed. */
class ReleaseOptionsTest {
  private static final String QEMU_GUEST =
      " --host examples/pc-low-ram/host.yaml --guest examples/pc-low-ram/guest.yaml ";
  private static final String XEN_GUEST =
      " --host examples/igd-laptop/host --guest examples/igd-laptop/guest.cfg ";
  private static final String BETWEEN = "[qemu-version-between] --qemu";

  @TempDir private Path folder;

  private static Run run(String line) {
    return Run.of(line.strip().split(" +"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The arguments for a guest of a machine type, which is in its fourth line. */
  private String machine(String type) throws IOException {
    Path guest =
        write(
            type + ".yaml",
            "gfnplan: guest/1\nname: g\nplatform: qemu-pc\nmachine: %s\nmemory: 1GiB\n"
                .formatted(type));
    return " --host examples/pc-low-ram/host.yaml --guest " + guest;
  }

  private static void assertUsageError(String message, String line) {
    Run run = run(line);
    assertEquals(2, run.exit(), run.out());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("error: " + message + System.lineSeparator()), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "6.0", "7.1.9", "10.", "10.0.2-3"})
  void noVersionOfQemuOrOneTooOldIsAUsageError(String version) {
    String message = "--qemu must be a version, 7.2 or later: " + version;
    for (String command : List.of("plan", "check", "explain", "export --to qemu")) {
      assertUsageError(message, command + QEMU_GUEST + "--qemu " + version);
    }
    assertUsageError(message, "predict qemu --cases pom.xml --qemu " + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.18", "5", "four"})
  void anyOtherReleaseOfXenIsAUsageError(String release) {
    String message = "--xen must be one of 4.17, 4.21: " + release;
    for (String command : List.of("plan", "check", "explain", "export --to xl")) {
      assertUsageError(message, command + XEN_GUEST + "--xen " + release);
    }
    assertUsageError(message, "predict xen-boot --cases pom.xml --xen " + release);
  }

  @ParameterizedTest
  @CsvSource({"qemu, --xen, 4.17", "xen-boot, --qemu, 10.0", "xen-builder, --qemu, 10.0"})
  void aPartyHasNoReleaseOfAnotherProgram(String party, String option, String release) {
    assertUsageError(
        "Unknown options: '%s', '%s'".formatted(option, release),
        "predict %s --cases pom.xml %s %s".formatted(party, option, release));
  }

  /** What runs has its own release. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--layout examples/igd-laptop/expected.json"
            + " --captured examples/check-captured/mtree.txt --qemu 10.0",
        "--layout examples/igd-laptop/expected.json"
            + " --captured examples/check-captured/mtree.txt --xen 4.17",
        "--proof examples/proof-of-conflict/proof.json --qemu 10.0",
        "--xen 4.17"
      })
  void aReleaseGoesWithAHostAndAGuest(String rest) {
    assertUsageError(
        "give --host and --guest, or --layout and --captured, or --proof", "check " + rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "check", "explain", "export --to qemu"})
  void bothOptionsAreTakenTogetherAndOneHasNoPart(String command) {
    Run plain = run(command + QEMU_GUEST);
    assertEquals(command.equals("check") ? 1 : 0, plain.exit(), plain.err());
    assertEquals(plain, run(command + QEMU_GUEST + "--qemu 7.2 --xen 4.17"));
    Run xen = run(command.replace("qemu", "xl") + XEN_GUEST + "--xen 4.21");
    assertEquals(xen, run(command.replace("qemu", "xl") + XEN_GUEST + "--xen 4.21 --qemu 10.0"));
  }

  /** QEMU 10.0 dropped the types before 2.4, and 7.2 could not know those after itself. */
  @ParameterizedTest
  @CsvSource({
    "plan, pc-i440fx-2.3, 7.2, 10.0",
    "check, pc-i440fx-2.3, 7.2.22, 10.0.2",
    "explain, pc-i440fx-2.3, 7.2, 10.0",
    "export --to qemu, pc-i440fx-2.3, 7.2, 10.0",
    "plan, pc-i440fx-8.0, 10.0, 7.2",
    "check, pc-i440fx-8.0, 10.0.2, 7.2.22",
    "explain, pc-i440fx-8.0, 10.0, 7.2",
    "export --to qemu, pc-i440fx-8.0, 10, 7.2"
  })
  void aMachineTypeThatTheVersionLacksIsRefusedWhereItIsStated(
      String command, String type, String has, String lacks) throws IOException {
    String inputs = machine(type);
    assertEquals(0, run(command + inputs + " --qemu " + has).exit());
    Run refused = run(command + inputs + " --qemu " + lacks);
    assertEquals(2, refused.exit(), refused.out());
    assertEquals(
        "error: %s:4: QEMU refuses this: unsupported machine type, in %s"
            .formatted(folder.resolve(type + ".yaml"), lacks.replaceFirst("(\\d+\\.\\d+).*", "$1")),
        refused.err().strip());
  }

  @Test
  void whatNobodyNamesIsTheFirstVersionThatHasTheMachine() throws IOException {
    for (String type : List.of("pc-i440fx-2.3", "pc-i440fx-8.0")) {
      Run run = run("plan" + machine(type));
      assertEquals(0, run.exit(), run.err());
      assertFalse(run.out().contains("note:"), run.out());
    }
  }

  @ParameterizedTest
  @CsvSource({"8.2, 7.2", "9.2.4, 7.2", "7.3, 7.2", "10.1, 10.0", "11, 10.0"})
  void aVersionBetweenIsSaidToBeTakenForTheOneBefore(String version, String taken) {
    for (String command : List.of("plan", "check")) {
      Run run = run(command + QEMU_GUEST + "--qemu " + version);
      String note =
          "note: QEMU %s is taken for %s, the nearest version not newer whose behaviour is known "
              .formatted(version, taken);
      assertTrue(run.words().contains(note + BETWEEN), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.2", "7.2.22", "10", "10.0", "10.0.2"})
  void aVersionThatIsKnownIsNotTakenForAnother(String version) {
    for (String command : List.of("plan", "check")) {
      Run run = run(command + QEMU_GUEST + "--qemu " + version);
      assertFalse(run.out().isEmpty(), run.err());
      assertFalse(run.out().contains("qemu-version-between"), run.out());
    }
  }

  private String refusedByXen() throws IOException {
    Path guest =
        write("g.cfg", "name = \"g\"\ntype = \"hvm\"\nmemory = 4096\npci = [ \"00:02.0\" ]\n");
    return "check --host examples/igd-laptop/host --guest " + guest;
  }

  @Test
  void aNamedReleaseOfXenQuotesItsPlaces() throws IOException {
    Run old = run(refusedByXen() + " --xen 4.17");
    assertEquals(1, old.exit(), old.err());
    assertTrue(old.out().contains("libxl: error: libxl_dm.c:620:"), old.out());
    Run now = run(refusedByXen());
    assertTrue(now.out().contains("libxl: RDM conflict at 0x"), now.out());
    assertEquals(now.out(), run(refusedByXen() + " --xen 4.21").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "plan --format xl", "explain", "export --to xl"})
  void aPlanIsTheSameOnBothReleasesOfXen(String command) {
    Run old = run(command + XEN_GUEST + "--xen 4.17");
    assertEquals(0, old.exit(), old.err());
    assertEquals(old, run(command + XEN_GUEST + "--xen 4.21"));
  }

  @Test
  void theJsonOfAPlanQuotesTheReleaseAndIsElseTheSame() {
    String plan = "plan --format json" + XEN_GUEST + "--xen ";
    String old = run(plan + "4.17").out();
    assertTrue(old.contains("libxl: error: libxl_dm.c:620:"), old);
    String quoted = "\"messages\" : \\[[^]]*]";
    String now = run(plan + "4.21").out();
    assertEquals(old.replaceAll(quoted, ""), now.replaceAll(quoted, ""));
  }
}
