package org.gfnplan.models.host.acpi;

import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.problems;
import static org.gfnplan.models.host.HostText.reserved;
import static org.gfnplan.models.host.acpi.TableBuilder.acpidump;
import static org.gfnplan.models.host.acpi.TableBuilder.endpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

class AcpidumpTextTest {
  private static final byte[] DMAR =
      TableBuilder.dmar(39).rmrr(0x7b800000L, 0x7fffffffL, endpoint("00:02.0")).bytes();
  private static final String SSDT = acpidump(TableBuilder.other("SSDT", 200).bytes());

  @Test
  void aTableAmongOthersIsFound() {
    byte[] mcfg = TableBuilder.mcfg().window(0xe0000000L, 0, 0, 0xff).bytes();
    Host host = host(SSDT + acpidump(DMAR) + acpidump(mcfg) + SSDT);
    assertEquals(reserved(host(DMAR)), reserved(host));
    assertEquals(1, host.configWindows().size());
    assertEquals("in:18", host.reserved().get(0).origin().shortForm());
    assertEquals(
        "RMRR 0x7b800000-0x7fffffff for 0000:00:02.0", host.reserved().get(0).origin().text());
  }

  @Test
  void smallLettersLongOffsetsAndCommentsDoNotMatter() {
    String text = acpidump(DMAR);
    String small = text.toLowerCase(Locale.ROOT).replaceFirst("dmar @", "DMAR @");
    String longer = text.replaceAll("(?m)^    (\\p{XDigit}{4}:)", "  0000$1");
    String comments = text.replaceAll("(?m)  (\\S+)$", "  // $1");
    for (String other : List.of(small, longer, comments, text.replace("\n", "\r\n"))) {
      assertEquals(reserved(host(DMAR)), reserved(host(other)), other);
    }
  }

  @Test
  void charactersThatLookLikeBytesAreNotBytes() {
    String text = acpidump(DMAR).replaceAll("(?m)  \\S+$", "  AB CD EF 01 23");
    assertEquals(reserved(host(DMAR)), reserved(host(text)));
  }

  @Test
  void anErrorInATableHasTheLineOfItsHeadingAndTheOffset() {
    byte[] bad = TableBuilder.dmar(39).rmrr(0x1000L, 0xfffL).bytes();
    assertEquals(
        List.of("in:17: RMRR end 0xfff is before its base 0x1000 (table offset 0x30)"),
        problems(SSDT.strip() + "\n" + acpidump(bad)));
  }

  @Test
  void aTableThatIsCutShortIsAProblem() {
    String text = acpidump(DMAR);
    String cut = text.substring(0, text.lastIndexOf("    0040"));
    assertEquals(
        List.of("in:1: DMAR table says it is 80 bytes long, 64 bytes are there (table offset 0x4)"),
        problems(cut));
    assertEquals(
        List.of("in:1: table ends after 0 bytes, within its header of 36 (table offset 0x0)"),
        problems("DMAR @ 0x0000000000000000\n\n" + SSDT));
  }

  @Test
  void aLineThatIsMissingIsAProblem() {
    String text = acpidump(DMAR);
    assertEquals(
        List.of("in:4: DMAR table: bytes at offset 0x30 follow, 0x20 is next"),
        problems(text.replaceFirst("(?m)^    0020.*\n", "")));
  }

  @Test
  void aLineThatIsNotHexadecimalIsAProblem() {
    String text = acpidump(DMAR);
    assertEquals(
        List.of("in:3: DMAR table: not a line of bytes in hexadecimal"),
        problems(text.replace("    0010: ", "    0010; ")));
  }

  @Test
  void aHeadingThatNamesAnotherTableIsAProblem() {
    assertEquals(
        List.of("in:1: DMAR table has bytes that start with `SSDT`"),
        problems(SSDT.replaceFirst("SSDT @", "DMAR @")));
  }

  @Test
  void aDumpWithoutTablesOfInterestIsStillOne() {
    Host host = host(SSDT);
    assertEquals(List.of(), host.reserved());
    assertTrue(!host.reservedKnown());
  }

  @Test
  void tooManyTablesAreAProblem() {
    List<String> problems = problems("DMAR @ 0x0\n".repeat(100_000));
    assertEquals("in:65: more than 64 tables, the rest is not read", problems.get(64));
    assertEquals(65, problems.size());
  }
}
