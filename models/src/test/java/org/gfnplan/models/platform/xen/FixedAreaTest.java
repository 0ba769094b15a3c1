package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.Reading;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedAreaTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0xfc010000",
    "2, 0xfc010000",
    "28, 0xfc010000",
    "29, 0xfc011000",
    "128, 0xfc015000"
  })
  void manyNodesMakeTheTablesOfAcpiLonger(int nodes, String end) {
    Guest plain = Reading.xl();
    NumaNode node = NumaNode.of(1024, plain.document());
    Guest guest = plain.withMemory(plain.memory().withNodes(Collections.nCopies(nodes, node)));
    assertEquals(Long.decode(end), FixedArea.top(guest).get(0).endByte());
    assertEquals("ACPI tables", FixedArea.top(guest).get(0).name());
  }
}
