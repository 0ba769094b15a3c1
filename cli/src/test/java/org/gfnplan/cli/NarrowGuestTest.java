package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RAM in several chunks and a window of persistent memory compete for 36 address bits. */
class NarrowGuestTest {
  @TempDir private Path folder;

  private Run plan(int gib, String engine) throws IOException {
    Path host =
        Files.writeString(
            folder.resolve("host.yaml"),
            """
            gfnplan: host/1
            name: laptop
            iommu: intel
            reserved:
              - {start: 0x79891000, end: 0x798b1000, kind: rmrr, devices: ["0000:00:15.0"]}
              - {start: 0x7b800000, end: 0x80000000, kind: rmrr, devices: ["0000:00:02.0"]}
              - {start: 0x8b000000, end: 0x8b020000, kind: rmrr, devices: ["0000:00:14.0"]}
            """);
    Path guest =
        Files.writeString(
            folder.resolve("guest.yaml"),
            """
            gfnplan: guest/1
            name: narrow
            platform: ideal
            memory: %dGiB
            physical_bits: 36
            pmem: [{name: pm0, size: 32GiB}]
            """
                .formatted(gib));
    return Run.of(List.of("plan", "--host", host + "", "--guest", guest + "", "--engine", engine));
  }

  @Test
  void moreThanTheWidthHoldsIsAConflictThatIsCounted() throws IOException {
    for (String engine : List.of("exact", "auto")) {
      Run run = plan(40, engine);
      assertEquals(1, run.exit(), run.err());
      assertTrue(run.words().contains("short by 8 GiB"), run.out());
    }
  }

  @Test
  void whatFitsIsProvenToBeClosest() throws IOException {
    for (int gib : new int[] {30, 31}) {
      Run run = plan(gib, "exact");
      assertEquals(0, run.exit(), run.err());
      assertFalse(run.out().contains("budget"), run.out());
    }
  }
}
