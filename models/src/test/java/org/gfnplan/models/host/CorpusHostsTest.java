package org.gfnplan.models.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads the directory of every real machine. */
class CorpusHostsTest {
  @Test
  void everyHostHasTheReservedMemoryOfTheIndex() throws UnusableInput {
    int ranges = 0;
    for (JsonNode expected : Corpus.hosts().toList()) {
      Host host = read(expected);
      Set<String> wanted = new HashSet<>();
      for (JsonNode rmrr : expected.path("dmar").path("rmrr")) {
        long base = Long.decode(rmrr.get("start").asString());
        long last = Long.decode(rmrr.get("end").asString());
        wanted.add("RMRR %x-%x".formatted(base, base == last ? base + 0xfff : last));
      }
      for (JsonNode ivmd : expected.path("ivrs").path("ivmd")) {
        long base = Long.decode(ivmd.get("start").asString());
        long last = Long.decode(ivmd.get("end").asString());
        String kind = ivmd.get("unity").asBoolean() ? "IVMD_UNITY" : "IVMD_EXCLUSION";
        wanted.add("%s %x-%x".formatted(kind, base & -0x1000, last | 0xfff));
      }
      Set<String> found = new HashSet<>();
      host.reserved()
          .forEach(m -> found.add("%s %x-%x".formatted(m.kind(), m.startByte(), m.endByte() - 1)));
      assertEquals(wanted, found, host.name());
      assertEquals(found.size(), host.reserved().size(), host.name());
      assertEquals(expected.has("dmar") || expected.has("ivrs"), host.reservedKnown(), host.name());
      ranges += found.size();
    }
    int total = ranges;
    assertTrue(total > 300, () -> total + " ranges");
  }

  @Test
  void findingsAreOnlyAboutWhatIsOddInTheTables() throws UnusableInput {
    Map<String, List<String>> hostsByFinding = new TreeMap<>();
    for (JsonNode expected : Corpus.hosts().toList()) {
      Host host = read(expected);
      for (Finding finding : host.findings()) {
        hostsByFinding.computeIfAbsent(finding.id(), id -> new ArrayList<>()).add(host.name());
      }
    }
    List<String> known =
        List.of(
            "ivmd-not-whole-pages",
            "reserved-memory-unknown",
            "rmrr-one-byte",
            "source-ignored",
            "unknown-structure");
    assertTrue(known.containsAll(hostsByFinding.keySet()), hostsByFinding::toString);
    assertEquals(Corpus.hosts().count(), hostsByFinding.get("source-ignored").size());
  }

  private static Host read(JsonNode expected) throws UnusableInput {
    Path directory = Corpus.path("hosts").resolve(expected.get("id").asString());
    return HostReader.read(List.of(directory));
  }
}
