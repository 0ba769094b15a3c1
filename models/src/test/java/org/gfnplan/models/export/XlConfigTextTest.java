package org.gfnplan.models.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.Reading;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlConfigTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mmio_hole = 2120",
        "maxmem = 8192",
        "vga = \"none\"",
        "vga = \"stdvga\"",
        "videoram = 64",
        "vga = \"qxl\"\nvideoram = 256\nvif = [ 'model=e1000', 'bridge=br0' ]",
        "hap = 0",
        "bios = \"ovmf\"",
        "rdm = \"strategy=host\"",
        "rdm = \"policy=strict\"",
        "rdm = \"strategy=host,policy=strict\"\nrdm_mem_boundary = 1024",
        "pci = [ '00:02.0', '0001:03:00.*,rdm_policy=strict' ]",
        "vnuma = [ [ 'pnode=1', 'size=3072', 'vcpus=0,2-3' ], [ 'size=1024' ] ]",
        "vnuma = [['size=4096', 'vcpus=0', 'vcpus=1', 'vdistances=10']]\nmaxmem = 4096",
        "device_model_args = [ '-machine', 'max-ram-below-4g=2G' ]"
      })
  void readsBackAsTheSameGuest(String lines) throws UnusableInput {
    Guest guest = Reading.xl(lines);
    String exported = XlConfigText.of(guest);
    assertEquals(GuestWords.of(guest), GuestWords.of(Reading.guest(exported)), exported);
    assertEquals(exported, XlConfigText.of(Reading.guest(exported)));
  }

  @Test
  void aPvhGuestReadsBackToo() throws UnusableInput {
    Guest guest = Reading.guest("name = 'p'\ntype = 'pvh'\nmemory = 512\nhap = 1\n");
    assertEquals(GuestWords.of(guest), GuestWords.of(Reading.guest(XlConfigText.of(guest))));
  }

  @Test
  void hasEveryKeyOfTheLayout() throws UnusableInput {
    assertEquals(
        """
        name = "x"
        type = "hvm"
        memory = 4096
        bios = "ovmf"
        mmio_hole = 2120
        rdm = "strategy=host"
        rdm_mem_boundary = 3000
        pci = [
          "0000:00:02.0,rdm_policy=relaxed",
        ]
        """,
        XlConfigText.of(
            Reading.xl(
                "pci = [ '00:02.0,rdm_policy=relaxed' ]",
                "rdm_mem_boundary = 3000",
                "rdm = \"strategy=host\"",
                "mmio_hole = 2120",
                "bios = 'ovmf'")));
  }

  @Test
  void nodesAreWrittenAsXlReadsThem() throws UnusableInput {
    String text =
        XlConfigText.of(
            Reading.xl(
                "vnuma = [['size=1024','vcpus= 0-1 , 5','vdistances=10, 20','pnode=0'],"
                    + "['vcpus=2','size=3072','vdistances=20,10']]"));
    assertTrue(
        text.contains(
            """
            memory = 4096
            vnuma = [
              [ "pnode=0", "size=1024", "vcpus=0-1,5", "vdistances=10,20" ],
              [ "size=3072", "vcpus=2", "vdistances=20,10" ],
            ]
            """),
        text);
  }

  @Test
  void nodesWithoutVcpusAreRefused() {
    Guest guest = Reading.xl("vnuma = [['size=4096']]");
    UnusableInput refused = assertThrows(UnusableInput.class, () -> XlConfigText.of(guest));
    assertEquals("g:4", refused.problems().get(0).origin().shortForm());
  }

  @Test
  void aHostileNameStaysAName() throws UnusableInput {
    String name = "a\"\nmmio_hole = 3000\n# '\\ ü </x>";
    Guest guest = document(name);
    assertEquals(name, Reading.guest(XlConfigText.of(guest)).name());
    assertEquals(null, Reading.guest(XlConfigText.of(guest)).mmioHoleMib());
  }

  @Test
  void aCharacterWithoutAnEscapeIsRefused() {
    UnusableInput refused =
        assertThrows(UnusableInput.class, () -> XlConfigText.of(document("a\u001b[2J")));
    assertEquals("xl.cfg cannot hold the character U+001B", refused.problems().get(0).message());
  }

  @Test
  void memoryThatIsNotInWholeMebibytesIsRefused() {
    UnusableInput refused =
        assertThrows(UnusableInput.class, () -> XlConfigText.of(Reading.guest("-m 2049K")));
    assertTrue(refused.problems().get(0).message().contains("2056 KiB"));
  }

  @Test
  void whatHasNoKeyIsAComment() throws UnusableInput {
    Guest guest =
        Reading.guest(
            """
            gfnplan: guest/1
            name: g
            platform: xen-hvm
            memory: 4GiB
            rdm:
              ranges:
                - {name: "a\\nmemory = 1", start: 0x80000000, size: 64KiB}
            """);
    String text = XlConfigText.of(guest);
    assertTrue(
        text.startsWith("# `a memory = 1` keeps 0x80000000..0x80010000 (64 KiB) clear: "), text);
    assertEquals(4096 * 1024, Reading.guest(text).memory().mostKib().value());
  }

  private static Guest document(String name) {
    StringBuilder escaped = new StringBuilder();
    name.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return Reading.guest(
        "{\"gfnplan\": \"guest/1\", \"platform\": \"xen-hvm\", \"name\": \"%s\", \"memory\": \"4GiB\"}"
            .formatted(escaped));
  }
}
