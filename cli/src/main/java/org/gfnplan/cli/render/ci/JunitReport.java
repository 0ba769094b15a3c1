package org.gfnplan.cli.render.ci;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gfnplan.cli.render.HostPlanText;
import org.gfnplan.cli.render.PlanText;
import org.gfnplan.cli.render.PlanWords;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Answers as JUnit XML, the form of Surefire that Jenkins and GitLab read: a suite for each guest
 * with a test for its layout and one for each finding from warnings on. A conflict is a failure,
 * what nobody knows and what cannot be used is an error. A finding fails when it makes the process
 * end with 1, and else is a skipped test, which is seen and fails nothing. No text has a newline at
 * its end.
 */
public final class JunitReport {
  private final CiRun run;
  private final List<Suite> suites = new ArrayList<>();

  private JunitReport(CiRun run) {
    this.run = run;
  }

  /** The report of a plan; {@code text} is what the text form says about it. */
  public static String of(CiRun run, Plan plan, String text) {
    JunitReport report = new JunitReport(run);
    report.add(plan, text);
    return report.text();
  }

  /** The report of several guests: a suite for what they share, and one for each guest. */
  public static String of(CiRun run, HostPlan plan) {
    JunitReport report = new JunitReport(run);
    String host = plan.host().name();
    Suite suite = report.suite("host `%s`".formatted(host), host, null);
    suite.add("guests fit together", outcome(plan.together(), PlanWords.headline(plan), plan));
    report.addFindings(suite, plan.findings());
    plan.plans().forEach(each -> report.add(each, PlanText.of(each)));
    return report.text();
  }

  /** The report of a run whose inputs cannot be used. */
  public static String unusable(CiRun run, List<InputProblem> problems) {
    JunitReport report = new JunitReport(run);
    Suite suite = report.suite("inputs", "inputs", null);
    for (InputProblem problem : problems) {
      suite.add(
          problem.origin().shortForm() + " can be used",
          new Outcome("error", "unusable", problem.message(), PlanText.of(List.of(problem))));
    }
    return report.text();
  }

  private void add(Plan plan, String text) {
    Guest guest = plan.scene().guest();
    Suite suite =
        suite(
            "guest `%s` on host `%s`".formatted(guest.name(), plan.scene().host().name()),
            guest.name(),
            guest.document().document());
    suite.add(
        "has a layout on " + plan.platform(),
        outcome(plan.verdict(), PlanWords.headline(plan), text));
    addFindings(suite, plan.findings());
  }

  private static @Nullable Outcome outcome(Verdict verdict, String headline, HostPlan plan) {
    return outcome(verdict, headline, HostPlanText.of(plan));
  }

  /** What is not as it should be; null when all is. */
  private static @Nullable Outcome outcome(Verdict verdict, String headline, String text) {
    return switch (verdict) {
      case LAYOUT -> null;
      case CONFLICT -> new Outcome("failure", verdict.word(), headline, text);
      case UNDECIDED -> new Outcome("error", verdict.word(), headline, text);
    };
  }

  private void addFindings(Suite suite, List<Finding> findings) {
    for (Finding finding : findings) {
      boolean fails = run.failOn() != null && finding.severity().compareTo(run.failOn()) >= 0;
      if (fails || finding.severity() != Severity.NOTE) {
        String where = finding.origin().shortForm();
        suite.add(
            "%s: %s".formatted(finding.id(), where),
            new Outcome(
                fails ? "failure" : "skipped",
                finding.severity().word(),
                finding.message(),
                "%s: %s".formatted(where, finding.message())));
      }
    }
  }

  private Suite suite(String name, String subject, @Nullable String file) {
    Suite suite = new Suite(name, subject, file, new ArrayList<>(), new HashMap<>());
    suites.add(suite);
    return suite;
  }

  private String text() {
    Markup out = new Markup();
    List<Case> all = suites.stream().flatMap(suite -> suite.cases().stream()).toList();
    out.open("testsuites", attributes("gfnplan", all));
    for (Suite suite : suites) {
      out.lines("\n  ").open("testsuite", attributes(suite.name(), suite.cases()));
      suite.cases().forEach(each -> write(out, suite, each));
      out.lines("\n  ").close();
    }
    out.lines("\n").close();
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out;
  }

  private static void write(Markup out, Suite suite, Case each) {
    List<String> attributes =
        new ArrayList<>(List.of("name", each.name(), "classname", suite.subject()));
    if (suite.file() != null) {
      attributes.addAll(List.of("file", suite.file()));
    }
    out.lines("\n    ");
    Outcome outcome = each.outcome();
    if (outcome == null) {
      out.empty("testcase", attributes.toArray(String[]::new));
      return;
    }
    out.open("testcase", attributes.toArray(String[]::new)).lines("\n      ");
    if (outcome.kind().equals("skipped")) {
      out.empty("skipped", "message", outcome.message());
    } else {
      out.open(outcome.kind(), "message", outcome.message(), "type", outcome.type())
          .lines(outcome.text())
          .close();
    }
    out.lines("\n    ").close();
  }

  private static String[] attributes(String name, List<Case> cases) {
    return Stream.of(
            "name",
            name,
            "tests",
            Integer.toString(cases.size()),
            "failures",
            count(cases, "failure"),
            "errors",
            count(cases, "error"),
            "skipped",
            count(cases, "skipped"))
        .toArray(String[]::new);
  }

  private static String count(List<Case> cases, String kind) {
    return Long.toString(
        cases.stream()
            .filter(each -> each.outcome() != null && each.outcome().kind().equals(kind))
            .count());
  }

  /**
   * What is not as it should be.
   *
   * @param kind the element: {@code failure}, {@code error} or {@code skipped}
   * @param type what kind of failure
   * @param message one line
   * @param text all of it
   */
  private record Outcome(String kind, String type, String message, String text) {}

  /**
   * A test.
   *
   * @param name what should be so, once in its suite
   * @param outcome what is not; null when all is well
   */
  private record Case(String name, @Nullable Outcome outcome) {}

  /**
   * The tests about one guest, or about the host.
   *
   * @param name the guest and its host
   * @param subject the guest or the host
   * @param file the guest's file, or null
   * @param cases the tests
   * @param names how often each name was asked for
   */
  private record Suite(
      String name,
      String subject,
      @Nullable String file,
      List<Case> cases,
      Map<String, Integer> names) {
    /* Readers take tests of one name for one test, run twice. */
    void add(String name, @Nullable Outcome outcome) {
      int count = names.merge(name, 1, Integer::sum);
      cases.add(new Case(count == 1 ? name : "%s (%d)".formatted(name, count), outcome));
    }
  }
}
