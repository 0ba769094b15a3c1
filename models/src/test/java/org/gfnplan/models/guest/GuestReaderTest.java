package org.gfnplan.models.guest;

import static org.gfnplan.models.guest.Reading.guest;
import static org.gfnplan.models.guest.Reading.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestReaderTest {
  private static final String YAML =
      """
      # a guest
      gfnplan: guest/1
      name: win
      platform: xen-hvm
      memory: 4GiB
      video_memory: 16 MiB
      mmio_hole: 0x40000000
      rdm:
        strategy: host
        policy: strict
        boundary: 1GiB
      hap: false
      physical_bits: 46
      firmware: ovmf
      devices:
      - address: 00:02.0
      - address: 0000:03:00.1
        rdm_policy: relaxed
      """;

  @Test
  void everyKeyOfADocumentArrivesWithItsLine() {
    Guest guest = guest(YAML);
    assertEquals("win", guest.name());
    assertEquals(Guest.Type.HVM, guest.type());
    assertEquals(PlatformName.XEN_HVM, guest.platform().value());
    assertEquals(4 << 20, guest.memory().startKib().value());
    assertEquals("g:5", guest.memory().startKib().origin().shortForm());
    assertEquals("memory: 4GiB", guest.memory().startKib().origin().text());
    assertEquals(16 << 10, guest.memory().videoKib().value());
    assertEquals(1024, guest.mmioHoleMib().value());
    assertEquals(Guest.RdmStrategy.HOST, guest.rdm().strategy().value());
    assertEquals("g:9", guest.rdm().strategy().origin().shortForm());
    assertEquals(RdmPolicy.STRICT, guest.rdm().policy().value());
    assertEquals(1024, guest.rdm().boundaryMib().value());
    assertFalse(guest.hap().value());
    assertEquals(46, guest.machine().physicalBits().value());
    assertEquals("ovmf", guest.firmware().value());
    assertEquals("0000:00:02.0", guest.devices().get(0).address().toString());
    assertNull(Reading.policy(guest.devices().get(0)));
    assertEquals("g:16", guest.devices().get(0).origin().shortForm());
    assertEquals(RdmPolicy.RELAXED, Reading.policy(guest.devices().get(1)));
    assertEquals(List.of(), guest.findings());
  }

  @Test
  void whatADocumentLeavesOutHasTheDefaultsOfXl() {
    Guest document = guest("gfnplan: guest/1\nname: x\nplatform: xen-hvm\nmemory: 4GiB\n");
    Guest config = guest("name='x'\ntype='hvm'\nmemory=4096\n");
    assertEquals(config.memory().mostKib().value(), document.memory().mostKib().value());
    assertEquals(config.memory().videoKib(), document.memory().videoKib());
    assertEquals(config.rdm().policy(), document.rdm().policy());
    assertEquals(config.rdm().strategy().value(), document.rdm().strategy().value());
    assertEquals(config.rdm().boundaryMib(), document.rdm().boundaryMib());
    assertEquals(config.hap(), document.hap());
    assertEquals(config.firmware().value(), document.firmware().value());
    Guest pvh = guest("gfnplan: guest/1\nname: x\nplatform: xen-pvh\nmemory: 4GiB\n");
    assertEquals(Guest.Type.PVH, pvh.type());
    assertEquals(0, pvh.memory().videoKib().value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gfnplan: guest/1 | gfnplan: guest/2 | g:2: a guest document has `gfnplan: guest/1`, this is `guest/2`",
        "gfnplan: guest/1 | gfnplan: host/1 | g:2: a guest document has `gfnplan: guest/1`, this is `host/1`",
        "xen-hvm | vmware | g:4: `platform` must be one of `xen-hvm`, `xen-pvh`, `qemu-pc`, `qemu-q35`, `qemu-microvm`, `ideal`, this is `vmware`",
        "memory: 4GiB | memory: 0 | g:5: `memory` must be from 1 MiB to 16 TiB, this is 0 bytes",
        "memory: 4GiB | memory: 17T | g:5: `memory` must be from 1 MiB to 16 TiB, this is 17 TiB",
        "memory: 4GiB | memory: 4097K | g:5: `memory` must be a whole number of MiB, this is 4097 KiB",
        "video_memory: 16 MiB | video_memory: 4GiB | g:6: video memory of 4 GiB leaves none of the 4 GiB of `memory`",
        "video_memory: 16 MiB | max_memory: 3GiB | g:6: `max_memory` is less than `memory`",
        "video_memory: 16 MiB | max_memory: 5GiB | g:5: `memory` below `max_memory` means populate on demand, which does not go together with devices",
        "0x40000000 | 128MiB | g:7: `mmio_hole` must be from 256 MiB to 3840 MiB, this is 128 MiB",
        "policy: strict | policy: lax | g:10: `policy` must be one of `relaxed`, `strict`, this is `lax`",
        "hap: false | hap: 'no' | g:12: `hap` must be true or false, this is `no`",
        "46 | 53 | g:13: `physical_bits` must be from 32 to 52, this is 53",
        "ovmf | rombios | g:14: `firmware` must be one of `ovmf`, `seabios`, this is `rombios`",
        "hap: false | happ: false | g:12: `happ` is not a key here, `hap` is",
        "00:02.0 | 00:02 | g:16: `00:02` is not a device address like `0000:00:02.0`",
        "00:02.0 | 03:00.1 | g:17: device 0000:03:00.1 is assigned twice, first in g:16",
        "rdm_policy | policy | g:18: `policy` is not a key here, known are `address`, `bars`, `port`, `rdm_policy`, `resize`",
        "strategy: host | strategy: &a host | g:9: the YAML anchor `&a` cannot be used",
      })
  void eachMistakeIsNamedOnItsLine(String good, String bad, String problem) {
    List<String> found = problems(YAML.replace(good, bad));
    assertTrue(found.get(0).startsWith(problem), found::toString);
    assertEquals(1, found.size(), found::toString);
  }

  @Test
  void aPvhDocumentHasNoDevicesNoHoleAndNoFirmware() {
    assertEquals(
        List.of(
            "g:7: `mmio_hole` goes with `xen-hvm`, not with `xen-pvh`",
            "g:14: `firmware` goes with `xen-hvm`, `qemu-pc`, `qemu-q35`, not with `xen-pvh`",
            "g:16: `devices` goes with `xen-hvm`, `qemu-pc`, `qemu-q35`, `ideal`, not with"
                + " `xen-pvh`"),
        problems(YAML.replace("xen-hvm", "xen-pvh")));
  }

  @Test
  void theContentDecidesNotTheName() throws Exception {
    String json =
        "{\"gfnplan\":\"guest/1\",\"name\":\"j\",\"platform\":\"xen-hvm\",\"memory\":4294967296}";
    String flow = "{gfnplan: guest/1, name: f, platform: xen-hvm, memory: 4GiB}";
    String quoted = "'gfnplan': guest/1\nname: \"a = b\"\nplatform: xen-hvm\nmemory: 4GiB\n";
    String lines = "gfnplan: guest/1\nplatform: xen-hvm\nmemory: 4GiB\nname: |\n  x = 1\n";
    String later = "memory: 4GiB\nname: l\nplatform: xen-hvm\ngfnplan: guest/1\n";
    assertEquals("j", guest(json).name());
    assertEquals("f", guest(flow).name());
    assertEquals("a = b", guest(quoted).name());
    assertEquals("x = 1\n", guest(lines).name());
    assertEquals("l", guest(later).name());
    assertEquals("x", guest("# gfnplan: guest/1\nname='x';type='hvm';memory=4096").name());
  }

  @Test
  void whatIsNeitherSaysSo() {
    String neither = "is no xl.cfg file, domain XML, QEMU command or guest document";
    assertTrue(problems("{\"name\": \"x\"}").get(0).startsWith("g: " + neither));
    assertTrue(problems("name: x\nmemory: 4GiB\n").get(0).startsWith("g: " + neither));
    assertTrue(problems("[1, 2]").get(0).startsWith("g: " + neither));
    assertTrue(problems("---\n- x\n").get(0).startsWith("g: " + neither));
    assertEquals(
        List.of("g:1: the root element must be `domain`, this is `guest`"), problems("<guest/>"));
    assertEquals(List.of("g: is empty"), problems(" \n\n"));
    assertEquals(List.of("g:1: holds a NUL byte, so it is not a text"), problems("\0\0"));
    assertEquals(
        List.of("g:1: expected `=` after `hello`, found `world`"), problems("hello world"));
  }

  @Test
  void filesThatCannotBeReadAreProblemsToo(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("x.txt"), YAML);
    assertEquals(file.toString(), GuestReader.read(file).document().document());
    UnusableInput absent =
        assertThrows(UnusableInput.class, () -> GuestReader.read(folder.resolve("y")));
    assertTrue(absent.getMessage().endsWith("y: no such file"));
    assertThrows(UnusableInput.class, () -> GuestReader.read(folder));
  }
}
