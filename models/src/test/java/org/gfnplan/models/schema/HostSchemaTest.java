package org.gfnplan.models.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSchemaTest {
  private static final Schema SCHEMA = Schemas.named("host-1.schema.json");
  private static final int DOCUMENTS = 2000;
  private static final List<String> BAD =
      List.of(
          "null",
          "true",
          "1",
          "-1",
          "1.5",
          "''",
          "' '",
          "{}",
          "[1]",
          "[{}]",
          "[null]",
          "'39'",
          "['x']",
          "[{'start':0,'size':0}]",
          "[{'start':0,'type':'usable'}]",
          "53",
          "['00:02.8']");

  private static String document(String fields) {
    String json = "{'gfnplan':'host/1'" + (fields.isEmpty() ? "" : ",") + fields + "}";
    return json.replace('\'', '"');
  }

  private static List<String> complaints(String fields) {
    return Schemas.complaints(SCHEMA, document(fields));
  }

  private static boolean isRead(String json) {
    try {
      HostReader.readText("h", json.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (UnusableInput e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'name':'a','iommu':'intel','address_width':39",
        "'reserved':[],'memory_map':[],'devices':[]",
        "'reserved':[{'start':'0xac6d3000','end':'0xac6e7000','devices':['00:02.0']}]",
        "'reserved':[{'start':2893889536,'size':'80 KiB','kind':'ivmd-unity'}]",
        "'reserved':[{'start':0,'size':4096,'devices':['0000:00:1c.0/00.0/1f.7']}]",
        "'memory_map':[{'start':0,'end':'640K','type':'usable'}]",
        "'reserved':[{'start':0,'size':4096,'devices':['0000:00:02.0-0000:00:1f.7']}]",
        "'devices':['00:02.0','0001:ff:1f.7']",
        "'iommu_bits':64,'cpu_physical_bits':46",
        "'reserved_iova':[{'start':0,'end':'16M','kind':'direct'}]",
        "'reserved_iova':[{'start':0,'size':4096,'kind':'msi','group':0}]",
        "'devices':[{'address':'00:02.0'}],'devices_complete':false",
        "'devices':[{'address':'0:2.0','bars':[],'bars_complete':false,'iommu_group':1}]",
        "'devices':[{'address':'0:2.0','bars':[{'bar':6,'space':'memory-32','size':'128K'}]}]",
        "'devices':[{'address':'0:2.0','bars':[{'bar':0,'space':'memory-64','size':4096,"
            + "'prefetchable':true,'resizable_to':['1M','2M'],'host_address':'0x1000'}]}]",
        "'pmem':[{'name':'n','extents':[{'start':4096,'size':4096}]}]",
        "'pmem':[{'name':'n','kind':'file','size':1,'extents':[{'start':4096,'end':8192}]}]",
      })
  void goodDocumentsHaveNoComplaint(String fields) {
    assertEquals(List.of(), complaints(fields));
    assertTrue(isRead(document(fields)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'gfnplan2':1",
        "'name':''",
        "'iommu':'arm'",
        "'address_width':31",
        "'address_width':'39'",
        "'reserved':{}",
        "'reserved':null",
        "'reserved':[{'start':0}]",
        "'reserved':[{'start':0,'end':1,'size':1}]",
        "'reserved':[{'end':4096}]",
        "'reserved':[{'start':0,'size':0}]",
        "'reserved':[{'start':-4096,'size':4096}]",
        "'reserved':[{'start':0,'end':4503599627370497}]",
        "'reserved':[{'start':0,'end':'4GB'}]",
        "'reserved':[{'start':0,'size':4096,'kind':'rdm'}]",
        "'reserved':[{'start':0,'size':4096,'devices':['00:20.0']}]",
        "'reserved':[{'start':0,'size':4096,'devices':'00:02.0'}]",
        "'reserved':[{'start':0,'size':4096,'type':'x'}]",
        "'memory_map':[{'start':0,'size':4096}]",
        "'devices':['00:02.0/01.0']",
        "'devices':[2]",
        "'iommu_bits':65",
        "'cpu_physical_bits':31",
        "'reserved_iova':[{'start':0,'end':'16M'}]",
        "'reserved_iova':[{'start':0,'end':'16M','kind':'soft'}]",
        "'reserved_iova':[{'start':0,'end':'16M','kind':'msi','group':-1}]",
        "'devices_complete':true",
        "'devices':[],'devices_complete':1",
        "'devices':[{}]",
        "'devices':[{'address':'00:20.0'}]",
        "'devices':[{'address':'0:2.0','bars':[{'bar':7,'space':'io','size':16}]}]",
        "'devices':[{'address':'0:2.0','bars':[{'bar':0,'space':'ram','size':16}]}]",
        "'devices':[{'address':'0:2.0','bars':[{'bar':0,'space':'io'}]}]",
        "'devices':[{'address':'0:2.0','bars':[{'bar':0,'size':16}]}]",
        "'pmem':[{'name':'n'}]",
        "'pmem':[{'extents':[{'start':4096,'size':4096}]}]",
        "'pmem':[{'name':'n','extents':[]}]",
        "'pmem':[{'name':'n','kind':'file','extents':[{'start':4096,'end':8192}]}]",
        "'pmem':[{'name':'n','kind':'blk','extents':[{'start':4096,'end':8192}]}]",
        "'pmem':[{'name':'n','extents':[{'start':4096}]}]",
      })
  void badDocumentsHave(String fields) {
    assertFalse(complaints(fields).isEmpty());
    assertFalse(isRead(document(fields)));
  }

  @Test
  void readerAndSchemaAgreeOnRandomDocuments() {
    long seed = 20261121;
    Random random = new Random(seed);
    int good = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String fields = random(random);
      List<String> complaints = complaints(fields);
      boolean read = isRead(document(fields));
      String where = "seed " + seed + " document " + i + ": " + fields + " " + complaints;
      assertEquals(complaints.isEmpty(), read, where);
      good += read ? 1 : 0;
    }
    int accepted = good;
    assertTrue(
        DOCUMENTS / 5 < accepted && accepted < DOCUMENTS * 4 / 5, () -> accepted + " accepted");
  }

  private static String random(Random random) {
    List<String> fields = new ArrayList<>();
    boolean damaged = random.nextInt(3) > 0;
    for (String key :
        List.of(
            "name",
            "iommu",
            "address_width",
            "iommu_bits",
            "reserved",
            "reserved_iova",
            "memory_map",
            "devices",
            "pmem")) {
      if (random.nextBoolean()) {
        boolean bad = damaged && random.nextInt(4) == 0;
        fields.add("'" + key + "':" + (bad ? pick(random, BAD) : good(random, key)));
      }
    }
    if (damaged && random.nextInt(20) == 0) {
      fields.add("'nmae':'x'");
    }
    return String.join(",", fields);
  }

  private static String good(Random random, String key) {
    return switch (key) {
      case "name" -> "'h'";
      case "iommu" -> pick(random, List.of("'intel'", "'amd'"));
      case "address_width" -> pick(random, List.of("32", "39", "52"));
      case "iommu_bits" -> pick(random, List.of("30", "48", "64"));
      case "reserved_iova" ->
          pick(random, List.of("[]", "[{'start':0,'end':'16M','kind':'direct','group':2}]"));
      case "devices" ->
          pick(
              random,
              List.of(
                  "[]",
                  "['00:02.0','0001:0a:1f.7']",
                  "['00:02.0',{'address':'01:00.0','iommu_group':1}]",
                  "[{'address':'1:0.0','bars':[{'bar':0,'space':'memory-64','size':'16G'}]}]"));
      case "pmem" ->
          pick(
              random,
              List.of(
                  "[]",
                  "[{'name':'n','extents':[{'start':4096,'size':4096}]}]",
                  "[{'name':'r','kind':'region','extents':[{'start':0,'end':8192}]},"
                      + "{'name':'f','kind':'file','size':9,'extents':[{'start':0,'end':4096}]}]"));
      case "memory_map" -> "[{'start':0,'end':'640K','type':'usable'}]";
      default -> {
        String end =
            pick(
                random,
                List.of("'end':8192", "'size':'4KiB'", "'end':'0x2000'", "'end':8192,'size':4096"));
        String kind =
            pick(
                random,
                List.of("", ",'kind':'rmrr'", ",'kind':'RMRR'", ",'devices':['0:2.0/1.0']"));
        yield "[{'start':"
            + pick(random, List.of("4096", "'4K'", "'0x1000'", "'4KB'"))
            + ","
            + end
            + kind
            + "}]";
      }
    };
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  @Test
  void theKindOfDocumentIsNeeded() {
    assertFalse(Schemas.complaints(SCHEMA, "{}").isEmpty());
    assertFalse(Schemas.complaints(SCHEMA, "{\"gfnplan\":\"guest/1\"}").isEmpty());
  }
}
