package org.gfnplan.cli.render;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.models.report.Verdict;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.answer.Undecided;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;

/** A plan as text: a headline, the map or the conflict, and what to do. */
public final class PlanText {
  private static final long MIB = 1 << 20;
  private static final long ROUNDED_FROM = 64 * MIB;

  private final Plan plan;
  private final StringBuilder out = new StringBuilder();

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  /** The text, with a newline at the end. */
  public static String of(Plan plan) {
    PlanText text = new PlanText(plan);
    Realised realised = plan.realised();
    if (realised != null) {
      text.layout(realised);
    } else if (plan.answer() instanceof Conflict conflict) {
      text.conflict(conflict);
    } else if (plan.answer() instanceof Undecided undecided) {
      text.line("undecided: " + undecided.reason());
      text.line("note: this is no conflict; `--steps` and `--time` say how much may be tried");
    }
    text.findings();
    return text.out.toString();
  }

  /** Why inputs cannot be used, one line each, with a newline at the end. */
  public static String of(List<InputProblem> problems) {
    return problems.stream()
        .map(
            problem -> "error: %s: %s\n".formatted(problem.origin().shortForm(), problem.message()))
        .collect(Collectors.joining());
  }

  private void layout(Realised realised) {
    Settings wanted = realised.settings().without(plan.present());
    boolean hasTool = !realised.settings().where().isEmpty();
    String how =
        !hasTool
            ? "where no tool sets limits"
            : realised.settings().isEmpty()
                ? "with the defaults"
                : wanted.isEmpty() ? "with the settings it has" : "with these settings";
    line(
        "layout: guest `%s` fits on host `%s` %s"
            .formatted(plan.scene().guest().name(), plan.scene().host().name(), how));
    line("");
    map(realised.map());
    if (!hasTool) {
      return;
    }
    line("");
    if (wanted.isEmpty()) {
      line("settings: nothing to change");
    } else {
      line("settings (%s):".formatted(wanted.where()));
      wanted.lines().forEach(setting -> line("  " + setting));
    }
    line("");
    line((wanted.isEmpty() ? "today: " : "without them: ") + plan.today().summary());
  }

  private void map(List<MapEntry> entries) {
    int addressWidth = width(entries.get(entries.size() - 1).range().end());
    int sizeWidth = entries.stream().mapToInt(entry -> size(entry).length()).max().orElse(0);
    for (MapEntry entry : entries) {
      line(
          "  %s..%s  %s  %s"
              .formatted(
                  hex(entry.range().start(), addressWidth),
                  hex(entry.range().end(), addressWidth),
                  " ".repeat(sizeWidth - size(entry).length()) + size(entry),
                  entry.name()));
    }
  }

  /** Exact, but for large odd sizes: the addresses beside it are exact anyway. */
  private static String size(MapEntry entry) {
    long bytes = Gfn.toBytes(entry.range().length());
    return bytes % MIB == 0 || bytes < ROUNDED_FROM
        ? Sizes.size(bytes)
        : "%d MiB".formatted(Math.round((double) bytes / MIB));
  }

  private static int width(long gfn) {
    return Long.toHexString(Gfn.toBytes(gfn)).length();
  }

  private static String hex(long gfn, int width) {
    return ("0x%0" + width + "x").formatted(Gfn.toBytes(gfn));
  }

  private void conflict(Conflict conflict) {
    Guest guest = plan.scene().guest();
    line(
        "error: guest `%s` has no gfn layout on host `%s`"
            .formatted(guest.name(), plan.scene().host().name()));
    line("");
    List<Statement> members = conflict.statements();
    line(
        members.size() == 1
            ? "  this cannot hold:"
            : "  these %d statements cannot hold together:".formatted(members.size()));
    for (int i = 0; i < members.size(); i++) {
      Statement statement = members.get(i);
      line("    %d. %s".formatted(i + 1, statement.text()));
      line("       %s %s".formatted(statement.id(), place(statement.origin())));
    }
    line("");
    boolean first = true;
    for (Step step : conflict.steps()) {
      line(
          "  %sbecause of %s, %s"
              .formatted(first ? "" : "and ", numbers(step, members), StepWords.sentence(step)));
      first = false;
    }
    line("");
    line("today: " + plan.today().summary());
    for (Repair repair : plan.repairs()) {
      help(repair);
    }
    if (plan.repairs().isEmpty()) {
      line("note: no change to the guest's own settings that was tried has a layout");
    }
    comparison();
    line("note: checked by ConflictChecker; each statement was needed");
  }

  /** Whether the tool or the address space is in the way, unless the user's own settings are. */
  private void comparison() {
    Verdict ideally = plan.ideally();
    boolean settingsHelp =
        plan.repairs().stream()
            .anyMatch(
                repair ->
                    repair.changes().stream().allMatch(change -> change.cost() <= Change.SETTING));
    if (ideally == Verdict.CONFLICT) {
      line("note: `--platform ideal` has none either: the address space is in the way");
    } else if (ideally == Verdict.LAYOUT && !settingsHelp) {
      line(
          "note: `--platform ideal` has a layout: what %s can express is in the way, not the"
                  .formatted(plan.platform())
              + " address space");
    }
  }

  private static String place(Origin origin) {
    return origin.text().isEmpty()
        ? origin.shortForm()
        : "%s: %s".formatted(origin.shortForm(), origin.text());
  }

  private static String numbers(Step step, List<Statement> members) {
    List<String> numbers =
        step.because().stream().map(why -> Integer.toString(members.indexOf(why) + 1)).toList();
    if (numbers.size() < 2) {
      return String.join("", numbers);
    }
    int last = numbers.size() - 1;
    return String.join(", ", numbers.subList(0, last)) + " and " + numbers.get(last);
  }

  private void help(Repair repair) {
    Realised realised = repair.realised();
    StringBuilder text =
        new StringBuilder("help: fits with ")
            .append(RepairWords.title(plan, repair))
            .append(": low RAM ends at ")
            .append(Sizes.address(realised.lowmemEnd()));
    if (realised.highmemEnd() != 0) {
      text.append(", high RAM at ").append(Sizes.address(realised.highmemEnd()));
    }
    line(text.toString());
    List<String> further = RepairWords.furtherSettings(plan, repair);
    if (!further.isEmpty()) {
      line("      together with: " + String.join("; ", further));
    }
    for (Change change : repair.changes()) {
      String lost = change.givesUp();
      if (lost != null) {
        line("      gives up: " + lost);
      }
    }
  }

  private void findings() {
    for (Finding finding : plan.findings()) {
      line(
          "%s: %s [%s] %s"
              .formatted(
                  finding.severity().word(),
                  finding.message(),
                  finding.id(),
                  finding.origin().shortForm()));
    }
  }

  /* Names and lines of the input are shown, and must not steer the terminal. */
  private void line(String text) {
    out.append(text.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }
}
