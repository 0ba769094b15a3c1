package org.gfnplan.models.host.acpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.problem.Origin;

/**
 * The bytes of one ACPI table and where they stand: in a file of their own, or as hex text below a
 * heading. Values are little endian and unsigned; an offset outside the table is a caller's error.
 */
public final class AcpiTable {
  /** Bytes of the header that every table starts with. */
  public static final int HEADER_BYTES = 36;

  /** Far beyond the longest table there is, which has some ten thousand bytes. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int LENGTH = 4;
  private static final int REVISION = 8;
  private static final int CHECKSUM = 9;
  private static final int OEM_ID = 10;
  private static final int OEM_TABLE_ID = 16;

  private final String document;
  private final int line;
  private final ByteBuffer bytes;

  private AcpiTable(String document, int line, byte[] bytes) {
    this.document = document;
    this.line = line;
    this.bytes = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A table that is a whole file. */
  public static AcpiTable ofFile(String document, byte[] bytes) {
    return new AcpiTable(document, 0, bytes);
  }

  /** A table that stands as hex text below the heading on {@code line}, counted from 1. */
  public static AcpiTable ofText(String document, int line, byte[] bytes) {
    return new AcpiTable(document, line, bytes);
  }

  /** The file it stands in. */
  public String document() {
    return document;
  }

  /**
   * The first four bytes, or fewer when there are fewer; dots stand for those that do not print.
   */
  public String signature() {
    return text(0, Math.min(4, size())).replaceAll("[^ -~]", ".");
  }

  /** Bytes that are there, whatever the header says. */
  public int size() {
    return bytes.limit();
  }

  /** Whether the bytes begin with a header that gives their number as its length. */
  public boolean hasHeader() {
    return size() >= HEADER_BYTES && u32(LENGTH) == size();
  }

  /** Whether both tables have the same bytes after their signatures. */
  public boolean sameContent(AcpiTable other) {
    return bytes
        .slice(LENGTH, size() - LENGTH)
        .equals(other.bytes.slice(LENGTH, other.size() - LENGTH));
  }

  /** The table as a whole. */
  public Origin whole() {
    return origin(0, signature() + " table");
  }

  /** The fields of the header that tell one table from another. */
  public TableHeader header() {
    return new TableHeader(
        signature(), size(), u8(REVISION), text(OEM_ID, 6), text(OEM_TABLE_ID, 8));
  }

  int u8(int offset) {
    return bytes.get(offset) & 0xff;
  }

  int u16(int offset) {
    return bytes.getShort(offset) & 0xffff;
  }

  long u32(int offset) {
    return bytes.getInt(offset) & 0xffff_ffffL;
  }

  long u64(int offset) {
    return bytes.getLong(offset);
  }

  String text(int offset, int length) {
    return new String(bytes.array(), offset, length, StandardCharsets.ISO_8859_1);
  }

  byte[] copy(int offset, int length) {
    byte[] copy = new byte[length];
    bytes.get(offset, copy);
    return copy;
  }

  /** A place in the table, described by {@code text}. */
  Origin origin(int offset, String text) {
    return line > 0 ? Origin.line(document, line, text) : Origin.offset(document, offset, text);
  }

  /** Where in the table, when {@link #origin} can only give the line of its heading; else empty. */
  String where(int offset) {
    return line > 0 ? " (table offset 0x%x)".formatted(offset) : "";
  }

  /** Something wrong with what stands at {@code offset}. */
  InputProblem problem(int offset, String message) {
    return new InputProblem(origin(offset, signature()), message + where(offset));
  }

  /**
   * Whether the header is there and its length is the number of bytes; otherwise {@code problems}
   * says why not. A wrong checksum is a problem too, but leaves a table that can be read.
   */
  boolean isWhole(Problems problems) {
    if (size() < HEADER_BYTES) {
      problems.add(
          0,
          "%s table ends after %d bytes, within its header of %d"
              .formatted(signature(), size(), HEADER_BYTES));
      return false;
    }
    long length = u32(LENGTH);
    if (length != size()) {
      problems.add(
          LENGTH,
          "%s table says it is %d bytes long, %d bytes are there"
              .formatted(signature(), length, size()));
      return false;
    }
    if (length > MOST_BYTES) {
      problems.add(
          LENGTH,
          "%s table is %d bytes long, more than %d are not believed"
              .formatted(signature(), length, MOST_BYTES));
      return false;
    }
    int sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += u8(i);
    }
    if ((sum & 0xff) != 0) {
      problems.add(
          CHECKSUM,
          "%s table has checksum 0x%02x, its bytes need 0x%02x"
              .formatted(signature(), u8(CHECKSUM), (u8(CHECKSUM) - sum) & 0xff));
    }
    return true;
  }

  /** Takes problems with a table. */
  @FunctionalInterface
  interface Problems {
    /** Takes a problem with what stands at {@code offset}. */
    void add(int offset, String message);
  }
}
