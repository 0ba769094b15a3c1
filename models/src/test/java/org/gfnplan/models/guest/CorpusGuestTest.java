package org.gfnplan.models.guest;

import static org.gfnplan.models.guest.Reading.findings;
import static org.gfnplan.models.guest.Reading.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CorpusGuestTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void everyConfigOfPeopleGivesTheDevicesAndPoliciesInIt() throws Exception {
    Path folder = Shared.folder().resolve("corpus/text");
    int files = 0;
    for (JsonNode entry : JSON.readTree(folder.resolve("index.json")).get("files")) {
      String file = entry.get("file").asString();
      if (!file.endsWith(".cfg")) {
        continue;
      }
      files++;
      String text = Files.readString(folder.resolve(file));
      // One of them is a single line; what it needs to be a guest goes behind it.
      boolean whole = text.contains("type");
      Guest guest = guest(whole ? text : text + "\nname='x'\ntype='hvm'\nmemory=4096\n");
      JsonNode expected = entry.get("expected");
      assertEquals(words(expected.get("pci")), describe(guest), file);
      boolean host = !expected.get("rdm").isEmpty();
      assertEquals(host, guest.rdm().strategy().value() == Guest.RdmStrategy.HOST, file);
      assertEquals(host, findings(guest).stream().anyMatch(f -> f.startsWith("xl-ignores-rdm")));
    }
    assertEquals(2, files);
  }

  private static List<String> words(JsonNode pci) {
    List<String> words = new ArrayList<>();
    for (JsonNode item : pci) {
      String text = item.asString();
      String address = text.substring(0, text.indexOf(','));
      String policy = text.contains("rdm_policy=relaxed") ? " RELAXED" : " null";
      words.add((address.length() == 7 ? "0000:" + address : address) + policy);
    }
    return words;
  }

  private static List<String> describe(Guest guest) {
    return guest.devices().stream().map(d -> d.address() + " " + Reading.policy(d)).toList();
  }

  @Test
  void aWholeConfigIsReadWithItsLines() throws Exception {
    Path file = Shared.folder().resolve("corpus/text/xl-win11-rdm-host-relaxed.cfg");
    Guest guest = GuestReader.read(file);
    assertEquals("win11", guest.name());
    assertEquals(16L << 20, guest.memory().startKib().value());
    assertEquals("memory = 16384", guest.memory().startKib().origin().text());
    assertTrue(guest.memory().startKib().origin().shortForm().endsWith(".cfg:3"));
    assertEquals("ovmf", guest.firmware().value());
    assertEquals(0, guest.memory().videoKib().value());
    assertTrue(guest.devices().get(0).origin().shortForm().endsWith(".cfg:24"));
    assertEquals(RdmPolicy.RELAXED, guest.rdm().policy().value());
  }

  @Test
  void aLineAloneIsNoGuest() {
    Path file = Shared.folder().resolve("corpus/text/xl-pci-rdm-policy-usb.cfg");
    UnusableInput unusable = assertThrows(UnusableInput.class, () -> GuestReader.read(file));
    assertEquals(1, unusable.problems().size(), unusable::getMessage);
    assertTrue(unusable.problems().get(0).message().startsWith("`memory` is missing"));
  }

  @Test
  void everyConfigThatBootedIsRead() throws Exception {
    Path file = Shared.folder().resolve("golden/xen-lab.jsonl");
    int holes = 0;
    for (String line : Files.readAllLines(file)) {
      JsonNode lab = JSON.readTree(line);
      Guest guest = guest(lab.get("xl_cfg").asString());
      JsonNode libxl = lab.get("harness_input").get("libxl");
      assertEquals(libxl.get("memory_mb").asLong() << 10, guest.memory().startKib().value());
      assertEquals(libxl.get("pci").size(), guest.devices().size(), lab.get("case").asString());
      holes += guest.mmioHoleMib() == null ? 0 : 1;
    }
    assertTrue(holes > 0);
  }
}
