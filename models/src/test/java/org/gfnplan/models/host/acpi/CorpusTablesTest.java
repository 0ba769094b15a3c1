package org.gfnplan.models.host.acpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.gfnplan.models.host.Corpus;
import org.gfnplan.models.host.acpi.AcpiTable.Problems;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares every field of real tables with what an independent parser read. */
class CorpusTablesTest {
  @Test
  void everyDmarFieldIsAsTheIndexHasIt() {
    List<JsonNode> hosts = Corpus.hosts().filter(host -> host.has("dmar")).toList();
    assertTrue(hosts.size() > 100, () -> hosts.size() + " hosts with a DMAR table");
    for (JsonNode host : hosts) {
      AcpiTable table = table(host, "DMAR.dat");
      assertSame(host, host.get("dmar"), dmar(parse(table, DmarReader::read), table));
    }
  }

  @Test
  void everyIvrsFieldIsAsTheIndexHasIt() {
    List<JsonNode> hosts = Corpus.hosts().filter(host -> host.has("ivrs")).toList();
    assertTrue(hosts.size() > 30, () -> hosts.size() + " hosts with an IVRS table");
    for (JsonNode host : hosts) {
      AcpiTable table = table(host, "IVRS.dat");
      assertSame(host, host.get("ivrs"), ivrs(parse(table, IvrsReader::read), table));
    }
  }

  @Test
  void everyMcfgWindowIsAsTheIndexHasIt() {
    List<JsonNode> hosts = Corpus.hosts().filter(host -> host.has("mcfg")).toList();
    assertTrue(hosts.size() > 100, () -> hosts.size() + " hosts with an MCFG table");
    for (JsonNode host : hosts) {
      List<Object> tables = new ArrayList<>();
      for (JsonNode file : host.get("files")) {
        if (file.asString().startsWith("MCFG")) {
          Mcfg mcfg = parse(table(host, file.asString()), Mcfg::read);
          tables.add(mcfg.windows().stream().map(CorpusTablesTest::window).toList());
        }
      }
      assertSame(host, host.get("mcfg"), tables);
    }
  }

  private static AcpiTable table(JsonNode host, String file) {
    Path path = Corpus.path("hosts").resolve(host.get("id").asString()).resolve(file);
    return AcpiTable.ofFile(path.toString(), Corpus.bytes(path));
  }

  private static <T> T parse(AcpiTable table, BiFunction<AcpiTable, Problems, T> reader) {
    List<String> problems = new ArrayList<>();
    T parsed = reader.apply(table, (offset, message) -> problems.add(offset + ": " + message));
    assertEquals(List.of(), problems, table.document());
    assertNotNull(parsed, table.document());
    return parsed;
  }

  private static void assertSame(JsonNode host, JsonNode expected, Object actual) {
    JsonMapper json = JsonMapper.shared();
    assertEquals(
        json.writerWithDefaultPrettyPrinter().writeValueAsString(expected),
        json.writerWithDefaultPrettyPrinter()
            .writeValueAsString(json.readTree(json.writeValueAsString(actual))),
        host.get("id").asString());
  }

  private static Map<String, Object> dmar(Dmar dmar, AcpiTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("host_address_width", dmar.addressWidth());
    map.put("flags", dmar.flags());
    map.put("revision", dmar.header().revision());
    map.put("length", dmar.header().length());
    map.put("oem_id", dmar.header().oemId());
    map.put("oem_table_id", dmar.header().oemTableId());
    map.put("drhd", dmar.drhds().stream().map(CorpusTablesTest::drhd).toList());
    map.put("rmrr", dmar.rmrrs().stream().map(CorpusTablesTest::rmrr).toList());
    map.put("atsr", dmar.atsrs().stream().map(CorpusTablesTest::flagged).toList());
    map.put("rhsa", dmar.rhsas().stream().map(CorpusTablesTest::rhsa).toList());
    map.put("andd", dmar.andds().stream().map(CorpusTablesTest::andd).toList());
    map.put("satc", dmar.satcs().stream().map(CorpusTablesTest::flagged).toList());
    map.put("sidp", dmar.sidps().stream().map(unit -> sidp(unit, table)).toList());
    assertEquals(List.of(), dmar.unknown());
    return map;
  }

  private static Map<String, Object> drhd(Dmar.Drhd drhd) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("segment", drhd.segment());
    map.put("flags", drhd.flags());
    map.put("base", hex(drhd.base()));
    map.put("scopes", scopes(drhd.scopes()));
    return map;
  }

  private static Map<String, Object> rmrr(Dmar.Rmrr rmrr) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("segment", rmrr.segment());
    map.put("start", hex(rmrr.base()));
    map.put("end", hex(rmrr.limit()));
    map.put("scopes", scopes(rmrr.scopes()));
    return map;
  }

  private static Map<String, Object> flagged(Dmar.ScopedUnit unit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("segment", unit.segment());
    map.put("flags", unit.flags());
    map.put("scopes", scopes(unit.scopes()));
    return map;
  }

  private static Map<String, Object> rhsa(Dmar.Rhsa rhsa) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("base", hex(rhsa.base()));
    map.put("proximity_domain", rhsa.proximityDomain());
    return map;
  }

  private static Map<String, Object> andd(Dmar.Andd andd) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("device_number", andd.deviceNumber());
    map.put("object_name", andd.objectName());
    return map;
  }

  private static Map<String, Object> sidp(Dmar.ScopedUnit unit, AcpiTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("segment", unit.segment());
    map.put("raw", raw(table, unit.offset(), table.u16(unit.offset() + 2)));
    return map;
  }

  private static List<Object> scopes(List<Dmar.Scope> scopes) {
    List<Object> list = new ArrayList<>();
    for (Dmar.Scope scope : scopes) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", scope.type());
      map.put("enum_id", scope.enumerationId());
      map.put("start_bus", scope.startBus());
      map.put(
          "path",
          scope.path().stream()
              .map(hop -> "%02x.%x".formatted(hop.device(), hop.function()))
              .toList());
      list.add(map);
    }
    return list;
  }

  private static Map<String, Object> ivrs(Ivrs ivrs, AcpiTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("revision", ivrs.header().revision());
    map.put("length", ivrs.header().length());
    map.put("iv_info", hex(ivrs.info()));
    map.put("pa_size", ivrs.physicalAddressBits());
    map.put("va_size", ivrs.virtualAddressBits());
    map.put("ivhd", ivrs.ivhds().stream().map(ivhd -> ivhd(ivhd, table)).toList());
    map.put("ivmd", ivrs.ivmds().stream().map(CorpusTablesTest::ivmd).toList());
    map.put("unknown_blocks", ivrs.unknown().stream().map(block -> unknown(block, table)).toList());
    return map;
  }

  private static Map<String, Object> ivhd(Ivrs.Ivhd ivhd, AcpiTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", hex(ivhd.type()));
    map.put("flags", ivhd.flags());
    map.put("device_id", deviceId(ivhd.deviceId()));
    map.put("cap_offset", ivhd.capabilityOffset());
    map.put("base", hex(ivhd.base()));
    map.put("segment", ivhd.segment());
    map.put("entries", ivhd.entries().size());
    List<Object> special = new ArrayList<>();
    List<Object> hid = new ArrayList<>();
    for (Ivrs.Entry entry : ivhd.entries()) {
      if (entry.type() == 0x48) {
        special.add(special(entry.offset(), table));
      } else if (entry.type() == 0xf0) {
        hid.add(hid(entry.offset(), table));
      }
    }
    map.put("special", special);
    map.put("hid", hid);
    return map;
  }

  private static Map<String, Object> special(int at, AcpiTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "special");
    map.put("variety", table.u8(at + 7) == 1 ? "ioapic" : "hpet");
    map.put("handle", table.u8(at + 4));
    map.put("source", deviceId(table.u16(at + 5)));
    map.put("data", "0x%02x".formatted(table.u8(at + 3)));
    return map;
  }

  private static Map<String, Object> hid(int at, AcpiTable table) {
    int format = table.u8(at + 20);
    int length = table.u8(at + 21);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "acpi-hid");
    map.put("id", deviceId(table.u16(at + 1)));
    map.put("data", "0x%02x".formatted(table.u8(at + 3)));
    map.put("hid", table.text(at + 4, 8).replace("\0", ""));
    map.put("uid_format", format);
    map.put("uid", format == 1 ? raw(table, at + 22, length) : table.text(at + 22, length));
    return map;
  }

  private static Map<String, Object> ivmd(Ivrs.Ivmd ivmd) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", hex(ivmd.type()));
    map.put("kind", ivmd.type() == 0x22 ? "range" : "select");
    map.put("flags", ivmd.flags());
    map.put("unity", ivmd.isUnity());
    map.put("read", (ivmd.flags() & 2) != 0);
    map.put("write", (ivmd.flags() & 4) != 0);
    map.put("exclusion", ivmd.isExclusion());
    map.put("device_id", deviceId(ivmd.deviceId()));
    map.put("aux", deviceId(ivmd.auxiliary()));
    map.put("start", hex(ivmd.start()));
    map.put("length", hex(ivmd.length()));
    map.put("end", hex(ivmd.start() + ivmd.length() - 1));
    return map;
  }

  private static Map<String, Object> unknown(UnknownStructure block, AcpiTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", hex(block.type()));
    map.put("raw", raw(table, block.offset(), block.length()));
    return map;
  }

  private static Map<String, Object> window(Mcfg.Window window) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("base", hex(window.base()));
    map.put("segment", window.segment());
    map.put("start_bus", window.startBus());
    map.put("end_bus", window.endBus());
    return map;
  }

  private static String raw(AcpiTable table, int offset, int length) {
    return HexFormat.of().formatHex(table.copy(offset, length));
  }

  private static String deviceId(int id) {
    return "%02x:%02x.%x".formatted(id >> 8, id >> 3 & 0x1f, id & 7);
  }

  private static String hex(long value) {
    return "0x%x".formatted(value);
  }
}
