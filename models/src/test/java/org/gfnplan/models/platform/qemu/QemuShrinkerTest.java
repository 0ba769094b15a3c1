package org.gfnplan.models.platform.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Predicate;
import org.gfnplan.models.platform.qemu.RandomConfigs.Asked;
import org.junit.jupiter.api.Test;

/** The shrinker on differences that were planted: programs that are wrong about one thing. */
class QemuShrinkerTest {
  private static final long GIB = 1L << 30;
  private static final long SEED = 20_261_121;

  @Test
  void aDifferenceAboutRamKeepsNothingButRam() {
    Asked smallest = smallestOf(asked -> asked.config().ram() >= 5 * GIB);
    QemuConfig config = smallest.config();
    assertEquals("qemu64", smallest.cpu());
    assertEquals(QemuConfig.of(QemuMachine.named("pc").orElseThrow(), config.ram()), config);
    assertTrue(5 * GIB <= config.ram() && config.ram() <= 8 * GIB, config::toString);
  }

  @Test
  void aDifferenceAboutOneDeviceKeepsThatDevice() {
    Asked smallest =
        smallestOf(
            asked ->
                asked.config().maxMemory() != 0
                    && asked.config().devices().stream()
                        .anyMatch(device -> device.labelSize() >= 1 << 17 && device.file()));
    QemuConfig config = smallest.config();
    assertEquals(1, config.devices().size(), config::toString);
    QemuDevice device = config.devices().get(0);
    assertTrue(device.file() && device.labelSize() >= 1 << 17, config::toString);
    assertEquals(0, device.align(), config::toString);
    assertEquals(0, device.address(), config::toString);
    assertEquals(QemuDevice.ANY_SLOT, device.slot(), config::toString);
    assertEquals(1, device.size(), config::toString);
    assertEquals(QemuConfig.LEAST_RAM, config.ram(), config::toString);
    assertEquals(0, config.slots(), config::toString);
  }

  @Test
  void aDifferenceOfOneMachineKeepsThatMachine() {
    Asked smallest = smallestOf(asked -> asked.config().machine().name().equals("pc-q35-6.0"));
    assertEquals(
        QemuConfig.of(QemuMachine.named("pc-q35-6.0").orElseThrow(), QemuConfig.LEAST_RAM),
        smallest.config());
  }

  /** What the first random configuration that differs is shrunk to. */
  private static Asked smallestOf(Predicate<Asked> planted) {
    RandomConfigs configs = new RandomConfigs(new Random(SEED));
    Predicate<Asked> differs = asked -> LiveQemuTest.difference(asked, wrongAbout(planted)) != null;
    Asked first = configs.next();
    for (int i = 0; i < 10_000 && !differs.test(first); i++) {
      first = configs.next();
    }
    Asked smallest = QemuShrinker.shrink(first, differs);
    assertNotNull(LiveQemuTest.difference(smallest, wrongAbout(planted)));
    return smallest;
  }

  private static LiveQemuTest.Oracle wrongAbout(Predicate<Asked> planted) {
    return asked -> {
      String right = LiveQemu.expected(QemuReplay.layout(asked.config()));
      return planted.test(asked) ? right + "\nplanted" : right;
    };
  }
}
