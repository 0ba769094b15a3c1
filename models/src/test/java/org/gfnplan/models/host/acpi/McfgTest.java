package org.gfnplan.models.host.acpi;

import static org.gfnplan.models.host.HostText.host;
import static org.gfnplan.models.host.HostText.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.gfnplan.models.host.ConfigWindow;
import org.gfnplan.models.host.Host;
import org.junit.jupiter.api.Test;

class McfgTest {
  @Test
  void aWindowKeepsItsBuses() {
    Host host = host(TableBuilder.mcfg().window(0xe0000000L, 0, 0, 0xff).bytes());
    ConfigWindow window = host.configWindows().get(0);
    assertEquals(0xe0000000L, window.baseByte());
    assertEquals(0xff, window.endBus());
    assertEquals("MCFG base 0xe0000000 segment 0000 buses 00-ff", window.origin().text());
    assertFalse(host.reservedKnown());
  }

  @Test
  void windowsThatCannotBeAreProblems() {
    assertEquals(
        List.of(
            "in+0x2c: MCFG window ends at bus 0x0f before it starts at bus 0x10",
            "in+0x3c: MCFG window at 0xffffffff00000000 is beyond 52 address bits"),
        problems(
            TableBuilder.mcfg().window(0xe0000000L, 0, 16, 15).window(-1L << 32, 0, 0, 1).bytes()));
  }

  @Test
  void aLengthThatIsNotOneOfWindowsIsAProblem() {
    assertEquals(
        List.of("in+0x24: MCFG table is 47 bytes long, 44 and a multiple of 16 are needed"),
        problems(TableBuilder.other("MCFG", 11).bytes()));
  }
}
