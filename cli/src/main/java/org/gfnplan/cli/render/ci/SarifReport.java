package org.gfnplan.cli.render.ci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gfnplan.cli.render.ConflictText;
import org.gfnplan.cli.render.PlanWords;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.hostwide.HostChange;
import org.gfnplan.models.report.Explained;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostRepair;
import org.gfnplan.models.report.HostStepWords;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.models.report.sarif.LineEdit;
import org.gfnplan.models.report.sarif.SarifJson;
import org.gfnplan.models.report.sarif.SarifRepair;
import org.gfnplan.models.report.sarif.SarifResult;
import org.gfnplan.models.report.sarif.SarifRun;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Enumeration;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.answer.Undecided;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;

/**
 * Answers as a SARIF log: a result for each conflict and each finding. No text has a newline at its
 * end.
 */
public final class SarifReport {
  private final String version;
  private final List<String> inputs;
  private final int exitCode;
  private final List<SarifResult> results = new ArrayList<>();
  private final List<SarifRun.Notice> notices = new ArrayList<>();

  private SarifReport(CiRun run) {
    this.version = run.version();
    this.inputs = run.inputs();
    this.exitCode = run.exitCode();
  }

  /** The log of a plan. */
  public static String of(CiRun run, Plan plan) {
    return of(run, new Explained(plan, null, Map.of()));
  }

  /** The log of a plan and, where they were asked for, all its conflicts. */
  public static String of(CiRun run, Explained explained) {
    SarifReport report = new SarifReport(run);
    report.add(explained);
    return report.text();
  }

  /** The log of the plans of several guests: first what they cannot share, then each guest's. */
  public static String of(CiRun run, HostPlan plan) {
    SarifReport report = new SarifReport(run);
    Origin document = plan.plans().get(0).scene().guest().document();
    if (plan.answer() instanceof Conflict conflict) {
      List<SarifRepair> repairs =
          plan.repairs().stream().map(repair -> repair(plan, repair)).toList();
      String guests =
          String.join(
              "\n",
              plan.plans().stream()
                  .map(each -> each.scene().guest().document().document())
                  .toList());
      report.add(
          PlanWords.headline(plan),
          conflict,
          step -> HostStepWords.sentence(step, plan.model()),
          repairs,
          plan.repairs().stream()
              .flatMap(repair -> repair.changes().stream())
              .flatMap(change -> Stream.ofNullable(change.single()))
              .map(Change::origin)
              .toList(),
          document,
          List.of("together", guests));
    } else if (plan.answer() instanceof Undecided undecided) {
      report.undecided(undecided);
    }
    plan.plans().forEach(each -> report.add(new Explained(each, null, Map.of())));
    plan.findings().forEach(finding -> report.results.add(SarifResult.of(finding, document)));
    return report.text();
  }

  /** The log of a run whose inputs cannot be used. */
  public static String unusable(CiRun run, List<InputProblem> problems) {
    SarifReport report = new SarifReport(run);
    for (InputProblem problem : problems) {
      report.notices.add(
          new SarifRun.Notice(
              SarifRun.Kind.UNUSABLE, Severity.ERROR, problem.message(), problem.origin()));
    }
    return report.text();
  }

  private String text() {
    // Every guest's plan has the findings of the host.
    Map<List<Object>, SarifResult> once = new LinkedHashMap<>();
    results.forEach(one -> once.putIfAbsent(List.of(one.identity(), one.origin()), one));
    List<SarifResult> sorted = new ArrayList<>(once.values());
    sorted.sort((one, other) -> other.level().compareTo(one.level()));
    return SarifJson.pretty(new SarifRun(version, inputs, exitCode, sorted, notices));
  }

  private void add(Explained explained) {
    Plan plan = explained.plan();
    Origin document = plan.scene().guest().document();
    for (Conflict conflict : CiRun.conflicts(explained)) {
      add(
          PlanWords.headline(plan),
          conflict,
          StepWords::sentence,
          plan.repairs().stream().map(repair -> repair(plan, repair)).toList(),
          plan.repairs().stream()
              .flatMap(repair -> repair.changes().stream())
              .map(Change::origin)
              .toList(),
          document,
          List.of(plan.platform(), document.document()));
    }
    if (plan.answer() instanceof Undecided undecided) {
      undecided(undecided);
    }
    Enumeration all = explained.all();
    if (all != null && all.stopped() != null) {
      String stopped = "stopped early: " + Objects.requireNonNull(all.stopped());
      notices.add(
          new SarifRun.Notice(SarifRun.Kind.INCOMPLETE, Severity.WARNING, stopped, document));
    }
    plan.findings().forEach(finding -> results.add(SarifResult.of(finding, document)));
  }

  private void add(
      String headline,
      Conflict conflict,
      Function<Step, String> words,
      List<SarifRepair> repairs,
      List<Origin> changed,
      Origin document,
      List<String> subject) {
    List<Statement> members = conflict.statements();
    Statement shown = SarifResult.shownAt(members, changed);
    List<String> lines = new ArrayList<>(List.of(headline));
    for (int i = 0; i < members.size(); i++) {
      lines.add("%d. %s [%s]".formatted(i + 1, members.get(i).text(), members.get(i).id()));
    }
    for (Step step : conflict.steps()) {
      lines.add(
          "because of %s, %s".formatted(ConflictText.numbers(step, members), words.apply(step)));
    }
    repairs.forEach(repair -> lines.add("help: fits with " + repair.title()));
    Stream<String> statements =
        members.stream().map(member -> member.id() + " " + member.text()).sorted();
    results.add(
        new SarifResult(
            shown.id(),
            Severity.ERROR,
            String.join("\n", lines),
            shown.origin(),
            document,
            members,
            repairs,
            Stream.concat(subject.stream(), statements).toList()));
  }

  private void undecided(Undecided undecided) {
    notices.add(
        new SarifRun.Notice(SarifRun.Kind.UNDECIDED, Severity.ERROR, undecided.reason(), null));
  }

  private static SarifRepair repair(Plan plan, Repair repair) {
    return new SarifRepair(
        RepairWords.title(plan, repair),
        repair.cost(),
        repair.changes().stream().map(Change::givesUp).filter(Objects::nonNull).toList(),
        LineEdit.of(plan.scene().guest(), plan.difference(repair)));
  }

  private static SarifRepair repair(HostPlan plan, HostRepair repair) {
    List<LineEdit> edits = new ArrayList<>();
    boolean exact = true;
    for (HostPlan.Part part : plan.parts(repair)) {
      List<LineEdit> own =
          LineEdit.of(part.plan().scene().guest(), part.plan().difference(part.repair()));
      exact &= !own.isEmpty();
      edits.addAll(own);
    }
    return new SarifRepair(
        plan.title(repair),
        repair.cost(),
        repair.changes().stream()
            .map(HostChange::givesUp)
            .filter(Objects::nonNull)
            .distinct()
            .toList(),
        exact ? edits : List.of());
  }
}
