package org.gfnplan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every example that QEMU alone lays out: the exported command is started with the real program,
 * and its memory tree, memory devices and PCI holes are what the plan and {@code check} say.
 */
class LiveExamplesTest {
  private static final String PROGRAM =
      System.getProperty("gfnplan.qemu.program", "qemu-system-x86_64");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern SIZE = Pattern.compile("\\bsize=(\\d+)([KMGT]?)");
  private static final Pattern NUMBER = Pattern.compile("version (\\d+\\.\\d+)");
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  static Stream<Path> layouts() throws IOException {
    return StoriesTest.stories().filter(LiveExamplesTest::isLaidOutByQemu);
  }

  private static boolean isLaidOutByQemu(Path story) {
    JsonNode expected = JSON.readTree(story.resolve("expected.json").toFile());
    return StoriesTest.command(story).get(0).equals("plan")
        && expected.path("platform").asString("").startsWith("qemu")
        && expected.path("verdict").asString("").equals("layout");
  }

  @Test
  void someExamplesAreLaidOutByQemu() throws IOException {
    assertTrue(layouts().count() >= 6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void theExportedCommandLeadsToThePlan(Path story) throws Exception {
    mustBeInstalled();
    List<String> inputs = new ArrayList<>(StoriesTest.command(story).subList(1, 5));
    inputs.addAll(List.of("--qemu", version()));
    Path plan = write("plan.json", run(inputs, "plan", "--format", "json"));
    Path command = write("start.sh", run(inputs, "export", "--to", "qemu"));
    Path captured = folder.resolve("captured.json");
    String bridge =
        Files.readString(story.resolve("expected.json")).contains("\"qemu-q35\"")
            ? "/machine/q35"
            : "/machine/i440fx";
    Files.write(captured, answers(here(words(command), story), bridge));

    Run same = Run.of("check", "--layout", plan.toString(), "--captured", captured.toString());
    assertEquals(0, same.exit(), () -> same.out() + same.err());
    assertEquals(4, Files.readString(captured).split("\"pci-hole", -1).length - 1);

    String host = inputs.get(1 + inputs.indexOf("--host"));
    Run predicted =
        Run.of(
            List.of(
                "check",
                "--host",
                host,
                "--guest",
                command.toString(),
                "--format",
                "json",
                "--qemu",
                version()));
    String tree = Files.readString(captured);
    String high = end(tree, "ram-above-4g");
    String real =
        "low RAM ends at "
            + end(tree, "ram-below-4g")
            + (high.isEmpty() ? "" : ", high RAM at " + high);
    assertTrue(predicted.out().contains("\"" + real + "\""), () -> real + "\n" + predicted.out());
  }

  /** One past the last byte of a region of a memory tree, as documents write addresses. */
  private static String end(String tree, String name) {
    Matcher match = Pattern.compile("-([0-9a-f]{16}) \\([^)]*\\): alias " + name).matcher(tree);
    return match.find() ? "0x%x".formatted(Long.parseLong(match.group(1), 16) + 1) : "";
  }

  private static String run(List<String> inputs, String... words) {
    List<String> args = new ArrayList<>(Arrays.asList(words));
    args.addAll(inputs);
    Run run = Run.of(args);
    assertEquals(0, run.exit(), run::err);
    return run.out();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The arguments of the command, as a shell takes them apart. */
  private static List<String> words(Path command) throws IOException, InterruptedException {
    String script =
        Files.readString(command).replace("qemu-system-x86_64 \\\n", "printf '%s\\0' \\\n");
    String said = new String(output(List.of("sh", "-c", script), ""), UTF_8);
    return List.of(said.substring(0, said.length() - 1).split("\0", -1));
  }

  /**
   * The same for a machine that has neither KVM nor the devices nor the memory: devices are left
   * out, memory is not reserved, and files are empty ones of the same size.
   */
  private List<String> here(List<String> words, Path story) throws IOException {
    List<String> made = new ArrayList<>(List.of("-S", "-display", "none", "-nodefaults"));
    made.addAll(List.of("-no-user-config", "-accel", "tcg,thread=single,tb-size=1"));
    boolean amd =
        Files.exists(story.resolve("host.yaml"))
            && Files.readString(story.resolve("host.yaml")).contains("iommu: amd");
    for (int i = 0; i < words.size(); i += 2) {
      String option = words.get(i);
      String value = words.get(i + 1);
      switch (option) {
        case "-accel", "-bios" -> {}
        case "-cpu" -> made.addAll(List.of(option, processor(value, amd)));
        case "-machine" -> made.addAll(List.of(option, value + ",memory-backend=ram0"));
        case "-m" -> {
          String object = "memory-backend-ram,id=ram0,reserve=off,size=" + bytes(value);
          made.addAll(List.of("-object", object, option, value));
        }
        case "-object" -> made.addAll(List.of(option, backend(value)));
        case "-device" -> {
          if (!value.startsWith("vfio-pci")) {
            made.addAll(List.of(option, value));
          }
        }
        default -> made.addAll(List.of(option, value));
      }
    }
    return made;
  }

  /**
   * The processor's vendor decides where RAM lies; it reaches at least as far as it is asked to.
   */
  private static String processor(String value, boolean amd) {
    if (!value.startsWith("host")) {
      return value;
    }
    return "qemu64,vendor=%s".formatted(amd ? "AuthenticAMD" : "GenuineIntel")
        + (value.contains("phys-bits") ? value.substring(4) : ",phys-bits=52");
  }

  private String backend(String value) throws IOException {
    if (!value.startsWith("memory-backend-file")) {
      return value + ",reserve=off";
    }
    Path file = Files.createTempFile(folder, "backend", "");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes(value));
    }
    return value.replaceAll("mem-path=[^,]*", "mem-path=" + file).replace(",pmem=on", "");
  }

  private static long bytes(String value) {
    Matcher size = SIZE.matcher(value);
    assertTrue(size.find(), value);
    int unit = size.group(2).isEmpty() ? 0 : 1 + "KMGT".indexOf(size.group(2));
    return Long.parseLong(size.group(1)) << (10 * unit);
  }

  /** What QEMU answers; it is told to quit with the questions, so that it never outlives them. */
  private static byte[] answers(List<String> arguments, String bridge)
      throws IOException, InterruptedException {
    StringBuilder asked = new StringBuilder("{\"execute\":\"qmp_capabilities\"}\n");
    asked.append(
        "{\"execute\":\"human-monitor-command\",\"arguments\":{\"command-line\":\"info mtree\"}}\n");
    asked.append("{\"execute\":\"query-memory-devices\"}\n");
    for (String property :
        List.of("pci-hole-start", "pci-hole-end", "pci-hole64-start", "pci-hole64-end")) {
      asked.append(
          ("{\"execute\":\"qom-get\",\"id\":\"%s\",\"arguments\":{\"path\":\"%s\","
                  + "\"property\":\"%s\"}}\n")
              .formatted(property, bridge, property));
    }
    asked.append("{\"execute\":\"quit\"}\n");
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-qmp", "stdio"));
    command.addAll(arguments);
    return output(command, asked.toString());
  }

  private static byte[] output(List<String> command, String input)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream out = process.getInputStream()) {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      }
      byte[] said = out.readAllBytes();
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String version() throws IOException, InterruptedException {
    String said = new String(output(List.of(PROGRAM, "--version"), ""), UTF_8);
    Matcher match = NUMBER.matcher(said);
    assertTrue(match.find(), said);
    return match.group(1);
  }

  private static void mustBeInstalled() {
    String path = System.getenv("PATH");
    boolean installed =
        Files.isExecutable(Path.of(PROGRAM).toAbsolutePath())
            || (path != null
                && Arrays.stream(path.split(File.pathSeparator, -1))
                    .anyMatch(part -> Files.isExecutable(Path.of(part, PROGRAM))));
    if ("1".equals(System.getenv("GFNPLAN_REQUIRE_PEERS"))) {
      assertTrue(installed, PROGRAM + " is not on PATH");
    }
    assumeTrue(installed, PROGRAM + " is not on PATH");
  }
}
