package org.gfnplan.models.host.acpi;

import java.util.List;
import java.util.Map;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;

/** What an NFIT table says about a host. */
final class NfitFacts {
  private static final String PERSISTENT = "66f0d379-b4f3-4074-ac43-0d3318b78cdb";

  /** Other purposes of address ranges: ACPI specification, NFIT; acuuid.h. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "7305944f-fdda-44e3-b16c-3f22d252e5d0", "volatile memory",
          "92f701f6-13b4-405d-910b-299367e8234c", "a control region",
          "91af0530-5d86-470e-a6b0-0a2db9408249", "block data windows",
          "77ab535a-45fc-624b-5560-f7b281d1f96e", "a volatile virtual disk",
          "3d5abd30-4175-87ce-6d64-d2ade523c4bb", "a volatile virtual CD",
          "5cea02c9-4d07-69d3-269f-4496fbe096f9", "a persistent virtual disk",
          "08018188-42cd-bb48-100f-5387d53ded3d", "a persistent virtual CD");

  /** Structures that say nothing about addresses: maps, interleaves ... capabilities. */
  private static final int LAST_KNOWN_TYPE = 7;

  private NfitFacts() {}

  /** Adds the persistent memory of {@code nfit}; a range is called {@code spa} and its index. */
  static void add(Nfit nfit, AcpiTable table, SourceFacts facts) {
    nfit.ranges().forEach(range -> add(range, table, facts));
    for (UnknownStructure structure : nfit.others()) {
      if (structure.type() > LAST_KNOWN_TYPE) {
        facts.addFinding(
            Severity.NOTE,
            "unknown-structure",
            "NFIT structure of unknown type 0x%x was skipped%s"
                .formatted(structure.type(), table.where(structure.offset())),
            table.origin(
                structure.offset(), "NFIT structure type 0x%x".formatted(structure.type())));
      }
    }
  }

  private static void add(Nfit.Spa range, AcpiTable table, SourceFacts facts) {
    String text =
        "NFIT range %d: 0x%x, 0x%x bytes".formatted(range.index(), range.base(), range.length());
    Origin origin = table.origin(range.offset(), text);
    if (!range.guid().equals(PERSISTENT)) {
      facts.addFinding(
          Severity.NOTE,
          "spa-not-persistent",
          "%s is %s, not persistent memory%s"
              .formatted(
                  text,
                  OTHERS.getOrDefault(range.guid(), "of unknown type " + range.guid()),
                  table.where(range.offset())),
          origin);
      return;
    }
    long base = range.base();
    long length = range.length();
    if (length == 0) {
      facts.addProblem(table.problem(range.offset(), text + " holds no byte"));
    } else if (base < 0
        || base >= ByteRange.LIMIT
        || Long.compareUnsigned(length, ByteRange.LIMIT - base) > 0) {
      facts.addProblem(table.problem(range.offset(), text + " is beyond 52 address bits"));
    } else {
      facts.addPmem(
          new HostPmem(
              HostPmem.Kind.REGION,
              "spa" + range.index(),
              List.of(new ByteRange(base, base + length)),
              origin));
    }
  }
}
