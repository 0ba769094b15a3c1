package org.gfnplan.models.host;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.input.UnusableInput;

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
}
