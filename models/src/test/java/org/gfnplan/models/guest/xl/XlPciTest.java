package org.gfnplan.models.guest.xl;

import static org.gfnplan.models.guest.Reading.findings;
import static org.gfnplan.models.guest.Reading.xl;
import static org.gfnplan.models.guest.Reading.xlProblems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.guest.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XlPciTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01:00.0 | 0000:01:00.0",
        "0000:01:00.0 | 0000:01:00.0",
        "0001:01:1f.7 | 0001:01:1f.7",
        "1:0.0 | 0000:01:00.0",
        "01:00.0@1a | 0000:01:00.0",
        "01:00.0@5,permissive=1,seize=1 | 0000:01:00.0",
        "01:00.0,msitranslate=1,power_mgmt=0 | 0000:01:00.0",
        "01:00.0, | 0000:01:00.0",
        "bdf=01:00.0 | 0000:01:00.0",
        "permissive=1,bdf=0000:01:00.0,vslot=6 | 0000:01:00.0",
        "AB:0C.1 | 0000:ab:0c.1",
      })
  void everySpellingOfADeviceIsRead(String written, String address) {
    Guest guest = xl("pci=['" + written + "']");
    assertEquals(address, guest.devices().get(0).address().toString());
    assertNull(Reading.policy(guest.devices().get(0)));
    assertEquals(List.of(), guest.findings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "01:00 | `01:00` is not a device address",
        "01:20.0 | `01:20.0` is not a device address",
        "01:00.8 | `01:00.8` is not a device address",
        "100:00.0 | `100:00.0` is not a device address",
        "10000:01:00.0 | `10000:01:00.0` is not a device address",
        "0:0:0:0.0 | `0:0:0:0.0` is not a device address",
        "\" 01:00.0\" | ` 01:00.0` is not a device address, blanks around it count",
        "01:00.0@20 | `20` is not a slot from 0 to 1f",
        "01:00.0@5.1 | `5.1` is not a slot from 0 to 1f",
        "01:00.0,permissive | the option `permissive` needs a value: `permissive=1`",
        "01:00.0,,seize=1 | `` is not an option of the form `key=value`",
        "\"01:00.0, seize=1\" | ` seize` is not an option of a device",
        "01:00.0,rdm_policy=none | `rdm_policy` must be `strict` or `relaxed`, this is `none`",
        "01:00.0,color=red | `color` is not an option of a device",
        "name=nic,bdf=01:00.0 | a device needs an address or a name, `name=nic,bdf=01:00.0` has both",
        "seize=1 | `seize=1` has no device address",
        "\"\" | `` is not a device address",
      })
  void whatXlCannotReadIsAProblem(String written, String message) {
    assertEquals(List.of("g:4: " + message), xlProblems("pci=['" + written + "']"));
  }

  @Test
  void thePolicyOfADeviceIsItsOwn() {
    Guest guest =
        xl(
            "pci=['1:0.0,rdm_policy=strict','2:0.0,rdm_policy=Relaxed','3:0.0']",
            "rdm='policy=strict'");
    assertEquals(RdmPolicy.STRICT, Reading.policy(guest.devices().get(0)));
    assertEquals(RdmPolicy.RELAXED, Reading.policy(guest.devices().get(1)));
    assertNull(Reading.policy(guest.devices().get(2)));
  }

  @Test
  void theLastPolicyOfADeviceHolds() {
    Guest guest =
        xl("pci=['1:0.0,rdm_policy=strict',", "'2:0.0', '0000:01:00.0,rdm_policy=relaxed']");
    assertEquals(2, guest.devices().size());
    assertEquals(RdmPolicy.RELAXED, Reading.policy(guest.devices().get(0)));
    assertEquals("g:5", guest.devices().get(0).origin().shortForm());
    assertEquals(List.of("pci-device-twice g:5"), findings(guest));
  }

  @Test
  void allFunctionsAreKeptApartFromFunction0() {
    Guest guest = xl("pci=['00:1a.*']");
    assertEquals("0000:00:1a.0", guest.devices().get(0).address().toString());
    assertEquals(true, guest.devices().get(0).allFunctions());
    assertEquals(List.of("pci-all-functions g:4"), findings(guest));
    assertEquals(true, xl("pci=['00:1a.*', '00:1a.0']").devices().get(0).allFunctions());
  }

  @Test
  void aDeviceByNameHasNoAddress() {
    Guest guest = xl("pci=['name=nic,permissive=1']");
    assertEquals(List.of(), guest.devices());
    assertEquals(List.of("pci-name-not-queried g:4"), findings(guest));
  }
}
