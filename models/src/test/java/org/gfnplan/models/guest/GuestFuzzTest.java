package org.gfnplan.models.guest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.problem.Position;
import org.junit.jupiter.api.Test;

class GuestFuzzTest {
  private static final String XL =
      """
      # a guest
      name = "win"
      type = "hvm"
      memory = 4096; maxmem = 0x1000
      vga = 'stdvga'
      videoram = 16
      mmio_hole = 1024
      rdm = "strategy=host,policy=strict"
      rdm_mem_boundary = 2048
      firmware = "ovmf"
      device_model_version = "qemu-xen"
      pci = [ '0000:00:02.0,permissive=1',
              "01:00.0@5,rdm_policy=relaxed,seize=1", # last
              'name=x', '02:00.*' ]
      pci += [ 'bdf=03:00.0' ]
      """;
  private static final String YAML =
      """
      # A guest for a test. This comment is long, so that some of the damage
      # does no harm and some of the documents stay what they were before it.
      gfnplan: guest/1
      name: a guest with a long name, for the same reason
      platform: xen-hvm
      memory: 4GiB
      mmio_hole: 0x40000000
      rdm: {strategy: host, policy: strict}
      hap: true
      devices:
      - address: 00:02.0
        rdm_policy: relaxed
      """;
  private static final String QEMU =
      """
      # A comment of some length, so that some of the damage does no harm to any of the words.
      exec qemu-system-x86_64 -name 'a guest' -machine q35,max-ram-below-4g=1G \\
        -m size=4G,slots=2,maxmem=16G -cpu EPYC,phys-bits=44 -vga std -nographic \\
        -object '{"qom-type":"memory-backend-ram","id":"m0","size":1073741824}' \\
        -device nvdimm,id=nv0,memdev=m0,label-size=128K,slot=1 -device "pcie-root-port,id=rp0" \\
        -device vfio-pci,host=01:00.0,bus=rp0 -numa node,mem=4096
      """;
  private static final String XML =
      """
      <!-- A comment of some length, so that some of the damage does no harm to any of the
           words that matter, and some of the documents stay what they were before it. -->
      <domain type='kvm' xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>guest with a name</name><title>something that nobody looks at, as long as it is</title>
        <maxMemory slots='2' unit='GiB'>16</maxMemory>
        <memory unit='MiB'>5120</memory>
        <os><type machine='q35'>hvm</type></os>
        <cpu><maxphysaddr mode='emulate' bits='42'/></cpu>
        <devices>
          <controller type='pci' index='1' model='pcie-root-port'/>
          <hostdev mode='subsystem' type='pci'>
            <source><address bus='0x65' slot='0x00' function='0x1'/></source>
            <address type='pci' bus='0x01'/>
          </hostdev>
          <memory model='dimm'><target><size unit='MiB'>1024</size></target></memory>
        </devices>
        <q:commandline><q:arg value='-fw_cfg'/><q:arg value='name=a,string=b'/></q:commandline>
      </domain>
      """;
  private static final String ALPHABET = "\n\t \r'\"[]{},;=+:#\\.@*-0123456789abfxyzAZ_&!|><$/%é";

  @Test
  void aDamagedXlConfigIsAGuestOrUnusable() {
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> fuzz(XL, 6_000, 1));
  }

  @Test
  void aDamagedDocumentIsAGuestOrUnusable() {
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> fuzz(YAML, 6_000, 2));
  }

  @Test
  void aDamagedCommandIsAGuestOrUnusable() {
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> fuzz(QEMU, 6_000, 4));
  }

  @Test
  void damagedXmlIsAGuestOrUnusable() {
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> fuzz(XML, 6_000, 5));
  }

  @Test
  void hugeAndStrangeInputsEndSoon() {
    int size = 4 << 20;
    for (String text :
        new String[] {
          "<".repeat(size),
          "<domain " + "a='b' ".repeat(100_000) + "/>",
          "<domain a='" + "x".repeat(size) + "'/>",
          "<domain>" + "&#65;".repeat(size / 5) + "</domain>",
          "-m " + "9".repeat(size),
          "-m 4G " + "-device x ".repeat(size / 10),
          "-m 4G " + "-device vfio-pci,host=0:0.0 ".repeat(70_000),
          "kvm -m " + ",".repeat(size),
          "a=b ".repeat(size / 4) + "kvm",
          "exec ".repeat(size / 5) + "kvm",
          "/".repeat(size) + "kvm",
          "\n#".repeat(size / 2) + "\n-m 1G",
          "-device {" + "[".repeat(size),
        }) {
      String where = text.substring(0, 20);
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> isGuest(text.getBytes(StandardCharsets.UTF_8), where),
          where);
    }
  }

  @Test
  void randomTextIsUnusable() {
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> noise(6_000, 3));
  }

  private static void fuzz(String good, int rounds, long seed) {
    Random random = new Random(seed);
    int read = 0;
    for (int round = 0; round < rounds; round++) {
      StringBuilder text = new StringBuilder(good);
      for (int edits = random.nextInt(2); edits >= 0; edits--) {
        edit(text, random);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(10) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      read += isGuest(bytes, "seed " + seed + " round " + round) ? 1 : 0;
    }
    int guests = read;
    assertTrue(rounds / 20 < guests && guests < rounds * 19 / 20, () -> guests + " guests");
  }

  private static void edit(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    switch (random.nextInt(5)) {
      case 0 -> text.insert(at, c);
      case 1 -> text.deleteCharAt(at);
      case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
      case 3 ->
          text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
      default -> text.setCharAt(at, c);
    }
    if (text.length() == 0) {
      text.append('x');
    }
  }

  private static void noise(int rounds, long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(80); length >= 0; length--) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertFalse(isGuest(bytes, "seed " + seed + " round " + round));
    }
  }

  /* Problems must have words and lines that exist. */
  private static boolean isGuest(byte[] bytes, String where) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    long lines = text.lines().count() + 1;
    try {
      GuestReader.read("g", bytes);
      return true;
    } catch (UnusableInput unusable) {
      for (InputProblem problem : unusable.problems()) {
        assertFalse(problem.message().isBlank(), where);
        if (problem.origin().position() instanceof Position.Line line) {
          assertTrue(line.number() >= 1 && line.number() <= lines, where);
        }
      }
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError(where + "\n" + text, e);
    }
  }
}
