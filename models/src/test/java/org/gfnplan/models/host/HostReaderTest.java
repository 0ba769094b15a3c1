package org.gfnplan.models.host;

import static org.gfnplan.models.host.HostText.findings;
import static org.gfnplan.models.host.HostText.lines;
import static org.gfnplan.models.host.HostText.reserved;
import static org.gfnplan.models.host.acpi.TableBuilder.acpidump;
import static org.gfnplan.models.host.acpi.TableBuilder.endpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gfnplan.models.host.acpi.TableBuilder;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReaderTest {
  private static final byte[] DMAR =
      TableBuilder.dmar(39)
          .drhd(1, 0xfed91000L)
          .rmrr(0x7b800000L, 0x7fffffffL, endpoint("00:02.0"))
          .rmrr(0x7a000000L, 0x7a01ffffL, endpoint("00:14.0"), endpoint("00:1c.0/00.0"))
          .bytes();
  private static final byte[] MCFG = TableBuilder.mcfg().window(0xe0000000L, 0, 0, 255).bytes();
  private static final byte[] SSDT = TableBuilder.other("SSDT", 100).bytes();

  private static final String LINUX =
      """
      BIOS-e820: [mem 0x000000007a000000-0x000000007fffffff] reserved
      DMAR: Host address width 39
      DMAR: DRHD base: 0x000000fed91000 flags: 0x1
      DMAR: RMRR base: 0x0000007b800000 end: 0x0000007fffffff
      DMAR: RMRR base: 0x0000007a000000 end: 0x0000007a01ffff
      """;

  private static final String XEN =
      """
      (XEN) [VT-D]Host address width 39
      (XEN) [VT-D]found ACPI_DMAR_RMRR:
      (XEN) [VT-D] endpoint: 0000:00:02.0
      (XEN) [VT-D]dmar.c:615:   RMRR region: base_addr 7b800000 end_addr 7fffffff
      (XEN) [VT-D]found ACPI_DMAR_RMRR:
      (XEN) [VT-D] endpoint: 0000:00:14.0
      (XEN) [VT-D] endpoint: 0000:03:00.0
      (XEN) [VT-D]dmar.c:615:   RMRR region: base_addr 7a000000 end_addr 7a01ffff
      """;

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temporary.resolve("laptop"));
  }

  @Test
  void tablesAreKnownByTheirContent() throws Exception {
    write("nonsense", DMAR);
    write("MCFG.txt", MCFG);
    Host host = read();
    assertEquals("laptop", host.name());
    assertEquals(Host.Iommu.INTEL, host.iommu());
    assertTrue(host.reservedKnown());
    assertEquals(
        List.of(
            "RMRR 0x7a000000-0x7a01ffff [0000:00:14.0, 0000:00:1c.0/00.0]",
            "RMRR 0x7b800000-0x7fffffff [0000:00:02.0]"),
        reserved(host));
    ReservedMemory graphics = host.reserved().get(1);
    assertEquals("RMRR 0x7b800000-0x7fffffff for 0000:00:02.0", graphics.origin().text());
    assertEquals(at("nonsense") + "+0x40", graphics.origin().shortForm());
    assertEquals(39, host.addressWidth().value());
    assertEquals(1, host.configWindows().size());
    assertEquals(List.of(), host.findings());
  }

  @Test
  void sourcesThatAgreeAreOne() throws Exception {
    write("DMAR", DMAR);
    write("DMAR.again", DMAR);
    write("acpidump.txt", acpidump(DMAR));
    write("dmesg.txt", LINUX);
    Host host = read();
    assertEquals(2, host.reserved().size());
    assertEquals("[0000:00:02.0]", host.reserved().get(1).devices().toString());
    assertEquals(at("DMAR") + "+0x40", host.reserved().get(1).origin().shortForm());
    assertEquals(1, host.memoryMap().size());
    assertEquals(List.of(), findings(host));
  }

  @Test
  void theSourceThatKnowsTheAddressBehindABridgeWins() throws Exception {
    write("DMAR", DMAR);
    write("xl-dmesg.txt", XEN);
    Host host = read();
    assertEquals("[0000:00:14.0, 0000:03:00.0]", host.reserved().get(0).devices().toString());
    assertEquals(List.of(), findings(host));
  }

  @Test
  void theSourceThatNamesDevicesWins() throws Exception {
    write("a-dmesg.txt", LINUX);
    write("b-xl-dmesg.txt", XEN);
    Host host = read();
    assertEquals("[0000:00:02.0]", host.reserved().get(1).devices().toString());
    assertEquals(at("b-xl-dmesg.txt") + ":4", host.reserved().get(1).origin().shortForm());
    assertEquals(List.of(), findings(host));
  }

  @Test
  void whatOnlyOneSourceHasIsKeptAndFound() throws Exception {
    write("DMAR", DMAR);
    write("dmesg.txt", LINUX.replace("7b800000", "7c000000"));
    Host host = read();
    assertEquals(3, host.reserved().size());
    assertEquals(
        List.of(
            "rmrrs-overlap "
                + at("dmesg.txt")
                + ":4: RMRR 0x7c000000-0x7fffffff overlaps RMRR"
                + " 0x7b800000-0x7fffffff of "
                + at("DMAR")
                + "+0x40; Xen turns VT-d off for that",
            "sources-disagree "
                + at("DMAR")
                + "+0x40: RMRR 0x7b800000-0x7fffffff is not in "
                + at("dmesg.txt"),
            "sources-disagree "
                + at("dmesg.txt")
                + ":4: RMRR 0x7c000000-0x7fffffff is not in "
                + at("DMAR")),
        findings(host).stream().sorted().toList());
  }

  @Test
  void aSourceThatDoesNotListRmrrsDoesNotDisagree() throws Exception {
    write("DMAR", DMAR);
    write("dmesg.txt", LINUX.replaceAll("(?m)^DMAR: (RMRR|DRHD).*\n", ""));
    assertEquals(List.of(), findings(read()));
  }

  @Test
  void twoTablesThatDifferAreFound() throws Exception {
    write("DMAR1", DMAR);
    write("DMAR2", TableBuilder.dmar(46).rmrr(0x1000L, 0x1fffL, endpoint("00:14.0")).bytes());
    Host host = read();
    assertEquals(3, host.reserved().size());
    assertEquals(39, host.addressWidth().value());
    assertEquals(
        List.of(
            "sources-disagree %s+0x0: this DMAR table differs from the one in %s; what either"
                    .formatted(at("DMAR2"), at("DMAR1"))
                + " says is used",
            "sources-disagree %s+0x24: address width is 46 bits here but 39 bits in %s+0x24; 39"
                    .formatted(at("DMAR2"), at("DMAR1"))
                + " bits are used"),
        findings(host).stream().filter(finding -> !finding.contains(" is not in ")).toList());
  }

  @Test
  void devicesThatDifferAreTakenTogether() throws Exception {
    write("a", XEN.replace("0000:00:02.0", "0000:00:02.1"));
    write("b", XEN);
    Host host = read();
    assertEquals("[0000:00:02.1, 0000:00:02.0]", host.reserved().get(1).devices().toString());
    assertEquals(
        List.of(
            "sources-disagree %s:4: RMRR 0x7b800000-0x7fffffff is for other devices than in %s:4;"
                    .formatted(at("b"), at("a"))
                + " it is taken to be for all of them"),
        findings(host));
  }

  @Test
  void mapsWindowsNamesAndIommusThatDifferAreFound() throws Exception {
    write("a.log", LINUX);
    write("b.log", LINUX.replace("-0x000000007fffffff", "-0x0000000080ffffff"));
    write("c.mcfg", MCFG);
    write("d.mcfg", TableBuilder.mcfg().window(0xf0000000L, 0, 16, 31).bytes());
    write("e.yaml", "gfnplan: host/1\nname: one\niommu: amd\n");
    write("f.yaml", "gfnplan: host/1\nname: two\n");
    Host host = read();
    assertEquals("one", host.name());
    assertEquals(0x80000000L, host.memoryMap().get(0).endByte());
    assertEquals(
        List.of(
            "sources-disagree %s:1: the memory map differs from that of %s, which is used"
                .formatted(at("b.log"), at("a.log")),
            ("sources-disagree %s+0x2c: configuration space of segment 0000 is at 0xf0000000 here"
                    + " but at 0xe0000000 in %s+0x2c")
                .formatted(at("d.mcfg"), at("c.mcfg")),
            "sources-disagree %s:3: IOMMU is AMD here but INTEL in %s:2; the latter is used"
                .formatted(at("e.yaml"), at("a.log")),
            "sources-disagree %s:2: name is two here but one in %s:2; the latter is used"
                .formatted(at("f.yaml"), at("e.yaml"))),
        findings(host));
  }

  @Test
  void xenTakesAwayWhatItIgnores() throws Exception {
    write("DMAR", DMAR);
    write(
        "xl-dmesg.txt",
        XEN.replace(
            "RMRR region: base_addr 7a000000 end_addr 7a01ffff",
            "Ignore the RMRR (7a000000, 7a01ffff) due to devices under its scope"));
    Host host = read();
    assertEquals(List.of("RMRR 0x7b800000-0x7fffffff [0000:00:02.0]"), reserved(host));
    assertEquals(1, host.findings().size());
    assertEquals("rmrr-ignored-by-xen", host.findings().get(0).id());
  }

  @Test
  void filesThatSayNothingAboutTheHostAreNamedInOneNote() throws Exception {
    write("DMAR", DMAR);
    write("SSDT1", SSDT);
    write("README", "what this is");
    write("host.json", "{\"id\": \"4AF98851C2C6\", \"vendor\": \"somebody\"}");
    write("guest.yaml", "gfnplan: guest/1\n");
    write("empty", "");
    write("UTF-16", "\ufeffBIOS-e820: ".getBytes(StandardCharsets.UTF_16LE));
    Files.createDirectory(directory.resolve("dynamic"));
    Host host = read();
    assertEquals(
        List.of(
            "source-ignored %s: nothing in it was recognised as host data: README, SSDT1, UTF-16,"
                    .formatted(documentName(directory))
                + " dynamic and 3 more"),
        findings(host));
    assertEquals(Severity.NOTE, host.findings().get(0).severity());
  }

  @Test
  void aDirectoryWithoutAListOfReservedMemorySaysSo() throws Exception {
    write("MCFG", MCFG);
    write("SSDT", SSDT);
    Host host = read();
    assertFalse(host.reservedKnown());
    assertEquals(List.of(), host.reserved());
    assertTrue(
        findings(host).get(0).startsWith("reserved-memory-unknown laptop: "),
        () -> "" + findings(host));
    Files.delete(directory.resolve("MCFG"));
    assertFalse(read().reservedKnown());
  }

  @Test
  void directoriesThatHoldNoHostAreProblems() throws Exception {
    assertEquals(List.of(documentName(directory) + ": the directory holds no file"), problems());
    write("README", "what this is");
    assertEquals(
        List.of(
            documentName(directory)
                + ": nothing in the directory is recognised as host data: README"),
        problems());
  }

  @Test
  void problemsOfAllSourcesAreReportedTogether() throws Exception {
    write("DMAR", TableBuilder.dmar(39).rmrr(0x2000L, 0x1fffL).bytes());
    write("MCFG", Arrays.copyOf(MCFG, 50));
    write("dmesg", "DMAR: RMRR base: 0x2000 end: 0x1fff\n");
    Path missing = temporary.resolve("missing");
    UnusableInput thrown =
        assertThrows(
            UnusableInput.class,
            () -> HostReader.read(List.of(missing, directory, file("SSDT", SSDT))));
    assertEquals(
        List.of(
            documentName(temporary.resolve("SSDT"))
                + ": is an ACPI table, but none of DMAR, IVRS, MCFG and NFIT",
            at("DMAR") + "+0x30: RMRR end 0x1fff is before its base 0x2000",
            at("MCFG") + "+0x4: MCFG table says it is 60 bytes long, 50 bytes are there",
            at("dmesg") + ":1: RMRR end 0x1fff is before its base 0x2000",
            documentName(missing) + ": no such file"),
        lines(thrown));
  }

  @Test
  void aFileThatIsNamedMustBeOneThatIsKnown() throws Exception {
    for (String[] nameAndProblem :
        new String[][] {
          {"", "is empty"},
          {
            "what this is",
            "nothing in it is recognised as host data: no ACPI table, acpidump text,"
                + " boot log, lspci, /proc or /sys listing, or gfnplan host document"
          },
          {"\0\1\2", "binary data where text is expected: it is no DMAR, IVRS, MCFG or NFIT table"},
        }) {
      Path file = file("source", nameAndProblem[0].getBytes(StandardCharsets.UTF_8));
      UnusableInput thrown =
          assertThrows(UnusableInput.class, () -> HostReader.read(List.of(file)));
      assertEquals(List.of(documentName(file) + ": " + nameAndProblem[1]), lines(thrown));
    }
  }

  @Test
  void aTableWhoseSignatureIsDamagedIsNotSkipped() throws Exception {
    byte[] damaged = DMAR.clone();
    damaged[2] ^= 1;
    write("dmar.dat", damaged);
    write("MCFG", MCFG);
    assertEquals(
        List.of(
            at("dmar.dat")
                + "+0x0: is named like an ACPI table but starts with no signature of one"),
        problems());
  }

  @Test
  void aFileThatIsTooLargeIsAProblem() throws Exception {
    Path large = directory.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((64L << 20) + 1);
    }
    assertEquals(List.of(at("large") + ": is larger than 64 MiB"), problems());
  }

  @Test
  void linksThatLeadInCirclesAreSkipped() throws Exception {
    write("DMAR", DMAR);
    Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));
    Files.createSymbolicLink(directory.resolve("up"), directory);
    Host host = read();
    assertEquals(2, host.reserved().size());
    assertTrue(findings(host).get(0).endsWith(": loop, up"), () -> "" + findings(host));
    Path loop = directory.resolve("loop");
    assertThrows(UnusableInput.class, () -> HostReader.read(List.of(loop)));
  }

  @Test
  void theOrderOfFilesAndRepeatedSourcesChangeNothing() throws Exception {
    write("b", DMAR);
    write("a", LINUX);
    Host host = read();
    assertEquals(host, HostReader.read(List.of(directory, directory)));
    assertEquals(
        reserved(host),
        reserved(HostReader.read(List.of(directory.resolve("b"), directory.resolve("a")))));
  }

  private Host read() throws UnusableInput {
    return HostReader.read(List.of(directory));
  }

  private List<String> problems() {
    return lines(assertThrows(UnusableInput.class, this::read));
  }

  private String at(String name) {
    return documentName(directory.resolve(name));
  }

  private static String documentName(Path path) {
    return path.toString().replace('\\', '/');
  }

  private Path file(String name, byte[] bytes) {
    try {
      return Files.write(temporary.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
