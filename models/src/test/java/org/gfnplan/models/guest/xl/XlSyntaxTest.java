package org.gfnplan.models.guest.xl;

import static org.gfnplan.models.guest.Reading.findings;
import static org.gfnplan.models.guest.Reading.guest;
import static org.gfnplan.models.guest.Reading.problems;
import static org.gfnplan.models.guest.Reading.xl;
import static org.gfnplan.models.guest.Reading.xlProblems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XlSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"4096", "0x1000", "010000", "'4096'", "\"0x1000\"", "' +4096'", "'010000'"})
  void numbersAreReadAsStrtolReadsThem(String written) {
    assertEquals(
        4096 << 10, guest("name='a';type='hvm'\nmemory=" + written).memory().startKib().value());
  }

  @ParameterizedTest
  @CsvSource({
    "0X1000, `X1000` is not understood",
    "0xA, 'lower-case digits'",
    "12ab, 'must be a number, this is `12ab`'",
    "08, 'must be a number, this is `08`'",
    "0x, 'must be a number, this is `0x`'",
    "-1, no longer runs Python",
    "'\"\"', must be a number",
    "'\"4096 \"', must be a number",
    "'\"4 GiB\"', must be a number",
    "99999999999999999999, does not fit into 64 bits",
    "[4096], must be a single value",
    "4096.0, no longer runs Python",
    "True, `True` is not understood",
    "none, 'expected a string, a number or a list, found `none`'"
  })
  void whatIsNoNumberIsAProblemOnItsLine(String written, String message) {
    List<String> problems = problems("name='a';type='hvm'\nmemory=" + written + "\n");
    assertTrue(problems.get(0).startsWith("g:2: "), problems::toString);
    assertTrue(problems.get(0).contains(message), problems::toString);
  }

  @Test
  void stringsKnowBothQuotesAndEscapes() {
    assertEquals(
        "a\"b'c\\d\te", guest("type='hvm';memory=8192\nname=\"a\\\"b'c\\\\d\\te\"").name());
    assertEquals("a\"b#;c", guest("type='hvm';memory=8192\nname='a\"b#;c' # comment").name());
    assertEquals("12", guest("type='hvm';memory=8192\nname=12").name());
  }

  @Test
  void brokenStringsAreProblems() {
    assertEquals(
        List.of(
            "g:4: the string is not closed on its line",
            "g:5: the string is not closed on its line",
            "g:6: `\\q` has no meaning in a string",
            "g:7: xl loses characters that are written as numbers: `\\x`"),
        xlProblems("a = \"x", "b = 'x\"", "c = 'x\\q'", "d = '\\x41'"));
  }

  @Test
  void aListMayCoverLinesAndEndWithAComma() {
    Guest guest =
        xl(
            "pci = [ # all of them",
            "  '01:00.0',",
            "",
            "  \"02:00.0\" ,",
            "  # not '03:00.0'",
            "]");
    assertEquals(2, guest.devices().size());
    assertEquals("g:5", guest.devices().get(0).origin().shortForm());
    assertEquals("'01:00.0',", guest.devices().get(0).origin().text());
    assertEquals("g:7", guest.devices().get(1).origin().shortForm());
    assertEquals(List.of(), xl("pci = []", "x = [ ]", "y = [", "]").devices());
  }

  @Test
  void settingsMayShareALine() {
    assertEquals(512, xl("mmio_hole=512;hap=0;;").mmioHoleMib().value());
    assertEquals(512, xl("  mmio_hole\t=\t512 # x").mmioHoleMib().value());
  }

  @Test
  void plusEqualsAppendsToListsAndStrings() {
    Guest guest = xl("pci = ['01:00.0']", "pci += ['02:00.0']", "name += 'y'");
    assertEquals("xy", guest.name());
    assertEquals("g:5", guest.devices().get(1).origin().shortForm());
    assertEquals(List.of(), findings(guest));
    assertEquals(1, xl("pci += ['02:00.0']").devices().size());
    assertEquals(
        List.of("g:4: `memory` is a number, xl cannot use += with it"), xlProblems("memory += 1"));
    assertEquals(
        List.of("g:4: `name` cannot be both a list and a single value"),
        xlProblems("name += ['a']"));
  }

  @Test
  void theLastAssignmentHolds() {
    Guest guest = xl("mmio_hole = 512", "mmio_hole = 1024");
    assertEquals(1024, guest.mmioHoleMib().value());
    assertEquals("g:5", guest.mmioHoleMib().origin().shortForm());
    assertEquals(List.of("duplicate-key g:5"), findings(guest));
  }

  @Test
  void nestedListsBelongToKeysThatHaveThem() {
    xl("vsnd = [['card, name=x', 'pcm'], ['card']]");
    assertEquals(
        List.of("g:5: `pci` must be a list of strings, xl stops reading at the list in it"),
        xlProblems("pci = [", "['01:00.0']]"));
  }

  @Test
  void everyBrokenLineIsReportedAndNoOther() {
    assertEquals(
        List.of(
            "g:4: expected `=` after `import`, found `os`",
            "g:5: `(1)` is not understood, xl no longer runs Python",
            "g:6: expected the end of the line after the value of `a`, found `2`",
            "g:8: expected `,` or `]` in the list that starts in line 7, found `name`",
            "g:9: expected the name of a setting, found `=`",
            "g:10: `Name` is not understood",
            "g:11: `mmio_hole` must be a number, this is `x`"),
        xlProblems(
            "import os",
            "b = f(1)",
            "a = 1 2",
            "pci = [ '01:00.0'",
            "name = 'y'",
            "= 3",
            "Name = 4",
            "mmio_hole = 'x'"));
  }

  @Test
  void anUnclosedListAtTheEndIsAProblem() {
    assertEquals(
        List.of("g:6: expected a string, a number or a list, found the end of the file"),
        xlProblems("pci = [ '01:00.0',", "  '02:00.0',"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "a=[",
        "x='",
        "a=1;",
        "a+=[1]\n",
        "a+='x'\n",
        "a=[1,1,1]\n",
        "\\",
        ",",
        "#",
        "a=1\n"
      })
  void endlessRepetitionIsReadOrRefusedInTime(String part) {
    assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> problems(part.repeat((1 << 23) / part.length())));
  }

  @Test
  void linesOfEverySystemAreCountedAlike() {
    assertEquals(
        List.of("g:3: `mmio_hole` must be a number, this is `y`"),
        problems("name='x';type='hvm'\rmemory=4096\r\nmmio_hole='y'\r\n"));
  }
}
