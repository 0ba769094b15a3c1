package org.gfnplan.models.platform.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.junit.jupiter.api.Test;

class XenConfigurationTest {
  @Test
  void aFileThatXlRefusesStartsNoGuest() throws UnusableInput {
    Today today = today("type = \"hvm\"\nmemory = 1024\n");
    assertEquals(Stage.Verdict.FAILS, today.stages().get(0).verdict());
    assertEquals(Stage.Verdict.NOT_REACHED, today.stages().get(1).verdict());
    assertEquals("xl refuses a guest without `name`", today.summary());
  }

  @Test
  void aPvhGuestNeedsANameToo() throws UnusableInput {
    assertEquals(
        Stage.Verdict.NOT_REACHED,
        today("type = \"pvh\"\nmemory = 1024\nkernel = \"k\"\n").stages().get(1).verdict());
  }

  private static Today today(String guest) throws UnusableInput {
    Scene scene =
        new Scene(
            HostReader.readText("host", bytes("gfnplan: host/1\nreserved: []\n")),
            GuestReader.read("guest.cfg", bytes(guest)));
    return guest.contains("pvh") ? new XenPvh().today(scene) : new XenHvm().today(scene);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
