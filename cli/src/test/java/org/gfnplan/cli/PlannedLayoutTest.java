package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.gfnplan.models.hotplug.HotplugJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that start from a plan, {@code hotplug} and {@code diff}, and bad plans. */
class PlannedLayoutTest {
  private static final String PLAN = "examples/igd-laptop/expected.json";
  private static final String HOST = " --host examples/igd-laptop/host ";

  @TempDir private Path folder;

  private static Run run(String line) {
    return Run.of(line.strip().split(" +"));
  }

  private String plan(String text) throws IOException {
    return Files.writeString(folder.resolve("plan.json"), text).toString();
  }

  private static String good() throws IOException {
    return Files.readString(Path.of(PLAN));
  }

  @Test
  void eventsRunInTheOrderOfTheCommandLine() {
    String start = "hotplug --layout " + PLAN + HOST;
    assertEquals(0, run(start + "--detach 00:02.0 --attach 00:02.0").exit());
    Run wrong = run(start + "--attach 00:02.0 --detach 00:02.0");
    assertEquals(1, wrong.exit());
    assertTrue(wrong.out().contains("1. attach 0000:00:02.0, strict: refused, EBUSY"), wrong.out());
    assertTrue(wrong.out().contains("2. detach 0000:00:02.0: detached"), wrong.out());
  }

  @ParameterizedTest
  @CsvSource({
    "00:15.0, strict, refused",
    "'00:15.0,relaxed', strict, in part",
    "00:15.0, relaxed, in part",
    "'00:15.0,strict', relaxed, refused"
  })
  void aDeviceOverridesThePolicy(String device, String policy, String outcome) {
    Run run =
        run("hotplug --layout %s%s--policy %s --attach %s".formatted(PLAN, HOST, policy, device));
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.out().contains(outcome), run.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hotplug --layout " + PLAN + HOST,
        "hotplug --attach 00:02.0" + HOST,
        "hotplug --attach 00:02.0 --layout " + PLAN,
        "hotplug --attach nonsense --layout " + PLAN + HOST,
        "hotplug --attach 00:02.0,lenient --layout " + PLAN + HOST,
        "hotplug --attach 00:02.0,strict,relaxed --layout " + PLAN + HOST,
        "hotplug --detach 00:02.0,relaxed --layout " + PLAN + HOST,
        "hotplug --policy lenient --attach 00:02.0 --layout " + PLAN + HOST,
        "hotplug --layout - --attach 00:02.0 --host -",
        "hotplug --layout missing.json --attach 00:02.0" + HOST,
        "hotplug --layout pom.xml --attach 00:02.0" + HOST,
        "hotplug --layout examples/igd-small-hole/expected.json --attach 00:02.0" + HOST,
        "diff " + PLAN,
        "diff - -",
        "diff missing.json " + PLAN,
        "diff pom.xml " + PLAN,
        "diff " + PLAN + " examples/igd-small-hole/expected.json",
        "diff examples/diff-captured/guest-dmesg.txt examples/diff-captured/guest-dmesg.txt"
      })
  void whatCannotBeUsedEndsWithTwo(String line) {
    Run run = run(line);
    assertEquals(2, run.exit(), run.out());
    assertFalse(run.err().isEmpty());
    assertFalse(run.err().contains("bug in this program"), run.err());
  }

  @Test
  void allProblemsOfAPlanAreTold() throws IOException {
    String bad =
        good()
            .replaceFirst("\"end\" : \"0xa0000\"", "\"end\" : \"0xa0001\"")
            .replaceFirst("\"end\" : \"0x80000000\"", "\"end\" : \"0x7fffffff000000\"")
            .replaceFirst("\"kind\" : \"hole\"", "\"kind\" : 7")
            .replaceFirst("\"rdm_policy\" : \"strict\"", "\"rdm_policy\" : \"loose\"");
    Run run = run("hotplug --attach 00:02.0" + HOST + "--layout " + plan(bad));
    assertEquals(2, run.exit());
    assertEquals(4, run.err().lines().count(), run.err());
    assertTrue(
        run.err().lines().allMatch(l -> l.matches("error: .*plan.json:\\d+: .*")), run.err());
  }

  @Test
  void regionsMustNotOverlap() throws IOException {
    String bad = good().replaceFirst("\"end\" : \"0xa0000\"", "\"end\" : \"0xa1000\"");
    Run run = run("diff " + PLAN + " " + plan(bad));
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("`VGA hole` overlaps `low RAM`"), run.err());
  }

  @Test
  void aWindowHoldsRegistersWholeOrNotAtAll() throws IOException {
    String port = "examples/gpu-plugged-later/expected.json";
    assertEquals(0, run("diff " + port + " " + port).exit());
    String good = Files.readString(Path.of(port));
    String bad = good.replaceFirst("\"start\" : \"0xc1e00000\"", "\"start\" : \"0xc1dff000\"");
    Run run = run("diff " + port + " " + plan(bad));
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("`BAR 0 of gpu0` overlaps `memory window of gpu0`"), run.err());
  }

  @Test
  void aPlanWithoutDevicesNeedsTheGuest() throws IOException {
    String old = plan(good().replaceFirst("\"devices\" : ", "\"once\" : "));
    String line = "hotplug --detach 00:02.0" + HOST + "--layout " + old;
    Run run = run(line);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("--guest"), run.err());
    assertEquals(0, run(line + " --guest examples/igd-laptop/guest.cfg").exit());
  }

  @Test
  void theGuestSaysWhetherDevicesMayCome() throws IOException {
    Path cfg = folder.resolve("guest.cfg");
    Files.writeString(cfg, "name = \"g\"\ntype = \"hvm\"\nmemory = 4096\n");
    String line = "hotplug --attach 00:02.0" + HOST + "--layout " + PLAN + " --guest " + cfg;
    Run without = run(line);
    assertEquals(1, without.exit());
    assertTrue(without.out().contains("EOPNOTSUPP"), without.out());
    Files.writeString(cfg, Files.readString(cfg) + "passthrough = \"enabled\"\n");
    assertEquals(0, run(line).exit());
  }

  @Test
  void unusableInputIsADocumentToo() throws IOException {
    Run hotplug = run("hotplug --attach 00:02.0 --layout pom.xml --format json" + HOST);
    assertEquals(List.of(), complaints("hotplug", hotplug.out()));
    Run diff = run("diff pom.xml pom.xml --format json");
    assertEquals(List.of(), complaints("diff", diff.out()));
    Run equal = run("diff " + PLAN + " " + PLAN + " --format json");
    assertEquals(0, equal.exit());
    assertEquals(List.of(), complaints("diff", equal.out()));
  }

  @Test
  void damagedPlansAreNeverABug() throws IOException {
    String good = good();
    int usable = 0;
    for (long seed = 0; seed < 150; seed++) {
      String damaged = damaged(good, new Random(seed));
      Run run = run("diff " + PLAN + " " + plan(damaged));
      assertTrue(run.exit() <= 2, "seed " + seed + ": " + run.err());
      assertEquals(run.exit() == 2, !run.err().isEmpty(), "seed " + seed);
      usable += run.exit() < 2 ? 1 : 0;
    }
    assertTrue(usable > 10 && usable < 140, usable + " of 150 could be used");
  }

  private static String damaged(String text, Random random) {
    int at = random.nextInt(text.length());
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + (char) (' ' + random.nextInt(90)) + text.substring(at + 1);
      case 2 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 40));
      default -> text.replaceFirst("0x[0-9a-f]+", "0x" + Long.toHexString(random.nextLong() >>> 8));
    };
  }

  private static List<String> complaints(String command, String json) throws IOException {
    String file = "/org/gfnplan/schema/%s-1.schema.json".formatted(command);
    try (InputStream in = Objects.requireNonNull(HotplugJson.class.getResourceAsStream(file))) {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }
  }
}
