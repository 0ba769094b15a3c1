package org.gfnplan.models.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSchemaTest {
  private static final Schema SCHEMA = Schemas.named("host-1.schema.json");

  private static List<String> complaints(String fields) {
    String json = "{'gfnplan':'host/1'" + (fields.isEmpty() ? "" : ",") + fields + "}";
    return Schemas.complaints(SCHEMA, json.replace('\'', '"'));
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
        "'devices':['00:02.0','0001:ff:1f.7']",
      })
  void goodDocumentsHaveNoComplaint(String fields) {
    assertEquals(List.of(), complaints(fields));
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
  }

  @Test
  void theKindOfDocumentIsNeeded() {
    assertFalse(Schemas.complaints(SCHEMA, "{}").isEmpty());
    assertFalse(Schemas.complaints(SCHEMA, "{\"gfnplan\":\"guest/1\"}").isEmpty());
  }
}
