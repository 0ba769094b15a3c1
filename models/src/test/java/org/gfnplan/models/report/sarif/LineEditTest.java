package org.gfnplan.models.report.sarif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.report.GuestDiff;
import org.junit.jupiter.api.Test;

class LineEditTest {
  private static final Setting HOLE = Setting.of("mmio_hole", 2120L, "mmio_hole = 2120");
  private static final Setting BOUNDARY =
      Setting.of("rdm_mem_boundary", 1024L, "rdm_mem_boundary = 1024");

  private static List<LineEdit> edits(String guest, Setting... values) throws UnusableInput {
    return LineEdit.of(
        GuestReader.read("g", guest.getBytes(StandardCharsets.UTF_8)),
        new GuestDiff(List.of(values), new TreeSet<>(), new TreeSet<>()));
  }

  private static String guest(String... lines) {
    return "name = 'a'\ntype = 'hvm'\n" + String.join("\n", lines) + "\n";
  }

  @Test
  void aPlainAssignmentIsReplaced() throws UnusableInput {
    assertEquals(
        List.of(new LineEdit("g", 4, "mmio_hole = 2120")),
        edits(guest("memory = 4096", "  mmio_hole=512"), HOLE));
  }

  @Test
  void whatIsNewComesBeforeALineThatIsThere() throws UnusableInput {
    assertEquals(
        List.of(new LineEdit("g", 3, "mmio_hole = 2120\nmemory = 4096")),
        edits(guest("memory = 4096"), HOLE));
    assertEquals(
        List.of(new LineEdit("g", 4, "rdm_mem_boundary = 1024\nmmio_hole = 2120")),
        edits(guest("memory = 4096", "mmio_hole = 512"), HOLE, BOUNDARY));
  }

  @Test
  void whatIsLeftOutLeavesNothing() throws UnusableInput {
    assertEquals(
        List.of(new LineEdit("g", 4, "")),
        edits(guest("memory = 4096", "mmio_hole = 512"), Setting.of("mmio_hole", 0L, "")));
  }

  @Test
  void aLineThatSaysMoreIsLeftAlone() throws UnusableInput {
    for (String line :
        List.of("mmio_hole = 512 # why", "mmio_hole = 512; hap = 1", "mmio_hole = 512;")) {
      assertEquals(List.of(), edits(guest("memory = 4096", line), HOLE), line);
    }
    assertEquals(List.of(), edits(guest("memory = 4096 # why"), HOLE));
  }

  @Test
  void aDeviceAndAnotherKindOfFileAreLeftAlone() throws UnusableInput {
    Setting policy = new Setting("rdm_policy", "00:02.0", "relaxed", "rdm_policy=relaxed");
    assertEquals(List.of(), edits(guest("memory = 4096", "mmio_hole = 512"), HOLE, policy));
    String document = "gfnplan: guest/1\nname: a\nplatform: xen-hvm\nmemory: 4GiB\n";
    assertEquals(List.of(), edits(document + "mmio_hole: 512MiB\n", HOLE));
    assertEquals(List.of(), edits(document, HOLE));
  }
}
