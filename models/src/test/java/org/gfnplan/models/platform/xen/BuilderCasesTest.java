package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.gfnplan.models.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderCasesTest {
  private static final String W5 =
      "{\"type\":\"hvm\",\"memory_mib\":2800,\"video_mib\":8,\"mmio_hole_mib\":0,\"hap\":true,"
          + "\"rdm_mem_boundary_mib\":2048,\"strategy\":\"host\",\"policy\":\"strict\","
          + "\"rdms\":[{\"start\":\"0xac6d3000\",\"pages\":20},"
          + "{\"start\":\"0xad800000\",\"pages\":10240}]";

  @Test
  void everyRecordedAnswerOfTheRealBuilderIsReproduced() throws IOException {
    List<String> lines = Files.readAllLines(Shared.folder().resolve("golden/xen-builder.jsonl"));
    assertEquals(400, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertEquals(lines.get(i), BuilderCases.complete(lines.get(i)), "line " + (i + 1));
    }
  }

  @Test
  void ramIsMovedBelowTheLowestEntryAndQemuIsNotTold() {
    assertEquals(
        W5
            + ",\"pre_lowmem_end\":\"0xae800000\",\"pre_highmem_end\":\"0\","
            + "\"mmio_start\":\"0xf0000000\",\"rc\":0,\"lowmem_end\":\"0xac600000\","
            + "\"highmem_end\":\"0x102200000\",\"masked\":[],\"toolstack_e820\":["
            + "[\"0x100000\",\"0xac600000\",1],[\"0xac6d3000\",\"0xac6e7000\",2],"
            + "[\"0xad800000\",\"0xb0000000\",2],[\"0x100000000\",\"0x102200000\",1]],"
            + "\"meminit_rc\":0,\"extents_4k\":480,\"extents_2m\":883,\"extents_1g\":1,"
            + "\"qemu_below_4g\":\"0xae800000\",\"qemu_above_4g\":\"0\",\"qemu_agrees\":false}",
        BuilderCases.complete(W5 + "}"));
  }

  @Test
  void nodesAreCutWhereRamIs() {
    String answer =
        BuilderCases.complete(
            "{\"memory_mib\":4096,\"video_mib\":16,\"vnuma_mib\":[2048,2048],"
                + "\"rdms\":[{\"start\":\"0xac6d3000\",\"pages\":20}]}");
    assertTrue(
        answer.contains(
            "\"vmemranges\":[[\"0\",\"0x7f000000\",0],[\"0x7f000000\",\"0xac600000\",1],"
                + "[\"0x100000000\",\"0x152a00000\",1]],\"meminit_rc\":0,"
                + "\"extents_4k\":480,\"extents_2m\":1527,\"extents_1g\":1,"),
        answer);
    String refused = BuilderCases.complete("{\"memory_mib\":4096,\"vnuma_mib\":[2048]}");
    assertTrue(refused.contains("\"rc\":-3"), refused);
  }

  @Test
  void anAnswerOfAnEarlierRunIsReplaced() {
    assertEquals(
        BuilderCases.complete(W5 + "}"),
        BuilderCases.complete(W5 + ",\"rc\":7,\"lowmem_end\":\"0x1\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"memory_mib\":\"4096\"}",
        "{\"memory_mib\":16,\"video_mib\":16}",
        "{\"memory_mib\":18446744073709551616}",
        "{\"memory_mib\":64,\"mmio_hole_mib\":4096}",
        "{\"memory_mib\":64,\"type\":\"pv\"}",
        "{\"memory_mib\":64,\"vnuma_mib\":64}",
        "{\"memory_mib\":64,\"vnuma_mib\":[-1]}",
        "{\"memory_mib\":64,\"rdms\":[{\"start\":\"0x1001\",\"pages\":1}]}",
        "{\"memory_mib\":64,\"rdms\":[{\"start\":\"0x1000\",\"pages\":0}]}",
        "{\"memory_mib\":64,\"rdms\":[{\"start\":\"0x1000\",\"pages\":9223372036854775807}]}"
      })
  void aLineThatIsNoCaseIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> BuilderCases.complete(line));
  }
}
