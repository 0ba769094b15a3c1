package org.gfnplan.models.host;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.Bar;

/** Reads sources and puts what came out in words that a test can compare. */
public final class HostText {
  private HostText() {}

  /** The host of one source called {@code in}. */
  public static Host host(byte[] bytes) {
    try {
      return HostReader.readText("in", bytes);
    } catch (UnusableInput e) {
      return fail(e);
    }
  }

  /** As {@link #host(byte[])}, of a text. */
  public static Host host(String text) {
    return host(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Each problem of a source called {@code in}, as {@code place: message}. */
  public static List<String> problems(byte[] bytes) {
    UnusableInput thrown =
        assertThrows(UnusableInput.class, () -> HostReader.readText("in", bytes));
    return lines(thrown);
  }

  /** As {@link #problems(byte[])}, of a text. */
  public static List<String> problems(String text) {
    return problems(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Each problem, as {@code place: message}. */
  public static List<String> lines(UnusableInput unusable) {
    return unusable.problems().stream()
        .map(problem -> problem.origin().shortForm() + ": " + problem.message())
        .toList();
  }

  /** Reserved memory, as {@code KIND first-last devices}. */
  public static List<String> reserved(Host host) {
    return host.reserved().stream()
        .map(
            memory ->
                "%s 0x%x-0x%x %s"
                    .formatted(
                        memory.kind(), memory.startByte(), memory.endByte() - 1, memory.devices()))
        .toList();
  }

  /** Findings, as {@code id place: message}. */
  public static List<String> findings(Host host) {
    return host.findings().stream()
        .map(
            finding ->
                "%s %s: %s"
                    .formatted(finding.id(), finding.origin().shortForm(), finding.message()))
        .toList();
  }

  /** Every register of every function, as {@code device index SPACE size ...}. */
  public static List<String> bars(Host host) {
    List<HostDevice> devices = host.devices() == null ? List.of() : host.devices();
    return devices.stream()
        .flatMap(device -> device.bars().stream().map(bar -> device.address() + " " + words(bar)))
        .toList();
  }

  private static String words(Bar bar) {
    Stated<Long> at = bar.hostByte();
    return "%d %s 0x%x%s%s%s"
        .formatted(
            bar.index(),
            bar.space(),
            bar.bytes(),
            bar.prefetchable() ? " prefetchable" : "",
            at == null ? "" : " at 0x%x".formatted(at.value()),
            bar.resizableTo().isEmpty() ? "" : " " + bar.resizableTo());
  }

  /** Addresses that devices cannot use, as {@code first-last kind group}. */
  public static List<String> iova(Host host) {
    return host.reservedIova().stream()
        .map(
            iova ->
                "0x%x-0x%x %s %s"
                    .formatted(
                        iova.startByte(), iova.endByte() - 1, iova.kind().word(), iova.group()))
        .toList();
  }

  /** Persistent memory, as {@code kind `name` size extents}. */
  public static List<String> pmem(Host host) {
    return host.pmem().stream()
        .map(memory -> "%s 0x%x %s".formatted(memory.label(), memory.bytes(), memory.extents()))
        .toList();
  }
}
