package org.gfnplan.models.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.Reading;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class GuestSchemaTest {
  private static final Schema SCHEMA = Schemas.named("guest-1.schema.json");
  private static final int DOCUMENTS = 3000;

  /* Values of the right shape and value, by key; devices and sizes go with each other. */
  private static final Map<String, List<String>> GOOD =
      Map.ofEntries(
          Map.entry("gfnplan", List.of("'guest/1'")),
          Map.entry("name", List.of("'a'", "'win 11'", "'\\u00e9'")),
          Map.entry("platform", List.of("'xen-hvm'", "'xen-hvm'", "'xen-hvm'", "'xen-pvh'")),
          Map.entry(
              "memory",
              List.of("4294967296", "'4GiB'", "'4096 M'", "'0x100000000'", "4294967296.0")),
          Map.entry("max_memory", List.of("'4G'", "4294967296", "'4194304K'")),
          Map.entry("video_memory", List.of("'16MiB'", "0", "8388608")),
          Map.entry("mmio_hole", List.of("'1GiB'", "268435456", "4026531840")),
          Map.entry(
              "rdm",
              List.of(
                  "{}",
                  "{'strategy':'host'}",
                  "{'strategy':'ignore','policy':'strict','boundary':0}",
                  "{'boundary':'2GiB','policy':'relaxed'}")),
          Map.entry("hap", List.of("true", "false")),
          Map.entry("physical_bits", List.of("32", "46", "52")),
          Map.entry("firmware", List.of("'seabios'", "'ovmf'")),
          Map.entry(
              "devices",
              List.of(
                  "[]",
                  "[{'address':'00:02.0'}]",
                  "[{'address':'0001:0a:1f.7','rdm_policy':'relaxed'},{'address':'1:0.1'}]")));

  private static final List<String> BAD =
      List.of(
          "null",
          "true",
          "1",
          "-1",
          "1.5",
          "1e400",
          "'x'",
          "''",
          "' '",
          "[]",
          "{}",
          "[1]",
          "'4GB'",
          "'010'",
          "'xen-kvm'",
          "'rombios'",
          "53",
          "31",
          "17592186044417",
          "'4 GB'",
          "'4096 '",
          "'0x'",
          "{'policy':'lax'}",
          "{'strategy':null}",
          "{'limit':1}",
          "[{}]",
          "[{'address':'00:20.0'}]",
          "[{'address':'00:02.8'}]",
          "[{'address':2}]",
          "['00:02.0']",
          "[{'address':'00:02.0','policy':'strict'}]",
          "[{'address':'00:02.0','rdm_policy':'no'}]");

  private static String accepted(String name, String text) {
    try {
      return described(GuestReader.read(name, text.getBytes(StandardCharsets.UTF_8)));
    } catch (UnusableInput e) {
      return null;
    }
  }

  private static String described(Guest guest) {
    Stream<Stated<?>> values =
        Stream.of(
            guest.memory().startKib(),
            guest.memory().mostKib(),
            guest.memory().videoKib(),
            guest.mmioHoleMib(),
            guest.rdm().strategy(),
            guest.rdm().policy(),
            guest.rdm().boundaryMib(),
            guest.hap(),
            guest.firmware(),
            guest.machine().physicalBits(),
            guest.platform());
    return guest.name()
        + values.map(v -> v == null ? "none" : v.value() + " " + v.isDefault()).toList()
        + guest.devices().stream().map(d -> d.address() + " " + Reading.policy(d)).toList();
  }

  private static String random(Random random) {
    Map<String, String> document = new LinkedHashMap<>();
    int damage = random.nextInt(3);
    for (String key : GOOD.keySet().stream().sorted().toList()) {
      boolean needed = List.of("gfnplan", "name", "platform", "memory").contains(key);
      if (needed ? random.nextInt(60) > 0 : random.nextInt(3) == 0) {
        List<String> pool = damage > 0 && random.nextInt(8) == 0 ? BAD : GOOD.get(key);
        document.put(key, pool.get(random.nextInt(pool.size())));
      }
    }
    if (damage > 0 && random.nextInt(12) == 0) {
      document.put("memroy", "1");
    }
    StringBuilder json = new StringBuilder("{");
    document.forEach(
        (key, value) -> json.append(json.length() > 1 ? "," : "").append("'" + key + "':" + value));
    return json.append("}").toString().replace('\'', '"');
  }

  @Test
  void readerAndSchemaAgreeOnRandomDocuments() {
    long seed = 20261121;
    Random random = new Random(seed);
    int good = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String json = random(random);
      List<String> complaints = Schemas.complaints(SCHEMA, json);
      boolean read = accepted("g", json) != null;
      String where = "seed " + seed + " document " + i + ": " + json + " " + complaints;
      assertEquals(complaints.isEmpty(), read, where);
      good += read ? 1 : 0;
    }
    int accepted = good;
    assertTrue(
        DOCUMENTS / 5 < accepted && accepted < DOCUMENTS * 4 / 5, () -> accepted + " accepted");
  }

  @Test
  void yamlAndJsonOfADocumentAreTheSameGuest() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String json = random(random);
      String yaml = new YAMLMapper().writeValueAsString(new JsonMapper().readTree(json));
      String where = "seed " + seed + " document " + i + ": " + json + "\n" + yaml;
      if (!json.contains("1e400")) {
        assertEquals(accepted("g", json), accepted("g", yaml), where);
      }
    }
  }

  @Test
  void rulesOfOnePlatformAreInTheSchema() {
    String head = "{\"gfnplan\":\"guest/1\",\"name\":\"a\",\"memory\":\"4GiB\",\"platform\":";
    assertEquals(List.of(), Schemas.complaints(SCHEMA, head + "\"xen-pvh\",\"devices\":[]}"));
    for (String key :
        List.of(
            "\"mmio_hole\":\"1GiB\"",
            "\"firmware\":\"ovmf\"",
            "\"devices\":[{\"address\":\"0:0.0\"}]")) {
      assertFalse(Schemas.complaints(SCHEMA, head + "\"xen-pvh\"," + key + "}").isEmpty(), key);
      assertEquals(List.of(), Schemas.complaints(SCHEMA, head + "\"xen-hvm\"," + key + "}"));
    }
  }

  @Test
  void theSchemaItselfIsValid() {
    Schema meta = Schemas.metaSchema();
    for (String file : List.of("guest-1.schema.json", "host-1.schema.json")) {
      assertEquals(
          List.of(), Schemas.complaints(meta, Schemas.named(file).getSchemaNode().toString()));
    }
    assertFalse(Schemas.complaints(meta, "{\"type\": 1}").isEmpty());
  }
}
