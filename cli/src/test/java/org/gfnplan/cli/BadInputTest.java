package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that cannot be used ends with exit 2, every reason with its position, and no stack. */
class BadInputTest {
  private static final String HOST = "examples/igd-laptop/host";
  private static final String GUEST = "examples/igd-laptop/guest.cfg";

  @TempDir private Path folder;

  private Run plan(String host, String guest) {
    Run run = Run.of("plan", "--host", host, "--guest", guest);
    assertFalse(run.err().contains("\tat ") || run.err().contains("Exception"), run.err());
    assertTrue(run.exit() != ExitCode.BUG, run.err());
    return run;
  }

  private Run planGuest(String... lines) throws IOException {
    Path guest = folder.resolve("guest.cfg");
    Files.write(guest, List.of(lines));
    return plan(HOST, guest.toString());
  }

  static Stream<Arguments> badGuests() {
    return Stream.of(
        Arguments.of("memory = 0", ":3:"),
        Arguments.of("memory = 17592186044416", ":3:"),
        Arguments.of("memory = 'much'", ":3:"),
        Arguments.of("memory = 512\nmmio_hole = 255", ":4:"),
        Arguments.of("memory = 512\nmmio_hole = 3841", ":4:"),
        Arguments.of("memory = 512\nmaxmem = 256", ":4:"),
        Arguments.of("memory = 512\nmaxmem = 1024\npci = ['00:02.0']", "guest.cfg"),
        Arguments.of("memory = 512\npci = ['00:20.0']", ":4:"),
        Arguments.of("memory = 512\npci = ['00:02.8']", ":4:"),
        Arguments.of("memory = 512\npci = ['0001:00:02.0']", ":4:"),
        Arguments.of("memory = 512\npci = ['00:02.0,rdm_policy=loose']", ":4:"),
        Arguments.of(
            "memory = 512\nvnuma = [['pnode=0','size=512','vcpus=0-1','vdistances=10,20']]", ":4:"),
        Arguments.of("memory = [", ":"),
        Arguments.of("memory = 512\nfirmware = 'rombios'", ":4:"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badGuests")
  void aGuestThatCannotBeIsRefusedWithItsLine(String config, String position) throws IOException {
    Run run = planGuest("name = 'g'", "type = 'hvm'", config);
    assertEquals(ExitCode.UNUSABLE, run.exit(), run.out() + run.err());
    assertTrue(run.err().contains(position), run.err());
    assertEquals("", run.out());
  }

  @Test
  void everyProblemOfHostAndGuestIsToldAtOnce() throws IOException {
    byte[] table = Files.readAllBytes(Path.of(HOST, "DMAR.dat"));
    table[9]++;
    Files.write(folder.resolve("DMAR.dat"), table);
    Path guest = folder.resolve("guest.cfg");
    Files.writeString(guest, "name = 'g'\nmemory = 0\nmmio_hole = 12\npci = ['zz']\n");
    Run run = plan(folder.resolve("DMAR.dat").toString(), guest.toString());
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().contains("DMAR.dat"), run.err());
    for (String line : List.of("guest.cfg:2:", "guest.cfg:3:", "guest.cfg:4:")) {
      assertTrue(run.err().contains(line), run.err());
    }
  }

  @Test
  void aTruncatedTableIsRefusedAtEveryLength() throws IOException {
    byte[] table = Files.readAllBytes(Path.of(HOST, "DMAR.dat"));
    Path cut = folder.resolve("DMAR.dat");
    for (int length = 0; length < table.length; length += 7) {
      Files.write(cut, Arrays.copyOf(table, length));
      assertEquals(ExitCode.UNUSABLE, plan(cut.toString(), GUEST).exit(), "length " + length);
    }
  }

  @Test
  void aFlippedBitIsRefused() throws IOException {
    byte[] table = Files.readAllBytes(Path.of(HOST, "DMAR.dat"));
    Path flipped = folder.resolve("DMAR.dat");
    for (int at = 4; at < table.length; at += 5) {
      byte[] copy = table.clone();
      copy[at] ^= 0x10;
      Files.write(flipped, copy);
      assertEquals(ExitCode.UNUSABLE, plan(flipped.toString(), GUEST).exit(), "byte " + at);
    }
  }

  @Test
  void anEmptyDirectoryIsNotAHostWithoutReservedMemory() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(ExitCode.UNUSABLE, plan(empty.toString(), GUEST).exit());
  }

  @Test
  void aHostWithoutASourceOfReservedMemoryIsSaidSo() throws IOException {
    Path tables = Files.createDirectory(folder.resolve("tables"));
    Files.copy(Path.of(HOST, "MCFG.dat"), tables.resolve("MCFG"));
    Run run = plan(tables.toString(), GUEST);
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().contains("no source of reserved device memory"), run.err());
    Path alone = folder.resolve("alone.cfg");
    Files.writeString(alone, "name = 'alone'\ntype = 'hvm'\nmemory = 8192\n");
    Run free = plan(tables.toString(), alone.toString());
    assertEquals(ExitCode.LAYOUT, free.exit(), free.err());
    assertTrue(free.out().contains("[reserved-memory-unknown]"), free.out());
  }

  @Test
  void aDeviceOnABusThatTheHostDoesNotHaveIsRefused() throws IOException {
    Path host = folder.resolve("host.yaml");
    Files.writeString(host, "gfnplan: host/1\nreserved: []\ndevices: ['0000:00:02.0']\n");
    Path guest = folder.resolve("guest.cfg");
    Files.writeString(guest, "name='g'\ntype='hvm'\nmemory=1024\npci=['00:03.0']\n");
    Run run = plan(host.toString(), guest.toString());
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().contains("guest.cfg:4: the host has no device 00:03.0"), run.err());
    Files.writeString(host, Files.readString(host) + "devices_complete: false\n");
    Run excerpt = plan(host.toString(), guest.toString());
    assertEquals(ExitCode.LAYOUT, excerpt.exit(), excerpt.err());
  }

  @Test
  void anAliasBombIsRefusedAtOnce() throws IOException {
    StringBuilder bomb = new StringBuilder("gfnplan: guest/1\nname: g\na0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    Path guest = folder.resolve("bomb.yaml");
    Files.writeString(guest, bomb);
    assertEquals(ExitCode.UNUSABLE, plan(HOST, guest.toString()).exit());
  }

  @Test
  void binaryIsNotTakenForText() throws IOException {
    Path guest = folder.resolve("guest.cfg");
    Files.write(guest, Files.readAllBytes(Path.of(HOST, "DMAR.dat")));
    assertEquals(ExitCode.UNUSABLE, plan(HOST, guest.toString()).exit());
    assertEquals(ExitCode.UNUSABLE, plan(GUEST, GUEST).exit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "plan --host examples/igd-laptop/host",
        "plan --guest x --host - --guest -",
        "plan --host - --guest -",
        "plan --engine z3 --host a --guest b",
        "plan --steps 0 --host a --guest b",
        "plan --time -1 --host a --guest b",
        "plan --time 1e-10 --host a --guest b",
        "plan --time 0.0009 --host a --guest b",
        "plan --time NaN --host a --guest b",
        "plan --host - --host a --guest b",
        "plan --host a --host - --guest b",
        "plan --platform qemu-q35 --host a --guest b",
        "plan --batch a --host b",
        "plan --host= --guest b",
        "plan --batch no/such/file",
        "plan --format yaml --host a --guest b",
        "predict",
        "predict xen-builder",
        "predict qemu",
        "predict qemu --cases no/such/file",
        "predict xen-builder --cases no/such/file",
        "predict xen-hvmloader",
        "predict xen-boot --cases no/such/file",
        "predict assign --cases no/such/file",
        "check",
        "check --host a",
        "check --guest b",
        "check --host a --guest b --proof c",
        "check --layout a",
        "check --captured a",
        "check --layout - --captured -",
        "check --host a --guest b --platform qemu",
        "check --host examples/no-rmrr/host.yaml --guest examples/no-rmrr/guest.cfg --platform ideal",
        "check --layout examples/igd-laptop/expected.json --captured no/such/file",
        "check --layout examples/igd-laptop/expected.json --captured examples/igd-laptop/expected.json",
        "check --layout examples/pc-low-ram/expected.json --captured examples/check-captured/xl-dmesg.txt",
        "check --proof no/such/file",
        "host",
        "host - a",
        "plant",
        "--nonsense"
      })
  void wrongUsageIsToldAndEndsWithTwo(String args) {
    Run run = Run.of(args.split(" "));
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertFalse(run.err().isBlank());
    assertFalse(run.err().contains("\tat "), run.err());
    assertTrue(run.err().startsWith("error: "), run.err());
    assertTrue(run.err().contains("Commands:") || run.err().lines().count() < 5, run.err());
  }

  @Test
  void allOfTheHelpIsShownWhereACommandIsMissing() {
    assertTrue(Run.of().err().contains("Commands:"), Run.of().err());
    assertTrue(Run.of("predict").err().contains("xen-builder"), Run.of("predict").err());
  }

  @Test
  void standardInputIsTheOnlyHostOrNone() {
    Run plan = Run.of("plan", "--host", "-", "--host", "h.yaml", "--guest", "g");
    assertTrue(plan.err().startsWith("error: `-` must be the only --host"), plan.err());
    Run host = Run.of("host", "h.yaml", "-");
    assertTrue(host.err().startsWith("error: `-` must be the only PATH"), host.err());
  }

  @Test
  void theShortestTimeIsTaken() {
    Run run = Run.of("plan", "--time", "0.001", "--host", HOST, "--guest", GUEST);
    assertTrue(List.of(ExitCode.LAYOUT, ExitCode.UNDECIDED).contains(run.exit()), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan --batch",
        "predict xen-builder --cases",
        "predict qemu --cases",
        "predict xen-hvmloader --cases",
        "predict xen-boot --cases",
        "predict xen-qemu --cases"
      })
  void aStreamOfLinesIsNamedWhenItCannotBeRead(String args) {
    for (String[] bad :
        new String[][] {{"no/such/file", "no such file"}, {folder.toString(), "is a directory"}}) {
      Run run = Run.of((args + " " + bad[0]).split(" "));
      assertEquals(ExitCode.UNUSABLE, run.exit());
      assertEquals("error: %s: %s%n".formatted(bad[0], bad[1]), run.err());
    }
  }

  @Test
  void anOutputThatCannotBeOpenedIsToldBeforeAnyWork() {
    Run run =
        Run.of("plan", "--host", HOST, "--guest", GUEST, "--output", "no/such/folder/plan.txt");
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.err().startsWith("error: no/such/folder/plan.txt: "), run.err());
  }

  @Test
  void unusableInputIsDataWhenDataIsAskedFor() {
    Run run = Run.of("plan", "--host", "nowhere", "--guest", "nobody", "--format", "json");
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(run.out().contains("\"verdict\" : \"unusable\""), run.out());
    assertTrue(run.out().contains("nowhere") && run.out().contains("nobody"), run.out());
  }

  @Test
  void aNameFromTheInputDoesNotSteerTheTerminal() throws IOException {
    Path guest = folder.resolve("guest.cfg");
    Files.writeString(guest, "name='\u001b[31mred'\ntype='hvm'\nmemory=1024\n");
    assertFalse(plan(HOST, guest.toString()).out().contains("\u001b"));
  }

  @Test
  void aRangeAbove4GiBUnderHighRamIsExplainedInAddresses() throws IOException {
    Path host = folder.resolve("host.yaml");
    Files.writeString(
        host,
        "gfnplan: host/1\nreserved:\n  - {start: 0x180000000, size: 64KiB, kind: rmrr,"
            + " devices: ['0000:03:00.0']}\n");
    Path guest = folder.resolve("guest.cfg");
    Files.writeString(guest, "name='w9'\ntype='hvm'\nmemory=8192\npci=['03:00.0']\n");
    Run run = plan(host.toString(), guest.toString());
    assertEquals(ExitCode.CONFLICT, run.exit(), run.err());
    assertTrue(run.out().contains("0x180000000"), run.out());
    assertTrue(run.out().contains("help: fits with `memory = "), run.out());
  }
}
