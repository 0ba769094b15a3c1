package org.gfnplan.models.report.sarif;

import java.util.List;

/**
 * A change that was planned again, and the lines it replaces.
 *
 * @param title what to change
 * @param cost what it costs the user
 * @param givesUp what is no longer protected
 * @param edits the lines that make up the whole change; none when lines cannot be replaced exactly
 */
public record SarifRepair(String title, int cost, List<String> givesUp, List<LineEdit> edits) {
  public SarifRepair {
    givesUp = List.copyOf(givesUp);
    edits = List.copyOf(edits);
  }
}
