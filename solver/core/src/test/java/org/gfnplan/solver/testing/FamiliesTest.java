package org.gfnplan.solver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.gfnplan.solver.testing.Instance.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "R:5:1, 39, 7, 3, 2334733, 6172b94426c967fd",
    "R:10:2, 39, 10, 4, 30820, b74236a9faaa4126",
    "R:20:3, 39, 22, 5, 1784646, 42726f5679be0d0d",
    "R:30:4, 39, 30, 3, 260972, d1e556ded3cb4a1b",
    "R:30:8, 39, 32, 4, 3355335, c392a41ef1299cc3",
    "L:1, 52, 264, 102, 2222316007, ab566641ae53b6c7",
    "L:2, 52, 264, 102, 2213896041, c65c7524a5201ebe",
    "T:100:16:10:0:1, 39, 87, 12, 60896, 8fcc156ab5f9c224",
    "T:100:16:0:0:1, 39, 90, 12, 61536, e51bafc06d447c51",
    "T:100:16:0:1:1, 39, 91, 12, 61537, 4b1124d516a57bef",
    "T:300:16:0:0:2, 39, 270, 32, 60832, 5203a0d11de62f4c",
    "T:300:16:0:1:2, 39, 271, 32, 60833, d064efba7d8079b8",
    "H:60:1:1, 39, 60, 32, 35103, 49de4b1db9703d73",
    "H:60:0:1, 39, 60, 32, 36111, 2fbdae11aa9384c4",
    "H:200:0:3, 39, 200, 32, 37501, 0bc4a3b527fc39dc",
    "C:60:6:1, 39, 60, 8, 8108, d8d17c063ffc263e",
    "M:60:6:999:1, 48, 60, 9, 6336512, a7081a599bae5b11",
    "M:120:12:999:1, 48, 120, 15, 12485632, 5834ced7d1bba4d0",
    "P:4:1000:0:512:1, 39, 12, 7, 2048000, 6958f3453f6246fe",
    "P:8:1000:0:512:1, 39, 24, 11, 4096000, e7ee6d44193420f7",
    "P:8:1000:1:512:1, 39, 24, 11, 4104192, df6da2c9bc0f9668",
    "P:12:1000:0:512:1, 39, 36, 15, 6144000, 9616ac649166049f",
    "P:16:1000:0:512:1, 39, 48, 19, 8192000, 2c5a4ad946cecd27",
    "P:24:1000:0:512:1, 39, 72, 27, 12288000, 9099b615f872e8b4",
    "P:8:1000:2:512:1, 39, 24, 11, 4093952, afb9e3bf41e43d31"
  })
  void everyInstanceHasItsPublishedHash(
      String spec, int bits, int items, int fixed, long frames, String hash)
      throws NoSuchAlgorithmException {
    Instance instance = Families.parse(spec);
    assertEquals(bits, instance.bits());
    assertEquals(items, instance.items().size());
    assertEquals(fixed, instance.fixed().size());
    assertEquals(frames, instance.items().stream().mapToLong(Item::size).sum());
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(instance.manifest().getBytes(StandardCharsets.US_ASCII));
    assertEquals(hash, HexFormat.of().formatHex(digest, 0, 8));
  }

  @Test
  void theSuiteIsWhatIsHashed() {
    assertEquals(25, Families.SUITE.size());
  }

  @Test
  void whatIsKnownFollowsFromTheDefinition() {
    long impossible =
        Families.SUITE.stream().filter(s -> !Families.isKnownPossible(s).orElseThrow()).count();
    assertEquals(6, impossible);
    assertEquals(Optional.of(true), Families.isKnownPossible("H:12:100"));
    assertEquals(Optional.of(false), Families.isKnownPossible("H:13:100"));
    assertEquals(Optional.of(true), Families.isKnownPossible("W:20:10:4:0:1"));
    assertEquals(Optional.of(false), Families.isKnownPossible("W:200:100:64:3:1"));
    assertEquals(Optional.empty(), Families.isKnownPossible("R:30:99"));
  }

  @Test
  void anUnknownFamilyIsRefusedWithItsName() {
    assertThrows(IllegalArgumentException.class, () -> Families.parse("Z:1:2"));
  }
}
