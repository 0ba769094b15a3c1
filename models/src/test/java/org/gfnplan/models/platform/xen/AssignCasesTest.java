package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Xen's sources and a booted Xen 4.17 say of identity mappings, case by case. */
class AssignCasesTest {
  /** 4 GiB without video memory: low RAM ends at 0xf0000000. */
  private static final String RAM =
      "{'gfn':'0x0','count':160,'type':'ram'},{'gfn':'0xc0','count':982848,'type':'ram'}";

  /** An iGPU's memory, a controller's inside RAM, and one that two functions share. */
  private static final String HOST =
      "{'start':'0xf9000000','size':8192,'devs':['00:02.0']},"
          + "{'start':'0x8b800000','end':'0x8b801fff','devs':['00:14.0']},"
          + "{'start':'0xf1000000','size':4096,'devs':['00:1a.0','00:1d.0']}";

  private static JsonNode run(String p2m, String host, String events) {
    String in =
        "{\"in\":{\"p2m\":[%s],\"host_rdm\":[%s],\"events\":[%s]}}".formatted(p2m, host, events);
    String line = AssignCases.complete(in.replace('\'', '"'));
    assertEquals(line, AssignCases.complete(line));
    return CaseText.object(line).path("out");
  }

  private static List<Integer> codes(JsonNode out) {
    List<Integer> codes = new ArrayList<>();
    out.path("events").forEach(event -> codes.add(event.path("rc").asInt()));
    return codes;
  }

  @Test
  void freeFramesAreMappedWhetherOrNotTheyWereReserved() {
    JsonNode out = run(RAM, HOST, "{'attach':'00:02.0'}");
    assertEquals(List.of(0), codes(out));
    assertEquals(
        "{\"gfn\":\"0xf9000\",\"mfn\":\"0xf9000\",\"count\":2,\"type\":\"rdm\",\"access\":\"rw\"}",
        out.path("p2m").path(2).toString());
  }

  @Test
  void aStrictDeviceWhoseMemoryIsUnderRamIsRefused() {
    JsonNode out = run(RAM, HOST, "{'attach':'00:14.0'}");
    assertEquals(List.of(-16), codes(out));
    assertEquals(
        "[\"[VT-D]d1: cannot map reserved region [8b800000,8b801fff]: -16\","
            + "\"d1: assign (0000:00:14.0) failed (-16)\"]",
        out.path("events").path(0).path("log").toString());
    assertEquals(2, out.path("p2m").size());
  }

  @Test
  void aRelaxedDeviceWhoseMemoryIsUnderRamIsGivenWithoutIt() {
    JsonNode out = run(RAM, HOST, "{'attach':'00:14.0','policy':'relaxed'}");
    assertEquals(List.of(0), codes(out));
    assertEquals("[[\"0x8b800\",\"0x8b802\"]]", out.path("events").path(0).path("left").toString());
    assertEquals(2, out.path("p2m").size());
  }

  @Test
  void sharedMemoryIsRefusedWhenStrictEvenForOneGuestAndCountedWhenRelaxed() {
    JsonNode strict = run(RAM, HOST, "{'attach':'00:1a.0'},{'attach':'00:1d.0'}");
    assertEquals(List.of(-1, -1), codes(strict));
    assertEquals(
        "[VT-D] It's disallowed to assign 0000:00:1a.0 with shared RMRR at f1000000 for d1.",
        strict.path("events").path(0).path("log").path(0).asString());
    String both = "{'attach':'00:1a.0','policy':'relaxed'},{'attach':'00:1d.0','policy':'relaxed'}";
    assertEquals(3, run(RAM, HOST, both).path("p2m").size());
    assertEquals(3, run(RAM, HOST, both + ",{'detach':'00:1a.0'}").path("p2m").size());
    JsonNode gone = run(RAM, HOST, both + ",{'detach':'00:1a.0'},{'detach':'00:1d.0'}");
    assertEquals(List.of(0, 0, 0, 0), codes(gone));
    assertEquals(2, gone.path("p2m").size());
  }

  @Test
  void amdDoesNotAskWhoShares() {
    String host = "{'start':'0xf1000000','size':4096,'kind':'ivmd','devs':['00:01.0','00:02.0']}";
    assertEquals(List.of(0, 0), codes(run(RAM, host, "{'attach':'00:01.0'},{'attach':'00:02.0'}")));
  }

  @Test
  void rangesThatOverlapAnotherMappingAreInUse() {
    String host =
        "{'start':'0xf1000000','size':8192,'devs':['00:01.0']},"
            + "{'start':'0xf1001000','size':8192,'devs':['00:02.0']}";
    JsonNode out = run(RAM, host, "{'attach':'00:01.0'},{'attach':'00:02.0','policy':'relaxed'}");
    assertEquals(List.of(0, -98), codes(out));
  }

  @Test
  void aManualMappingMayRunCodeAndIsThereforeInTheWay() {
    String p2m = RAM + ",{'gfn':'0xf9000','mfn':'0xf9000','count':2,'type':'mmio'}";
    assertEquals(List.of(-16), codes(run(p2m, HOST, "{'attach':'00:02.0'}")));
    String same = p2m.replace("'mmio'", "'mmio','access':'rw'");
    assertEquals(List.of(0), codes(run(same, HOST, "{'attach':'00:02.0'}")));
  }

  @Test
  void whatWasMappedForADeviceGoesWhenALaterRangeIsRefused() {
    String host =
        "{'start':'0xf1000000','size':4096,'devs':['00:01.0']},"
            + "{'start':'0x10000000','size':4096,'devs':['00:01.0']}";
    JsonNode out = run(RAM, host, "{'attach':'00:01.0'},{'detach':'00:01.0'}");
    assertEquals(List.of(-16, -19), codes(out));
    assertEquals(2, out.path("p2m").size());
  }

  @Test
  void theOtherOrderKillsTheGuest() {
    String attach = "{'attach':'00:02.0'},";
    for (String back :
        List.of(
            "{'back':{'gfn':'0xf8fff','count':4,'type':'ram'}}",
            "{'back':{'gfn':'0xf8fff','count':4,'type':'special'}}",
            "{'back':{'gfn':'0xf8fff','mfn':'0x1000','count':4,'type':'mmio'}}")) {
      JsonNode out = run(RAM, HOST, attach + back + ",{'detach':'00:02.0'}");
      assertEquals(List.of(0, -1), codes(out), back);
      assertTrue(out.path("crash").asBoolean(), back);
    }
    JsonNode same =
        run(
            RAM,
            HOST,
            attach + "{'back':{'gfn':'0xf9001','mfn':'0xf9001','count':1,'type':'mmio'}}");
    assertEquals(List.of(0, 0), codes(same));
    assertFalse(same.path("crash").asBoolean());
  }

  @Test
  void aGuestWithoutPassthroughIsGivenNothing() {
    String line = "{\"in\":{\"passthrough\":false,\"events\":[{\"attach\":\"00:02.0\"}]}}";
    assertEquals(List.of(-95), codes(CaseText.object(AssignCases.complete(line)).path("out")));
  }

  @Test
  void aDeviceIsGivenOnce() {
    assertEquals(
        List.of(-19, 0, -16),
        codes(run("", "", "{'detach':'00:02.0'},{'attach':'00:02.0'},{'attach':'00:02.0'}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'in':[]}",
        "{'in':{'p2m':[7]}}",
        "{'in':{'p2m':[{'gfn':'0x0','count':0,'type':'ram'}]}}",
        "{'in':{'p2m':[{'gfn':'0x0','count':1,'type':'rom'}]}}",
        "{'in':{'p2m':[{'gfn':'0x0','count':1099511627776,'order':18,'type':'ram'}]}}",
        "{'in':{'p2m':[{'gfn':'0x10000000000','count':1,'type':'ram'}]}}",
        "{'in':{'p2m':[{'gfn':'0x5','mfn':'0x6','count':1,'type':'rdm'}]}}",
        "{'in':{'p2m':[{'gfn':'0x5','mfn':'0xfffffffffff','count':1,'type':'mmio'}]}}",
        "{'in':{'p2m':[{'gfn':'0x5','mfn':'moon','count':1,'type':'mmio'}]}}",
        "{'in':{'p2m':[{'gfn':'0x5','count':2,'type':'ram'},{'gfn':'0x6','count':2,'type':'ram'}]}}",
        "{'in':{'host_rdm':[{'start':'0x1000','devs':[]}]}}",
        "{'in':{'host_rdm':[{'start':'0x1000','size':4096,'devs':['usb']}]}}",
        "{'in':{'events':[{}]}}",
        "{'in':{'events':[{'attach':'00:02.0','detach':'00:02.0'}]}}",
        "{'in':{'events':[{'attach':7}]}}",
        "{'in':{'events':[{'attach':'00:02.0','policy':'lax'}]}}",
        "{'in':{'domid':0}}"
      })
  void aLineThatIsNoCaseIsRefused(String line) {
    String json = line.replace('\'', '"');
    assertThrows(IllegalArgumentException.class, () -> AssignCases.complete(json));
  }
}
