package org.gfnplan.models.input;

import java.util.Comparator;
import org.gfnplan.models.catalogue.Catalogue;
import org.gfnplan.models.catalogue.FindingEntry;
import org.gfnplan.solver.problem.Origin;

/**
 * Something a user should know that is not a conflict.
 *
 * @param severity how much it matters
 * @param id stable, listed in the catalogue, lower case with hyphens: {@code
 *     rmrr-not-in-reserved-memory}
 * @param message one line without a full stop
 * @param origin what it is about
 */
public record Finding(Severity severity, String id, String message, Origin origin)
    implements Comparable<Finding> {
  private static final int MOST_CHARACTERS = 1000;
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .reversed()
          .thenComparing(Finding::origin)
          .thenComparing(Finding::id)
          .thenComparing(Finding::message);

  public Finding {
    assert isListed(id, severity) : "the catalogue has no " + severity + " " + id;
    message = oneLine(message);
  }

  private static boolean isListed(String id, Severity severity) {
    FindingEntry entry = Catalogue.get().finding(id);
    return entry != null && entry.severity() == severity;
  }

  /* Messages quote inputs, and what an input says must not steer the terminal that shows it. */
  static String oneLine(String message) {
    boolean isLong = message.length() > MOST_CHARACTERS;
    String head = isLong ? message.substring(0, MOST_CHARACTERS) + "..." : message;
    return head.replaceAll("\\p{Cntrl}|[\u2028\u2029]", " ");
  }

  /** Orders by severity, worst first, then by origin. */
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
