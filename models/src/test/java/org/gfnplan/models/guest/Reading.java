package org.gfnplan.models.guest;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.input.UnusableInput;
import org.jspecify.annotations.Nullable;

/** Short ways to read a guest from text in tests. */
public final class Reading {
  private Reading() {}

  /** The guest that a text called {@code g} describes. */
  public static Guest guest(String text) {
    try {
      return GuestReader.read("g", text.getBytes(StandardCharsets.UTF_8));
    } catch (UnusableInput e) {
      throw new AssertionError(e.getMessage() + "\n" + text, e);
    }
  }

  /** An HVM guest {@code x} of 4096 MiB whose further lines start in line 4. */
  public static Guest xl(String... lines) {
    return guest(hvm(lines));
  }

  /** Why a text is unusable, each as {@code g:line: message}. */
  public static List<String> problems(String text) {
    UnusableInput unusable =
        assertThrows(
            UnusableInput.class,
            () -> GuestReader.read("g", text.getBytes(StandardCharsets.UTF_8)),
            text);
    return unusable.problems().stream()
        .map(problem -> problem.origin().shortForm() + ": " + problem.message())
        .toList();
  }

  /** Why {@link #xl} would fail. */
  public static List<String> xlProblems(String... lines) {
    return problems(hvm(lines));
  }

  /** What is odd about a guest, each as {@code id line}. */
  public static List<String> findings(Guest guest) {
    return guest.findings().stream().map(f -> f.id() + " " + f.origin().shortForm()).toList();
  }

  private static String hvm(String... lines) {
    return "name = \"x\"\ntype = \"hvm\"\nmemory = 4096\n" + String.join("\n", lines) + "\n";
  }

  /** The one word a configuration says about a device's reserved memory, or null. */
  public static @Nullable RdmPolicy policy(PciAssignment device) {
    RdmPolicies policies = device.policies();
    return policies == null ? null : policies.flag();
  }
}
