package org.gfnplan.models.host.acpi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds DMAR, IVRS, MCFG and NFIT tables with a right length and checksum. */
public final class TableBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TableBuilder(String signature, int revision) {
    text(signature);
    u32(0);
    u8(revision);
    u8(0);
    text("GFNPLN");
    text("EXAMPLE ");
    u32(1);
    text("GFNP");
    u32(1);
  }

  /** A DMAR table without structures. */
  public static TableBuilder dmar(int addressWidth) {
    TableBuilder table = new TableBuilder("DMAR", 1);
    table.u8(addressWidth - 1);
    table.u8(1);
    table.zeros(10);
    return table;
  }

  /** An IVRS table without blocks. */
  public static TableBuilder ivrs(int physicalAddressBits) {
    TableBuilder table = new TableBuilder("IVRS", 2);
    table.u32(0x0020_0003 | physicalAddressBits << 8);
    table.zeros(8);
    return table;
  }

  /** An MCFG table without windows. */
  public static TableBuilder mcfg() {
    TableBuilder table = new TableBuilder("MCFG", 1);
    table.zeros(8);
    return table;
  }

  /** An NFIT table without structures. */
  public static TableBuilder nfit() {
    TableBuilder table = new TableBuilder("NFIT", 1);
    table.zeros(4);
    return table;
  }

  /** A table of another kind, with {@code bytes} zeros for its body. */
  public static TableBuilder other(String signature, int bytes) {
    TableBuilder table = new TableBuilder(signature, 1);
    table.zeros(bytes);
    return table;
  }

  /**
   * A device scope: a type, the bus of its first hop, and hops like {@code 1c.0}, in hexadecimal.
   * Type 1 is an endpoint, 2 a bridge, 3 an IOAPIC, 4 an HPET.
   */
  public static byte[] scope(int type, int bus, String... hops) {
    byte[] scope = new byte[6 + 2 * hops.length];
    scope[0] = (byte) type;
    scope[1] = (byte) scope.length;
    scope[5] = (byte) bus;
    for (int i = 0; i < hops.length; i++) {
      int dot = hops[i].indexOf('.');
      scope[6 + 2 * i] = (byte) Integer.parseInt(hops[i].substring(0, dot), 16);
      scope[7 + 2 * i] = (byte) Integer.parseInt(hops[i].substring(dot + 1), 16);
    }
    return scope;
  }

  /** An endpoint, given as {@code 00:02.0} or, behind bridges, {@code 00:1c.0/00.0}. */
  public static byte[] endpoint(String path) {
    int bus = Integer.parseInt(path.substring(0, 2), 16);
    return scope(1, bus, path.substring(3).split("/"));
  }

  /** A remapping unit; flag 1 says it takes all devices that no other takes. */
  public TableBuilder drhd(int flags, long base, byte[]... scopes) {
    structure(0, 16, scopes);
    u8(flags);
    u8(0);
    u16(0);
    u64(base);
    return append(scopes);
  }

  /** Reserved memory; {@code limit} is its last byte. */
  public TableBuilder rmrr(long base, long limit, byte[]... scopes) {
    structure(1, 24, scopes);
    u16(0);
    u16(0);
    u64(base);
    u64(limit);
    return append(scopes);
  }

  /** A DMAR structure of any type with any body. */
  public TableBuilder dmarStructure(int type, byte[] body) {
    u16(type);
    u16(4 + body.length);
    return append(body);
  }

  /** An IOMMU of the oldest form, for all devices. */
  public TableBuilder ivhd(int deviceId, long base) {
    u8(0x10);
    u8(0x30);
    u16(28);
    u16(deviceId);
    u16(0x40);
    u64(base);
    u16(0);
    u16(0);
    u32(0);
    u32(1);
    return this;
  }

  /** Memory of devices: type 0x20 all, 0x21 one, 0x22 from {@code device} to {@code last}. */
  public TableBuilder ivmd(int type, int flags, int device, int last, long start, long length) {
    u8(type);
    u8(flags);
    u16(32);
    u16(device);
    u16(last);
    u64(0);
    u64(start);
    u64(length);
    return this;
  }

  /** An IVRS block of any type with any body. */
  public TableBuilder ivrsBlock(int type, byte[] body) {
    u8(type);
    u8(0);
    u16(4 + body.length);
    return append(body);
  }

  /** A window of configuration space; {@code endBus} is its last bus. */
  public TableBuilder window(long base, int segment, int startBus, int endBus) {
    u64(base);
    u16(segment);
    u8(startBus);
    u8(endBus);
    u32(0);
    return this;
  }

  /** A range of addresses of an NFIT table; {@code guid} says what it is for. */
  public TableBuilder spa(int index, String guid, long base, long length) {
    u16(0);
    u16(56);
    u16(index);
    zeros(10);
    String[] groups = guid.split("-");
    u32((int) Long.parseLong(groups[0], 16));
    u16(Integer.parseInt(groups[1], 16));
    u16(Integer.parseInt(groups[2], 16));
    append(HexFormat.of().parseHex(groups[3] + groups[4]));
    u64(base);
    u64(length);
    u64(0x8008);
    return this;
  }

  /** An NFIT structure of any type with any body. */
  public TableBuilder nfitStructure(int type, byte[] body) {
    return dmarStructure(type, body);
  }

  /** The table. */
  public byte[] bytes() {
    byte[] table = out.toByteArray();
    for (int i = 0; i < 4; i++) {
      table[4 + i] = (byte) (table.length >> (8 * i));
    }
    return withChecksum(table);
  }

  /** Makes the bytes of a changed table add up again, in place. */
  public static byte[] withChecksum(byte[] table) {
    table[9] = 0;
    int sum = 0;
    for (byte value : table) {
      sum += value;
    }
    table[9] = (byte) -sum;
    return table;
  }

  /** A table in the form that {@code acpidump} prints. */
  public static String acpidump(byte[] table) {
    StringBuilder text = new StringBuilder();
    text.append(new String(table, 0, 4, StandardCharsets.US_ASCII));
    text.append(" @ 0x000000007B7E6000\n");
    for (int at = 0; at < table.length; at += 16) {
      text.append("    %04X:".formatted(at));
      StringBuilder ascii = new StringBuilder();
      for (int i = at; i < at + 16; i++) {
        text.append(i < table.length ? " %02X".formatted(table[i] & 0xff) : "   ");
        if (i < table.length) {
          ascii.append(table[i] >= ' ' && table[i] < 0x7f ? (char) table[i] : '.');
        }
      }
      text.append("  ").append(ascii).append('\n');
    }
    return text.append('\n').toString();
  }

  private void structure(int type, int fixed, byte[][] scopes) {
    int length = fixed;
    for (byte[] scope : scopes) {
      length += scope.length;
    }
    u16(type);
    u16(length);
  }

  private TableBuilder append(byte[]... parts) {
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return this;
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void zeros(int count) {
    out.writeBytes(new byte[count]);
  }

  private void u8(int value) {
    out.write(value);
  }

  private void u16(int value) {
    u8(value);
    u8(value >> 8);
  }

  private void u32(int value) {
    u16(value);
    u16(value >> 16);
  }

  private void u64(long value) {
    u32((int) value);
    u32((int) (value >> 32));
  }
}
