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

  private static final List<String> PLATFORMS =
      List.of("xen-hvm", "xen-pvh", "qemu-pc", "qemu-q35", "qemu-microvm", "ideal");
  private static final List<String> QEMU = PLATFORMS.subList(2, 5);

  /* Values of the right shape and value, by key; devices and sizes go with each other. */
  private static final Map<String, List<String>> GOOD =
      Map.ofEntries(
          Map.entry("gfnplan", List.of("'guest/1'")),
          Map.entry("name", List.of("'a'", "'win 11'", "'\\u00e9'")),
          Map.entry(
              "memory",
              List.of("4294967296", "'4GiB'", "'4096 M'", "'0x100000000'", "4294967296.0")),
          Map.entry("max_memory", List.of("'4G'", "4294967296", "'4194304K'")),
          Map.entry("slots", List.of("0")),
          Map.entry("video_memory", List.of("'16MiB'", "0", "8388608")),
          Map.entry(
              "vnuma",
              List.of("[]", "[{'memory':'4GiB'}]", "[{'memory':3221225472},{'memory':'1G'}]")),
          Map.entry("mmio_hole", List.of("'1GiB'", "268435456", "4026531840")),
          Map.entry(
              "rdm",
              List.of(
                  "{}",
                  "{'strategy':'host','mirror_host':true}",
                  "{'strategy':'ignore','policy':'strict','ranges':[]}",
                  "{'ranges':[{'name':'b','start':0,'size':4096},"
                      + "{'name':'c','start':'0xe0000','end':'1MiB','policy':'strict'}]}")),
          Map.entry("hap", List.of("true", "false")),
          Map.entry("max_ram_below_4g", List.of("'2G'", "4294967296", "1048576")),
          Map.entry("pci_hole64", List.of("0", "1", "'32GiB'")),
          Map.entry("ovmf_window64", List.of("0", "1048576", "'32GiB'")),
          Map.entry("cpu_vendor", List.of("'intel'", "'amd'")),
          Map.entry("physical_bits", List.of("45", "46", "52")),
          Map.entry("private_bit", List.of("47", "51")),
          Map.entry("firmware", List.of("'seabios'", "'ovmf'")),
          Map.entry(
              "devices",
              List.of(
                  "[]",
                  "[{'address':'00:02.0'}]",
                  "[{'address':'00:03.0','rdm_policy':{'ram':'relaxed'},'resize':{'0':'1G'},"
                      + "'bars':[{'bar':0,'size':1048576,'space':'memory-64','prefetchable':true}]}]",
                  "[{'address':'0001:0a:1f.7','rdm_policy':'relaxed'},{'address':'1:0.1'}]")),
          Map.entry("pool", List.of("[]", "[{'address':'00:04.0','rdm_policy':{}}]")),
          Map.entry(
              "emulated",
              List.of(
                  "[]",
                  "[{'name':'e','bars':[]},{'name':'f','bars':[{'size':2048,'space':'rom'},"
                      + "{'bar':5,'size':4,'space':'io'},{'bar':4,'size':16,'space':'memory-32'}]}]")),
          Map.entry(
              "ports", List.of("[]", "[{'name':'rp0','memory':2097152,'prefetchable':'1T'}]")),
          Map.entry(
              "pmem",
              List.of(
                  "[]",
                  "[{'name':'a','size':4096},{'name':'b','kind':'dimm','size':'16T'}]",
                  "[{'name':'a','size':'1G','label':131072,'alignment':4096,'address':0,"
                      + "'backing':'/dev/pmem0','file':true,'kind':'nvdimm'}]")));

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
          "[{'address':'00:02.0','rdm_policy':'no'}]",
          "[{'address':'00:02.0','rdm_policy':{'rom':'strict'}}]",
          "[{'address':'00:02.0','resize':{'6':'1MiB'}}]",
          "[{'address':'00:02.0','resize':{'1':524288}}]",
          "[{'name':'a','bars':[{'bar':0,'size':16,'space':'rom'}]}]",
          "[{'name':'a','bars':[{'size':16,'space':'io'}]}]",
          "[{'name':'a','bars':[{'bar':0,'size':17592186044417,'space':'memory-64'}]}]",
          "[{'name':'a','memory':1}]",
          "[{'name':'a','size':1}]",
          "[{'name':'a','size':4096,'label':4096}]",
          "[{'name':'a','size':4096,'slot':256}]",
          "{'ranges':[{'name':'a','start':0}]}",
          "{'ranges':[{'name':'a','start':0,'size':4096,'end':4096}]}",
          "{'ranges':[{'start':0,'size':4096}]}",
          "{'mirror_host':1}",
          "[{'memory':1}]");

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

  /* A key that does not go with the platform is good for nothing but a complaint, so it is rare. */
  private static final Map<String, List<String>> ELSEWHERE =
      Map.of(
          "xen-hvm", List.of("slots", "pci_hole64", "ovmf_window64", "private_bit", "ports"),
          "xen-pvh",
              List.of(
                  "slots",
                  "mmio_hole",
                  "max_ram_below_4g",
                  "ovmf_window64",
                  "pci_hole64",
                  "private_bit",
                  "firmware",
                  "devices",
                  "pool",
                  "emulated",
                  "ports",
                  "pmem"),
          "qemu-pc", List.of("video_memory", "mmio_hole", "hap", "ports"),
          "qemu-q35", List.of("video_memory", "mmio_hole", "hap"),
          "qemu-microvm",
              List.of(
                  "max_memory",
                  "slots",
                  "video_memory",
                  "vnuma",
                  "mmio_hole",
                  "max_ram_below_4g",
                  "ovmf_window64",
                  "pci_hole64",
                  "hap",
                  "firmware",
                  "devices",
                  "pool",
                  "emulated",
                  "ports",
                  "pmem"),
          "ideal",
              List.of(
                  "mmio_hole",
                  "max_ram_below_4g",
                  "ovmf_window64",
                  "pci_hole64",
                  "hap",
                  "firmware"));

  private static boolean rightful(String key, String platform, Random random) {
    return switch (key) {
      case "gfnplan", "name", "memory" -> random.nextInt(90) > 0;
      case "slots" -> random.nextInt(60) == 0;
      default ->
          random.nextInt(ELSEWHERE.getOrDefault(platform, List.of()).contains(key) ? 150 : 4) == 0;
    };
  }

  private static String random(Random random) {
    Map<String, String> document = new LinkedHashMap<>();
    int damage = random.nextInt(3);
    String platform = PLATFORMS.get(random.nextInt(PLATFORMS.size()));
    if (random.nextInt(60) > 0) {
      document.put("platform", random.nextInt(60) == 0 ? "'qemu'" : "'" + platform + "'");
    }
    for (String key : GOOD.keySet().stream().sorted().toList()) {
      if (rightful(key, platform, random)) {
        List<String> pool = damage > 0 && random.nextInt(8) == 0 ? BAD : GOOD.get(key);
        document.put(key, pool.get(random.nextInt(pool.size())));
      }
    }
    if (QEMU.contains(platform) && random.nextInt(6) == 0) {
      List<String> machines =
          List.of("pc", "pc-i440fx-7.2", "q35", "pc-q35-7.2", "microvm", "xenfv");
      document.put("machine", "'" + machines.get(random.nextInt(machines.size())) + "'");
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
