package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What hvmloader logged on a real Xen 4.17, against what the model says from the same inputs. */
class XenLabTest {
  @Test
  void hvmloaderStopsWhereTheRealOneStopped() throws IOException {
    int stopped = 0;
    for (LabCase lab : LabCase.all()) {
      HvmloaderResult loaded = lab.boot().loaded();
      boolean real = !lab.real().path("bug").isNull() && lab.real().path("xl_rc").asInt() == 0;
      assertEquals(real, loaded != null && loaded.refused(), lab.name());
      stopped += real ? 1 : 0;
    }
    assertEquals(2, stopped);
  }

  @Test
  void registersAreWhereTheRealLogSays() throws IOException {
    int compared = 0;
    for (LabCase lab : LabCase.all()) {
      HvmloaderResult loaded = lab.boot().loaded();
      if (loaded == null || loaded.refused()) {
        assertTrue(lab.real().path("bars").isEmpty(), lab.name());
        continue;
      }
      assertEquals(logged(lab.real().path("bars"), true), placed(loaded, true), lab.name());
      assertEquals(logged(lab.real().path("no_space"), false), placed(loaded, false), lab.name());
      compared++;
    }
    assertTrue(compared > 30, "compared=" + compared);
  }

  private static List<String> logged(JsonNode bars, boolean withAddress) {
    List<String> lines = new ArrayList<>();
    for (JsonNode bar : bars) {
      lines.add(
          LabText.register(
              bar.path("dev").asInt() << 3 | bar.path("fn").asInt(),
              bar.path("reg").asInt(),
              bar.path("size").asLong(),
              withAddress ? bar.path("addr").asLong() : 0));
    }
    lines.sort(Comparator.naturalOrder());
    return lines;
  }

  private static List<String> placed(HvmloaderResult loaded, boolean isPlaced) {
    return loaded.registers().stream()
        .filter(register -> register.isPlaced() == isPlaced)
        .map(
            register ->
                LabText.register(
                    register.function().devfn(),
                    register.bar().index() == Bar.ROM ? 0x30 : 0x10 + 4 * register.bar().index(),
                    register.bar().bytes(),
                    isPlaced ? register.address() : 0))
        .sorted()
        .toList();
  }

  @Test
  void theE820IsTheRealOneWhereOneWasPrinted() throws IOException {
    int compared = 0;
    for (LabCase lab : LabCase.all()) {
      HvmloaderResult loaded = lab.boot().loaded();
      JsonNode real = lab.real().path("e820");
      // Xen kills a guest over an identity mapping before hvmloader prints its map.
      if (real.isEmpty()) {
        assertFalse(lab.real().path("ok").asBoolean(), lab.name());
        continue;
      }
      assertNotNull(loaded, lab.name());
      List<E820Entry> entries = new ArrayList<>();
      for (JsonNode entry : real) {
        int type =
            switch (entry.path(2).asString()) {
              case "RAM" -> E820Entry.RAM;
              case "RESERVED" -> E820Entry.RESERVED;
              default -> Hvmloader.NVS;
            };
        entries.add(new E820Entry(entry.path(0).asLong(), entry.path(1).asLong(), type));
      }
      assertEquals(entries, loaded.e820(), lab.name());
      compared++;
    }
    assertTrue(compared > 30, "compared=" + compared);
  }

  /** The prediction is whole: the guest comes up exactly when the real one did. */
  @Test
  void theGuestsThatCameUpAreThose() throws IOException {
    for (LabCase lab : LabCase.all()) {
      BootMappings mappings = lab.boot().mappings();
      HvmloaderResult loaded = lab.boot().loaded();
      assertEquals(
          lab.real().path("ok").asBoolean(),
          loaded != null
              && !loaded.refused()
              && (mappings == null || !mappings.crashed())
              && !lab.diesOverAcpiTables(),
          lab.name());
    }
  }
}
