package org.gfnplan.models.platform.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real QEMU, started stopped and without KVM, that is asked where it put memory. {@code
 * -Dgfnplan.qemu.program=PATH} takes another one than that on PATH; its version is asked.
 *
 * <p>It ends with {@link #close}, with the test's virtual machine, whatever that dies of, and after
 * a minute.
 */
final class LiveQemu implements AutoCloseable {
  static final String PROGRAM = System.getProperty("gfnplan.qemu.program", "qemu-system-x86_64");

  /** util-linux: the kernel kills the program when the thread that started it is gone. */
  private static final List<String> DIE_WITH_PARENT =
      isOnPath("setpriv") ? List.of("setpriv", "--pdeathsig", "KILL", "--") : List.of();

  private static final Pattern VERSION = Pattern.compile("version (\\d+\\.\\d+)\\.\\d+");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern REGION =
      Pattern.compile("(?m)^ +([0-9a-f]{16})-([0-9a-f]{16}) \\([^)]*\\): (?:alias )?([^ \r\n]+)");

  private final Path errors;
  private final Process process;
  private final BufferedReader in;
  private final Writer out;

  /** Starts the program; {@code command} has QMP on its standard input and output. */
  LiveQemu(List<String> command, Path errors) throws IOException {
    this.errors = errors;
    List<String> words = new ArrayList<>(DIE_WITH_PARENT);
    words.addAll(command);
    process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    in = process.inputReader(UTF_8);
    out = process.outputWriter(UTF_8);
    Thread watch = new Thread(this::killWhenLate, "qemu watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** What the program says about a configuration, in words that {@link #expected} uses too. */
  static String answer(QemuConfig config, String cpu, Path folder) throws IOException {
    Path errors = folder.resolve("errors");
    try (LiveQemu qemu = new LiveQemu(command(config, cpu, folder), errors)) {
      try {
        return qemu.layout(config);
      } catch (EOFException e) {
        return qemu.refused();
      }
    }
  }

  /** What the replay says, in the same words. */
  static String expected(QemuAnswer made) {
    if (made instanceof QemuRefusal refusal) {
      return "refused: " + refusal.text();
    }
    QemuLayout layout = (QemuLayout) made;
    List<String> lines = new ArrayList<>();
    lines.add("ram-below-4g " + words(Optional.of(new ByteRange(0, layout.lowEnd()))));
    lines.add("ram-above-4g " + words(layout.high()));
    lines.add("device-memory " + words(layout.deviceMemory()));
    layout.pciHole().ifPresent(hole -> lines.add("pci-hole " + words(layout.pciHole())));
    layout
        .pciHole()
        .ifPresent(
            hole ->
                lines.add(
                    "pci-hole64 [%x,%x)".formatted(layout.hole64Start(), layout.hole64End())));
    layout.placed().stream()
        .map(
            one ->
                "[%x,%x) %s slot %d"
                    .formatted(one.start(), one.end(), one.device().id(), one.slot()))
        .sorted()
        .forEach(lines::add);
    lines.add("bits " + layout.physicalBits());
    layout.warnings().forEach(warning -> lines.add(warning.text()));
    return String.join("\n", lines);
  }

  private static String words(Optional<ByteRange> range) {
    return range.map(one -> "[%x,%x)".formatted(one.start(), one.end())).orElse("none");
  }

  private String layout(QemuConfig config) throws IOException {
    ask("{\"execute\":\"qmp_capabilities\"}");
    String tree =
        ask("{\"execute\":\"human-monitor-command\",\"arguments\":{\"command-line\":\"info"
                + " mtree\"}}")
            .asString();
    List<String> lines = new ArrayList<>();
    for (String name : List.of("ram-below-4g", "ram-above-4g", "device-memory")) {
      lines.add(name + " " + words(region(tree, name)));
    }
    if (config.machine().board().hasPci()) {
      boolean q35 = config.machine().board() == QemuMachine.Board.Q35;
      String host = q35 ? "/machine/q35" : "/machine/i440fx";
      lines.add("pci-hole " + range(host, "pci-hole-"));
      lines.add("pci-hole64 " + range(host, "pci-hole64-"));
    }
    // The devices of a microvm all lie at 0, and their order is that of a hash table.
    List<String> devices = new ArrayList<>();
    for (JsonNode one : ask("{\"execute\":\"query-memory-devices\"}")) {
      JsonNode data = one.path("data");
      long start = data.path("addr").asLong(data.path("memaddr").asLong(0));
      long end = start + data.path("size").asLong();
      long slot = data.path("slot").asLong(QemuDevice.ANY_SLOT);
      devices.add("[%x,%x) %s slot %d".formatted(start, end, data.path("id").asString(), slot));
    }
    devices.stream().sorted().forEach(lines::add);
    JsonNode cpus = ask("{\"execute\":\"query-cpus-fast\"}");
    lines.add("bits " + property(cpus.path(0).path("qom-path").asString(), "phys-bits"));
    ask("{\"execute\":\"quit\"}");
    while (in.readLine() != null) {
      // Events of the shutdown.
    }
    said().stream().filter(line -> line.contains("warning: ")).forEach(lines::add);
    return String.join("\n", lines);
  }

  private String refused() throws IOException {
    List<String> lines =
        said().stream().filter(line -> !line.contains("warning: ")).limit(1).toList();
    return "refused: " + (lines.isEmpty() ? "exit " + exit() : lines.get(0));
  }

  private int exit() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private List<String> said() throws IOException {
    exit();
    return Files.readAllLines(errors).stream()
        .map(line -> line.replaceFirst("^\\S*qemu-system-\\S+: ", ""))
        .filter(line -> !line.isBlank() && !line.contains("TCG doesn't support"))
        .toList();
  }

  /** Skips the test where the program is missing, or fails it where it may not be. */
  static void mustBeInstalled() {
    boolean installed = isOnPath(PROGRAM);
    if ("1".equals(System.getenv("GFNPLAN_REQUIRE_PEERS"))) {
      assertTrue(installed, PROGRAM + " is not on PATH");
    }
    assumeTrue(installed, PROGRAM + " is not on PATH");
  }

  /** The version of the program; fails for one between those whose behaviour is stated. */
  static QemuVersion version() throws IOException {
    Process asked = new ProcessBuilder(PROGRAM, "--version").redirectErrorStream(true).start();
    String said = new String(asked.getInputStream().readAllBytes(), UTF_8);
    Matcher match = VERSION.matcher(said);
    assertTrue(match.find(), said);
    QemuVersion version = QemuVersion.of(match.group(1));
    assertTrue(
        version != null && version.word().equals(match.group(1)),
        () -> "not QEMU %s: %s".formatted(QemuVersion.words(), said));
    return Objects.requireNonNull(version);
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    return Files.isExecutable(Path.of(program).toAbsolutePath())
        || (path != null
            && Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(part -> Files.isExecutable(Path.of(part, program))));
  }

  long pid() {
    return process.pid();
  }

  private static Optional<ByteRange> region(String tree, String name) {
    Matcher match = REGION.matcher(tree);
    while (match.find()) {
      if (match.group(3).equals(name)) {
        return Optional.of(
            new ByteRange(
                Long.parseLong(match.group(1), 16), Long.parseLong(match.group(2), 16) + 1));
      }
    }
    return Optional.empty();
  }

  private String range(String host, String prefix) throws IOException {
    return "[%x,%x)".formatted(property(host, prefix + "start"), property(host, prefix + "end"));
  }

  private long property(String path, String name) throws IOException {
    return ask("{\"execute\":\"qom-get\",\"arguments\":{\"path\":\"%s\",\"property\":\"%s\"}}"
            .formatted(path, name))
        .asLong();
  }

  /** What a QMP command returns. */
  JsonNode ask(String command) throws IOException {
    try {
      out.write(command + "\n");
      out.flush();
    } catch (IOException e) {
      throw new EOFException("QEMU ended before it was asked: " + command);
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode reply = JSON.readTree(line);
      if (reply.has("return")) {
        return reply.path("return");
      }
      if (reply.has("error")) {
        throw new IOException(command + " -> " + line);
      }
    }
    throw new EOFException("QEMU ended: " + command);
  }

  /** The command line; backends that are files are made in the folder. */
  static List<String> command(QemuConfig config, String cpu, Path folder) throws IOException {
    QemuMachine machine = config.machine();
    long ram = config.roundedRam();
    List<String> words = new ArrayList<>(List.of(PROGRAM, "-S", "-display", "none"));
    words.addAll(List.of("-nodefaults", "-no-user-config", "-qmp", "stdio", "-cpu", cpu));
    words.addAll(List.of("-accel", "tcg,thread=single,tb-size=1"));
    words.addAll(List.of("-object", "memory-backend-ram,id=ram0,reserve=off,size=" + ram));
    words.add("-M");
    words.add(
        machine.name()
            + ",memory-backend=ram0"
            + (config.maxRamBelow4g() == 0 ? "" : ",max-ram-below-4g=" + config.maxRamBelow4g())
            + (config.nvdimm() ? ",nvdimm=on" : ""));
    words.add("-m");
    words.add(
        "size=%dB".formatted(ram)
            + (config.slots() == 0 ? "" : ",slots=" + config.slots())
            + (config.maxMemory() == 0 ? "" : ",maxmem=%dB".formatted(config.maxMemory())));
    if (config.hole64Size() != QemuConfig.UNASKED) {
      String host = machine.board() == QemuMachine.Board.Q35 ? "q35-pcihost" : "i440FX-pcihost";
      words.addAll(
          List.of("-global", "%s.pci-hole64-size=%d".formatted(host, config.hole64Size())));
    }
    for (QemuDevice device : config.devices()) {
      words.addAll(List.of("-object", backend(device, folder), "-device", device.argument()));
    }
    return words;
  }

  private static String backend(QemuDevice device, Path folder) throws IOException {
    String common = "id=%s,size=%d".formatted(device.memdev(), device.size());
    if (!device.file()) {
      return "memory-backend-ram,reserve=off," + common;
    }
    Path file = folder.resolve(device.memdev());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(device.size());
    }
    return "memory-backend-file,share=on,%s,mem-path=%s".formatted(common, file)
        + (device.align() == 0 ? "" : ",align=" + device.align());
  }

  private void killWhenLate() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    exit();
    in.close();
  }
}
