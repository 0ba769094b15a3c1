package org.gfnplan.models.host.linux;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the address sizes in {@code /proc/cpuinfo}, or in what {@code lscpu} prints. */
public final class CpuInfo {
  private static final String SIZES =
      "[ \\t]*[Aa]ddress sizes[ \\t]*:[ \\t]*(\\d{1,4}) bits physical";
  private static final Pattern LINE = Pattern.compile(SIZES + ",.*");

  /* Blanks but not newlines, or a file of empty lines would be gone through from each of them. */
  private static final Pattern ANYWHERE = Pattern.compile("(?m)^" + SIZES);

  private CpuInfo() {}

  /** What {@code text} says, or null when it gives no address sizes. */
  public static @Nullable SourceFacts read(String document, String text) {
    if (!ANYWHERE.matcher(text).find()) {
      return null;
    }
    SourceFacts facts = new SourceFacts(document);
    Set<String> seen = new HashSet<>();
    LogLines.forEach(
        text,
        (line, number) -> {
          Matcher match = LINE.matcher(line);
          // There is one for each processor, and they are the same.
          if (match.matches() && seen.add(match.group(1))) {
            facts.addCpuPhysicalBits(
                "physical address size",
                Integer.parseInt(match.group(1)),
                Origin.line(document, number, line));
          }
        });
    return facts;
  }
}
