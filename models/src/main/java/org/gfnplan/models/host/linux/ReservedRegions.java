package org.gfnplan.models.host.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.host.ReservedIova;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /sys/kernel/iommu_groups/N/reserved_regions}: one file, or several as {@code head},
 * {@code grep .} or {@code cat} show them.
 */
public final class ReservedRegions {
  private static final String REGION = "0x([0-9a-fA-F]+)\\s+0x([0-9a-fA-F]+)\\s+([a-z][a-z-]*)\\s*";
  private static final Pattern LINE = Pattern.compile("(?:(\\S*reserved_regions):)?\\s*" + REGION);
  private static final Pattern HEADING = Pattern.compile("==> (\\S*reserved_regions) <==\\s*");
  private static final Pattern GROUP = Pattern.compile(".*?(?:^|/)(\\d{1,6})/reserved_regions");
  private static final int MOST_DIGITS = 16;

  private final SourceFacts facts;
  private final String document;
  private @Nullable Integer group;

  private ReservedRegions(String document, SourceFacts facts, @Nullable Integer group) {
    this.document = document;
    this.facts = facts;
    this.group = group;
  }

  /** What {@code text} says, or null when it is no such listing. */
  public static @Nullable SourceFacts read(String document, String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    if (!LINE.matcher(first).matches() && !HEADING.matcher(first).matches()) {
      return null;
    }
    SourceFacts facts = new SourceFacts(document);
    read(document, text, null, facts);
    return facts;
  }

  /** Adds what the file of one group says. */
  public static void read(
      String document, String text, @Nullable Integer group, SourceFacts facts) {
    LogLines.forEach(text, new ReservedRegions(document, facts, group)::readLine);
  }

  private void readLine(String line, int number) {
    String words = line.strip();
    Matcher heading = HEADING.matcher(words);
    Matcher region = LINE.matcher(words);
    Origin origin = Origin.line(document, number, line);
    if (heading.matches()) {
      group = groupOf(heading.group(1));
    } else if (region.matches()) {
      addRegion(region, origin);
    } else if (!words.isEmpty()) {
      problem(origin, "line is not first byte, last byte and kind of a reserved region");
    }
  }

  private static @Nullable Integer groupOf(String path) {
    Matcher match = GROUP.matcher(path);
    return match.matches() ? Integer.valueOf(match.group(1)) : null;
  }

  private void addRegion(Matcher line, Origin origin) {
    ReservedIova.Kind kind = ReservedIova.Kind.byWord().get(line.group(4));
    if (kind == null) {
      problem(origin, "`" + line.group(4) + "` is no kind of reserved region");
      return;
    }
    if (line.group(2).length() > MOST_DIGITS || line.group(3).length() > MOST_DIGITS) {
      problem(origin, "address has more than 64 bits");
      return;
    }
    long first = Long.parseUnsignedLong(line.group(2), 16);
    long last = Long.parseUnsignedLong(line.group(3), 16);
    if (Long.compareUnsigned(last, first) < 0) {
      problem(origin, "region 0x%x-0x%x ends before it starts".formatted(first, last));
      return;
    }
    boolean isCut = last < 0 || last >= ByteRange.LIMIT;
    if (isCut) {
      facts.addFinding(
          Severity.NOTE,
          "reserved-region-cut",
          "region 0x%x-0x%x goes beyond 52 address bits; only what is below counts"
              .formatted(first, last),
          origin);
    }
    if (first >= 0 && first < ByteRange.LIMIT) {
      Integer own = line.group(1) == null ? group : groupOf(line.group(1));
      facts.addReservedIova(
          new ReservedIova(first, isCut ? ByteRange.LIMIT : last + 1, kind, own, origin));
    }
  }

  private void problem(Origin origin, String message) {
    facts.addProblem(new InputProblem(origin, message));
  }
}
