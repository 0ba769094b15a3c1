package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.export.ExportFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportTest {
  @TempDir private Path folder;

  /** Stories that plan one guest. */
  static Stream<Path> stories() throws IOException {
    return StoriesTest.stories()
        .filter(
            story -> {
              List<String> command = StoriesTest.command(story);
              return command.get(0).equals("plan")
                  && command.indexOf("--guest") == command.lastIndexOf("--guest");
            });
  }

  /**
   * The form that its own reader takes back is judged by a plan: what is exported needs no further
   * setting, and RAM and registers lie where they did.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void anExportedConfigurationHasNothingToChange(Path story) throws IOException {
    List<String> command = StoriesTest.command(story);
    Run before = Run.of(command);
    String form = before.out().contains("settings (QEMU command line)") ? "qemu" : "xl";
    Run export = Run.of(export(command, form));
    if (export.exit() != ExitCode.LAYOUT) {
      boolean hasForm = !export.err().contains("has no such form");
      assertTrue(!hasForm || before.exit() == ExitCode.CONFLICT, export.err());
      return;
    }
    assertEquals("", export.err());
    Path file = folder.resolve("guest.cfg");
    Files.writeString(file, export.out());
    List<String> again = new ArrayList<>(command);
    again.set(again.indexOf("--guest") + 1, file.toString());
    Run after = Run.of(again);
    assertTrue(after.out().contains("\nsettings: nothing to change\n"), after.out() + after.err());
    assertEquals(map(before), map(after));
    assertEquals(uncommented(export), uncommented(Run.of(export(again, form))));
  }

  /** Comments name wishes that the form has no key for, so they are gone when it is read. */
  private static List<String> uncommented(Run export) {
    return export.out().lines().filter(line -> !line.startsWith("#")).toList();
  }

  /** What the guest has: ranges that are only kept clear have no word in a configuration. */
  private static List<String> map(Run plan) {
    return plan.out()
        .lines()
        .filter(line -> line.startsWith("  0x"))
        .filter(line -> line.contains("RAM") || line.contains("BAR") || line.contains("NVDIMM"))
        .map(line -> line.replaceFirst("^  0x0*", "").replaceFirst("\\.\\.0x0*", ".."))
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void bothWaysExportTheSame(Path story) throws IOException {
    for (String form : List.of("e820", "xl", "qemu", "xenstore", "p2m")) {
      List<String> plan = new ArrayList<>(StoriesTest.command(story));
      plan.addAll(List.of("--format", form));
      assertEquals(Run.of(export(StoriesTest.command(story), form)), Run.of(plan), form);
    }
  }

  @Test
  void aConflictExportsNothing() throws IOException {
    List<String> command = StoriesTest.command(Path.of("examples/igd-small-hole"));
    String explained = Run.of(command).out();
    Path file = folder.resolve("out");
    for (String form : ExportFormat.words()) {
      List<String> args = export(command, form);
      args.addAll(List.of("--output", file.toString()));
      assertEquals(new Run(ExitCode.CONFLICT, "", explained), Run.of(args), form);
      assertEquals(0, Files.size(file), form);
    }
  }

  @Test
  void aLaptopSeesItsReservedMemory() throws IOException {
    assertEquals(
        """
        BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable
        BIOS-e820: [mem 0x00000000000c0000-0x00000000000fffff] reserved
        BIOS-e820: [mem 0x0000000000100000-0x000000007b7fffff] usable
        BIOS-e820: [mem 0x000000007b800000-0x000000007fffffff] reserved
        BIOS-e820: [mem 0x00000000fc000000-0x00000000fc00afff] ACPI NVS
        BIOS-e820: [mem 0x00000000fc00b000-0x00000000ffffffff] reserved
        BIOS-e820: [mem 0x0000000100000000-0x0000000183ffffff] usable
        """,
        Run.of(export(StoriesTest.command(Path.of("examples/igd-laptop")), "e820")).out());
  }

  @Test
  void anIdealMapCanBeExported() throws IOException {
    List<String> args = export(StoriesTest.command(Path.of("examples/igd-laptop")), "e820");
    args.addAll(List.of("--platform", "ideal"));
    Run run = Run.of(args);
    assertEquals(ExitCode.LAYOUT, run.exit(), run.err());
    assertTrue(run.out().contains("0x000000007b800000-0x000000007fffffff] reserved"), run.out());
  }

  @Test
  void aFormThatThePlatformDoesNotHaveIsUnusableInput() throws IOException {
    Run run = Run.of(export(StoriesTest.command(Path.of("examples/igd-laptop")), "libvirt"));
    assertEquals(
        new Run(ExitCode.UNUSABLE, "", "error: libvirt: a guest on `xen-hvm` has no such form\n"),
        run);
  }

  @Test
  void binaryWantsAFile() throws IOException {
    Run run = Run.of(export(StoriesTest.command(Path.of("examples/igd-laptop")), "nfit"));
    assertEquals(ExitCode.UNUSABLE, run.exit());
    assertTrue(
        run.err().startsWith("error: `nfit` is binary: name a file with --output\n"), run.err());
  }

  @Test
  void bytesReachAFileAsTheyAre() throws IOException {
    byte[] bytes = {0, (byte) 0x80, '\n', (byte) 0xff};
    Path file = folder.resolve("table");
    try (Sink out = Sink.of(file)) {
      Sink.write(out, bytes);
      assertNull(Sink.loss(out));
    }
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void aFormIsNeededAndMustBeOne() {
    assertEquals(ExitCode.UNUSABLE, Run.of("export", "--host", "h", "--guest", "g").exit());
    Run unknown = Run.of("export", "--to", "vhdl", "--host", "h", "--guest", "g");
    assertEquals(ExitCode.UNUSABLE, unknown.exit());
    Run plan = Run.of("plan", "--format", "vhdl", "--host", "h", "--guest", "g");
    assertEquals(ExitCode.UNUSABLE, plan.exit());
    assertTrue(
        plan.err().contains("--format must be one of text, json, html, svg, sarif, junit, e820"),
        plan.err());
    Run batch = Run.of("plan", "--format", "xl", "--batch", "b");
    assertEquals(ExitCode.UNUSABLE, batch.exit());
    assertFalse(batch.err().contains("Exception"), batch.err());
  }

  private static List<String> export(List<String> plan, String form) {
    List<String> args = new ArrayList<>(plan);
    args.set(0, "export");
    args.addAll(List.of("--to", form));
    return args;
  }
}
