package org.gfnplan.models.host;

import static org.gfnplan.models.host.acpi.TableBuilder.acpidump;
import static org.gfnplan.models.host.acpi.TableBuilder.endpoint;
import static org.gfnplan.models.host.acpi.TableBuilder.scope;
import static org.gfnplan.models.host.acpi.TableBuilder.withChecksum;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.host.acpi.TableBuilder;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damages good sources at random: each is read or refused in words, and nothing else. */
@Timeout(120)
class MutationTest {
  private static final int ROUNDS = 8000;

  private static final byte[] DMAR =
      TableBuilder.dmar(39)
          .drhd(0, 0xfed90000L, endpoint("00:02.0"))
          .drhd(1, 0xfed91000L, scope(3, 0xf0, "1f.0"), scope(4, 0, "1e.6"))
          .rmrr(0x7a000000L, 0x7a01ffffL, endpoint("00:14.0"), endpoint("00:1c.0/00.0"))
          .rmrr(0x7b800000L, 0x7fffffffL, endpoint("00:02.0"))
          .dmarStructure(2, new byte[] {0, 0, 0, 0, 2, 8, 0, 0, 0, 0, 0x1c, 0})
          .dmarStructure(3, new byte[16])
          .dmarStructure(4, new byte[] {0, 0, 0, 1, '\\', '_', 'S', 'B', 0})
          .bytes();
  private static final byte[] IVRS =
      TableBuilder.ivrs(48)
          .ivhd(2, 0xfd200000L)
          .ivmd(0x20, 7, 0, 0, 0x7d800000L, 0x1000)
          .ivmd(0x21, 7, 0x60, 0, 0x7d900000L, 0x100000)
          .ivmd(0x22, 8, 0, 0xfff, 0x75e00000L, 1)
          .ivrsBlock(0x51, new byte[28])
          .bytes();
  private static final byte[] MCFG =
      TableBuilder.mcfg().window(0xe0000000L, 0, 0, 127).window(0x1000000000L, 1, 0, 255).bytes();

  private static final byte[] LINUX =
      text(
          """
          [    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable
          [    0.000000] BIOS-e820: 000000007a000000 - 0000000080000000 (reserved)
          [    0.073879] DMAR: Host address width 39
          [    0.073880] DMAR: DRHD base: 0x000000fed91000 flags: 0x1
          [    0.073899] DMAR: RMRR base: 0x0000007b800000 end: 0x0000007fffffff
          """);
  private static final byte[] XEN =
      text(
          """
          (XEN) Xen-e820 RAM map:
          (XEN)  [000000007a000000, 000000007fffffff] (reserved)
          (XEN) [VT-D]Host address width 39
          (XEN) [VT-D]found ACPI_DMAR_RMRR:
          (XEN) [VT-D] endpoint: 0000:00:14.0
          (XEN) [VT-D]dmar.c:610:  RMRR: [7a000000,7a01ffff]
          """);
  private static final byte[] YAML =
      text(
          """
          gfnplan: host/1
          name: laptop
          address_width: 39
          reserved:
            - {start: 0x7b800000, end: 0x80000000, kind: rmrr, devices: ["0000:00:02.0"]}
          memory_map: [{start: 0, size: 4GiB, type: usable}]
          """);
  private static final byte[] JSON =
      text(
          "{\"gfnplan\": \"host/1\", \"reserved\": [{\"start\": 4096, \"size\": \"8K\","
              + " \"devices\": [\"00:02.0\"]}]}");

  private static final byte[] NFIT =
      TableBuilder.nfit()
          .spa(1, "66f0d379-b4f3-4074-ac43-0d3318b78cdb", 0x880000000L, 0x1f80000000L)
          .nfitStructure(1, new byte[44])
          .bytes();
  private static final byte[] LSPCI =
      text(
          """
          00:00.0 Host bridge: Intel Corporation Device 9a14 (rev 01)
          03:00.0 VGA compatible controller: AMD Navi 21 (rev c1)
          \tRegion 0: Memory at 7c00000000 (64-bit, prefetchable) [size=16G]
          \tRegion 4: I/O ports at 4000 [size=256]
          \tExpansion ROM at 6a600000 [disabled] [size=128K]
          \tCapabilities: [200 v1] Physical Resizable BAR
          \t\tBAR 0: current size: 16GB, supported: 256MB 16GB
          \tIOMMU group: 17
          """);
  private static final byte[] IOMEM =
      text(
          """
          00001000-0009efff : System RAM
          000a0000-000fffff : PCI Bus 0000:00
            000f0000-000fffff : Reserved
          1840000000-d53fffffff : Persistent Memory
            1840000000-1c3fffffff : namespace0.0
          """);
  private static final byte[] REGIONS =
      text("0x0000000000000000 0x0000000000ffffff direct\n0xfee00000 0xfeefffff msi\n");
  private static final byte[] GROUPS =
      text("IOMMU Group 0:\n\t00:00.0 Host bridge\nIOMMU Group 11 00:1f.3 Audio device: Intel\n");
  private static final byte[] CPU =
      text("processor\t: 0\naddress sizes\t: 46 bits physical, 48 bits virtual\n");
  private static final byte[] NDCTL =
      text(
          "{\"regions\":[{\"dev\":\"region0\",\"namespaces\":[{\"dev\":\"namespace0.0\",\"size\":4096}]}]}");
  private static final byte[] LARGE_YAML =
      text(
          """
          gfnplan: host/1
          iommu_bits: 48
          reserved_iova: [{start: 0xfee00000, size: 1MiB, kind: msi, group: 3}]
          devices:
            - {address: "01:00.0", bars: [{bar: 1, space: memory-64, size: 16GiB}]}
          pmem:
            - {name: n, extents: [{start: 4GiB, size: 2GiB}]}
            - {name: f, kind: file, size: 3MiB, extents: [{start: 4GiB, size: 4M}]}
          """);

  private static final List<byte[]> SOURCES =
      List.of(
          DMAR,
          IVRS,
          MCFG,
          NFIT,
          text(acpidump(DMAR)),
          LINUX,
          XEN,
          YAML,
          JSON,
          LSPCI,
          IOMEM,
          REGIONS,
          GROUPS,
          CPU,
          NDCTL,
          LARGE_YAML);

  @Test
  void flippedBitsAreReadOrRefused() {
    mutate(1, MutationTest::flipBits, 0.5);
  }

  @Test
  void truncatedSourcesAreReadOrRefused() {
    mutate(2, (source, random) -> Arrays.copyOf(source, random.nextInt(source.length)), 0.4);
  }

  @Test
  void bytesInAndOutAreReadOrRefused() {
    mutate(3, MutationTest::moveBytes, 0.4);
  }

  @Test
  void tablesThatStillAddUpAreReadOrRefused() {
    mutate(
        4,
        (source, random) ->
            source[source.length - 1] == '\n' || source.length < 40
                ? flipBits(source, random)
                : withChecksum(flipBits(source, random)),
        0.2);
  }

  @Test
  void everyByteOfATableIsCoveredByItsChecksum() {
    for (byte[] table : List.of(DMAR, IVRS, MCFG, NFIT)) {
      for (int at = 4; at < table.length; at++) {
        byte[] copy = table.clone();
        copy[at] ^= 0x10;
        assertTrue(!isRead("seed " + at, copy), "a change at " + at + " goes unnoticed");
      }
    }
  }

  private interface Mutation {
    byte[] mutated(byte[] source, Random random);
  }

  /** Also holds the mutations to being a mix, of which at least a share is refused. */
  private static void mutate(long salt, Mutation mutation, double refusedShare) {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = salt * 1_000_000 + round;
      Random random = new Random(seed);
      byte[] source = SOURCES.get(random.nextInt(SOURCES.size()));
      refused += isRead("seed " + seed, mutation.mutated(source, random)) ? 0 : 1;
    }
    int count = refused;
    assertTrue(
        count >= refusedShare * ROUNDS && count < ROUNDS,
        () -> count + " of " + ROUNDS + " refused");
  }

  private static boolean isRead(String seed, byte[] source) {
    try {
      HostReader.readText("in", source);
      return true;
    } catch (UnusableInput e) {
      for (InputProblem problem : e.problems()) {
        assertTrue(problem.message().matches("[^\\p{Cntrl}]+"), () -> seed + ": " + problem);
      }
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail(seed, e);
    }
  }

  private static byte[] flipBits(byte[] source, Random random) {
    byte[] copy = source.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private static byte[] moveBytes(byte[] source, Random random) {
    int from = random.nextInt(source.length);
    int to = random.nextInt(source.length);
    int length = random.nextInt(source.length - Math.max(from, to));
    byte[] copy = source.clone();
    System.arraycopy(source, from, copy, to, length);
    return Arrays.copyOf(copy, copy.length + random.nextInt(5));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
