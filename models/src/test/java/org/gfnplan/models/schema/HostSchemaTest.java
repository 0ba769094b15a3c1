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
        List.of("name", "iommu", "address_width", "reserved", "memory_map", "devices")) {
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
      case "devices" -> pick(random, List.of("[]", "['00:02.0','0001:0a:1f.7']"));
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
