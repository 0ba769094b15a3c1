package org.gfnplan.models.platform.hostwide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.platform.rules.Draft;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;

/**
 * What the guests of a host may not share, as a problem.
 *
 * @param problem what is asked
 * @param changes for a statement, the changes that would take it back or weaken it
 * @param subjects what a region whose start is a guest stands for: a device
 * @param tenants the guests, by their number as a place
 * @param findings what a user should know besides
 */
public record HostModel(
    Problem problem,
    Map<Statement, List<HostChange>> changes,
    Map<Region, String> subjects,
    List<Tenant> tenants,
    List<Finding> findings) {
  /*
   * A device is a region of one frame, and the guest that owns it is where it starts. Two guests
   * pin it to two places; whatever makes devices go together makes their starts the same, so that
   * the solver does the transitive part and a conflict names the links it needs and no others.
   * Persistent memory lies at its place in host frames; the two kinds of region never meet.
   */
  public HostModel {
    changes = Map.copyOf(changes);
    subjects = Map.copyOf(subjects);
    tenants = List.copyOf(tenants);
    findings = List.copyOf(findings);
  }

  /** The model of these guests on a host; their names differ. */
  public static HostModel of(Host host, List<Tenant> tenants) {
    Writing writing = new Writing(host, List.copyOf(tenants));
    new DeviceOwners(writing).add();
    new PmemOwners(writing).add();
    writing.findings.addAll(HostMemory.findings(host, tenants));
    writing.findings.sort(null);
    return new HostModel(
        writing.draft.model(List.of()).problem(),
        writing.changes,
        writing.subjects,
        tenants,
        writing.findings);
  }

  /** The changes that would take back or weaken a statement; none for what nobody can change. */
  public List<HostChange> changesOf(Statement statement) {
    return changes.getOrDefault(statement, List.of());
  }

  /** A model that is being written. */
  static final class Writing {
    final Host host;
    final List<Tenant> tenants;
    final Draft draft = new Draft();
    final List<Finding> findings = new ArrayList<>();
    private final Map<Statement, List<HostChange>> changes = new LinkedHashMap<>();
    private final Map<Region, String> subjects = new HashMap<>();

    private Writing(Host host, List<Tenant> tenants) {
      this.host = host;
      this.tenants = tenants;
    }

    /** Something whose start is the guest that owns it. */
    Region owned(String name, String subject, Statement statement) {
      Region region = draft.region(name, "owner", Length.fixed(1), statement);
      subjects.put(region, subject);
      return region;
    }

    /** Both belong to the same guest. */
    void together(Statement statement, Region one, Region other) {
      draft.rule(new Rule.SameEdge(statement, one.start(), other.start()));
    }

    /** States one more thing that a user could change about a statement. */
    void change(Statement statement, HostChange way) {
      List<HostChange> ways = changes.computeIfAbsent(statement, s -> new ArrayList<>());
      if (ways.stream().noneMatch(other -> other.key().equals(way.key()))) {
        ways.add(way);
      }
    }
  }
}
