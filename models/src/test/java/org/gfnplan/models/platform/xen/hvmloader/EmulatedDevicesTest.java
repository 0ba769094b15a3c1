package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards.Network;
import org.gfnplan.models.guest.GuestCards.Video;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.xen.CaseText;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EmulatedDevicesTest {
  private static Guest guest(String video) throws UnusableInput {
    String config = "name=\"g\"\ntype=\"hvm\"\nmemory=1024\n" + video;
    return GuestReader.read("g.cfg", config.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> registers(List<PciFunction> functions) {
    List<String> lines = new ArrayList<>();
    for (PciFunction function : functions) {
      for (Bar bar : function.bars()) {
        lines.add("%02x %d 0x%x".formatted(function.devfn(), bar.index(), bar.bytes()));
      }
    }
    return lines;
  }

  @Test
  void cirrusAndRtl8139AreTheDevicesOfTheRecordedDefaultGuests() throws IOException, UnusableInput {
    List<String> ours =
        registers(EmulatedDevices.of(guest(""), Video.CIRRUS, List.of(Network.RTL8139)));
    int same = 0;
    for (String line : Files.readAllLines(Shared.folder().resolve("golden/xen-hvmloader.jsonl"))) {
      List<String> recorded = new ArrayList<>();
      for (JsonNode bar : CaseText.object(line).path("bars")) {
        if (bar.path("devfn").asInt() < 5 << 3) {
          recorded.add(
              "%02x %d %s"
                  .formatted(
                      bar.path("devfn").asInt(),
                      bar.path("bar").asInt(),
                      bar.path("size").asString()));
        }
      }
      same += recorded.equals(ours) ? 1 : 0;
    }
    assertEquals(117, same);
  }

  @Test
  void aStandardCardHasAWindowOfItsVideoMemory() throws UnusableInput {
    Guest guest = guest("vga=\"stdvga\"\nvideoram=24\n");
    assertEquals(
        List.of("18 0 0x2000000", "18 2 0x1000", "18 6 0x10000"),
        registers(EmulatedDevices.of(guest, Video.STDVGA, List.of())).subList(3, 6));
  }

  @Test
  void aQxlHasHalfOfItsVideoMemoryInEachWindow() throws UnusableInput {
    Guest guest = guest("vga=\"qxl\"\n");
    assertEquals(
        List.of("18 0 0x4000000", "18 1 0x4000000", "18 2 0x2000", "18 3 0x20", "18 6 0x10000"),
        registers(EmulatedDevices.of(guest, Video.QXL, List.of())).subList(3, 8));
  }

  @Test
  void networkCardsFollowTheVideoCard() throws UnusableInput {
    assertEquals(
        List.of("18 0 0x20000", "18 1 0x40", "18 6 0x40000", "20 0 0x100"),
        registers(
                EmulatedDevices.of(
                    guest("vga=\"none\"\n"), Video.NONE, List.of(Network.E1000, Network.RTL8139)))
            .subList(3, 7));
    Guest guest = guest("");
    assertThrows(
        IllegalArgumentException.class,
        () -> EmulatedDevices.of(guest, Video.CIRRUS, Collections.nCopies(29, Network.E1000)));
  }
}
