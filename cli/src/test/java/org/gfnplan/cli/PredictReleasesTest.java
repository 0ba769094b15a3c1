package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code predict} with {@code --qemu} and {@code --xen}: made cases on both releases. */
class PredictReleasesTest {
  @TempDir private Path folder;

  private Run predict(String party, String line, String... release) throws IOException {
    Path cases = Files.writeString(folder.resolve("cases"), line + "\n");
    Stream<String> args = Stream.of("predict", party, "--cases", cases.toString());
    return Run.of(Stream.concat(args, Stream.of(release)).toList());
  }

  /** A case of each kind of difference, and what is in one of the answers only. */
  static Stream<Arguments> differences() {
    return Stream.of(
        arguments(
            "the release",
            "\"machine\":\"pc\",\"ram\":1073741824",
            "\"qemu\":\"7.2.22\"",
            "\"qemu\":\"10.0.2\""),
        arguments(
            "a machine since 8.0",
            "\"machine\":\"pc-q35-9.2\",\"ram\":1073741824",
            "machine is not known to QEMU 7.2",
            "\"ok\":true"),
        arguments(
            "a machine that was dropped",
            "\"machine\":\"pc-i440fx-2.3\",\"ram\":1073741824",
            "\"ok\":true",
            "machine is not known to QEMU 10.0"),
        arguments(
            "a deprecated machine",
            "\"machine\":\"pc-i440fx-7.0\",\"ram\":1073741824",
            "\"phys_bits\":40}",
            "\"phys_bits\":40,\"warnings\":[\"warning: Machine type 'pc-i440fx-7.0' is "
                + "deprecated: machines more"),
        arguments(
            "32 address bits",
            "\"machine\":\"pc\",\"ram\":2147483648,\"cpu\":\"qemu64,phys-bits=32\"",
            "\"ok\":true",
            "Address space limit 0xffffffff < 0x17fffffff phys-bits too low (32)"),
        arguments(
            "a 32-bit processor",
            "\"machine\":\"pc\",\"ram\":4294967296,\"cpu\":\"486\"",
            "\"ok\":true",
            "Address space limit 0xffffffff < 0x13fffffff phys-bits too low (32)"),
        arguments(
            "PAE",
            "\"machine\":\"pc\",\"ram\":1073741824,\"cpu\":\"coreduo\"",
            "\"phys_bits\":32",
            "\"phys_bits\":36"),
        arguments(
            "large ACPI tables",
            "\"machine\":\"pc\",\"ram\":1073741824,\"maxmem\":3221225472,\"slots\":256,"
                + "\"nvdimms\":[{\"size\":2097152}]",
            "\"slot\":0}],\"warnings\":[\"warning: ACPI table size",
            "\"slot\":0}]}"),
        arguments(
            "a short file",
            "\"machine\":\"pc\",\"ram\":1073741824,\"maxmem\":3221225472,\"slots\":1,"
                + "\"dimms\":[{\"size\":1,\"backend\":\"file\"}]",
            "backing store size 0x1 does not match 'size' option 0x1000",
            "m-dimm0 backing store size 0x1 is too small for 'size' option 0x1000 plus "
                + "'offset' option 0x0"),
        arguments(
            "no room for devices",
            "\"machine\":\"pc\",\"ram\":1073741824,\"extra_args\":[\"-object\","
                + "\"memory-backend-ram,id=m-d0,size=1G\",\"-device\",\"virtio-pmem-pci,id=d0,"
                + "memdev=m-d0\"]",
            "please specify the maxmem option",
            "consider specifying the maxmem option"),
        arguments(
            "size before address",
            "\"machine\":\"pc\",\"ram\":1073741824,\"maxmem\":3221225472,\"slots\":1,"
                + "\"dimms\":[{\"size\":4096,\"backend\":\"file\",\"align\":268435456,"
                + "\"addr\":4294971392}]",
            "address must be aligned to 0x10000000 bytes",
            "backend memory size must be multiple of 0x10000000"),
        arguments(
            "RAM up to the IOAPIC",
            "\"machine\":\"pc\",\"ram\":4273995776,\"max_ram_below_4g\":4294967296",
            "range.h:77: range_set_bounds",
            "range.h:79: range_set_bounds"),
        arguments(
            "RAM over the IOAPIC",
            "\"machine\":\"pc\",\"ram\":4276092928,\"max_ram_below_4g\":4294967296",
            "range.h:41: range_invariant",
            "range.h:43: range_invariant"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differences")
  void qemuAnswersAsTheVersionThatIsNamed(String of, String config, String seven, String ten)
      throws IOException {
    String line = "{\"config\":{%s}}".formatted(config);
    Run old = predict("qemu", line, "--qemu", "7.2");
    Run now = predict("qemu", line, "--qemu", "10.0");
    assertTrue(old.out().contains(seven) && !old.out().contains(ten), () -> of + old.out());
    assertTrue(now.out().contains(ten) && !now.out().contains(seven), () -> of + now.out());
    assertEquals(exit(seven), old.exit());
    assertEquals(exit(ten), now.exit());
    assertEquals(old, predict("qemu", line));
    assertEquals(now, predict("qemu", line, "--qemu", "10.2"));
    assertEquals(old, predict("qemu", line, "--qemu", "9.2"));
  }

  /** A case that cannot be asked of a version is unusable; a refusal is an answer. */
  private static int exit(String answer) {
    return answer.startsWith("machine is not known") ? 2 : 0;
  }

  @Test
  void bothReleasesOfXenBuildTheSame() throws IOException {
    String line =
        "{\"type\":\"hvm\",\"memory_mib\":4096,\"video_mib\":16,\"mmio_hole_mib\":0,\"hap\":true,"
            + "\"rdm_mem_boundary_mib\":2048,\"strategy\":\"host\",\"policy\":\"relaxed\","
            + "\"rdms\":[{\"start\":\"0x7b800000\",\"pages\":18432},"
            + "{\"start\":\"0xd0000000\",\"pages\":256}]}";
    Run old = predict("xen-builder", line, "--xen", "4.17");
    assertEquals(0, old.exit(), old.err());
    assertTrue(old.out().contains("\"lowmem_end\":\"0xd0000000\""), old.out());
    assertEquals(old, predict("xen-builder", line, "--xen", "4.21"));
    assertEquals(old, predict("xen-builder", line));
  }

  /** A register over a device's memory, from a case that says where the host has it. */
  @Test
  void aCaseThatNamesTheHostsAddressesTellsOfTheMappings() throws IOException {
    String line =
        "{\"in\":{\"libxl\":{\"memory_mb\":512,\"host_rdm\":[{\"start\":\"0x120000000\","
            + "\"size\":\"0x100000\",\"devs\":[\"00:08.0\"]}],\"pci\":[{\"bdf\":\"00:08.0\"}]},"
            + "\"devices\":[{\"bars\":[{\"i\":0,\"type\":\"mem64\",\"size\":\"0x100000000\","
            + "\"init\":\"0x2000000000\"}]}]}}";
    Run run = predict("xen-boot", line, "--xen", "4.17");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("[\"fail\",4831838208,8589934592,137975824384]"), run.out());
    assertTrue(run.out().contains("\"crash\":true,\"ok\":false"), run.out());
    assertEquals(run, predict("xen-boot", line));
  }
}
