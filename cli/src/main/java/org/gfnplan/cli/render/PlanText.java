package org.gfnplan.cli.render;

import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.pmem.PmemMapping;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.models.report.VirtualNode;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Undecided;
import org.gfnplan.solver.space.Gfn;

/** A plan as text: a headline, the map or the conflict, and what to do. */
public final class PlanText {
  /** Of persistent memory; a file on an aged file system has thousands. */
  private static final int MOST_RUNS = 16;

  private static final long MIB = 1 << 20;
  private static final long ROUNDED_FROM = 64 * MIB;

  private final Plan plan;
  private final WrappedText out = new WrappedText();

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
    line("layout: " + PlanWords.headline(plan));
    line("");
    map(realised.map());
    nodes();
    pmem();
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
    int addressWidth =
        width(entries.stream().mapToLong(entry -> entry.range().end()).max().orElse(0));
    int sizeWidth = entries.stream().mapToInt(entry -> size(entry).length()).max().orElse(0);
    for (MapEntry entry : entries) {
      out.asIs(
          "  %s..%s  %s  %s"
              .formatted(
                  hex(entry.range().start(), addressWidth),
                  hex(entry.range().end(), addressWidth),
                  " ".repeat(sizeWidth - size(entry).length()) + size(entry),
                  entry.name()));
    }
  }

  private void nodes() {
    List<VirtualNode> nodes = plan.nodes();
    if (!nodes.isEmpty()) {
      line("");
      line("virtual NUMA nodes:");
    }
    for (VirtualNode node : nodes) {
      String words =
          node.ranges().stream()
              .map(range -> Sizes.range(range.startByte(), range.endByte()))
              .collect(Collectors.joining(", "));
      line(
          "  node %d%s: %s"
              .formatted(
                  node.number(),
                  node.physicalNode() == null ? "" : " on host node " + node.physicalNode(),
                  words.isEmpty() ? "no RAM" : words));
    }
  }

  private void pmem() {
    for (PmemMapping mapping : plan.pmem()) {
      line("");
      line("`%s` on %s:".formatted(mapping.window(), mapping.backing().label()));
      List<PmemMapping.Run> runs = mapping.runs();
      for (PmemMapping.Run run : runs.subList(0, Math.min(runs.size(), MOST_RUNS))) {
        line(
            "  %s..%s is host memory at %s, in pages up to %s"
                .formatted(
                    Sizes.address(Gfn.toBytes(run.gfns().start())),
                    Sizes.address(Gfn.toBytes(run.gfns().end())),
                    Sizes.address(Gfn.toBytes(run.mfn())),
                    Sizes.size(Gfn.toBytes(run.largestPage()))));
      }
      if (runs.size() > MOST_RUNS) {
        line(
            "  and %d more runs, which `gfnplan export --to p2m` lists"
                .formatted(runs.size() - MOST_RUNS));
      }
      if (runs.isEmpty()) {
        line("  where its contents lie in host memory is not known");
      }
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
    line("error: " + PlanWords.headline(plan));
    line("");
    ConflictText.of(conflict, StepWords::sentence).forEach(this::line);
    line("");
    line("today: " + plan.today().summary());
    for (Repair repair : plan.repairs()) {
      help(repair);
    }
    if (plan.repairs().isEmpty()) {
      line("note: no change to the guest's own settings that was tried has a layout");
    }
    String inTheWay = PlanWords.inTheWay(plan);
    if (inTheWay != null) {
      line("note: " + inTheWay);
    }
    if (!plan.repairs().isEmpty() && plan.repairs().get(0).changes().size() > 1) {
      line("note: one change is not enough: `gfnplan explain --all` shows every conflict");
    }
    if (plan.repairs().stream().anyMatch(repair -> repair.diff() != null)) {
      line("note: each `help` is a way of its own; `patch -p0` applies its lines");
    }
    line("note: checked again by other code; each statement is needed");
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
    DiffLines.of(repair).forEach(out::asIs);
  }

  private void findings() {
    plan.findings().forEach(finding -> line(words(finding)));
  }

  /** A finding on one line. */
  static String words(Finding finding) {
    return "%s: %s [%s] %s"
        .formatted(
            finding.severity().word(),
            finding.message(),
            finding.id(),
            finding.origin().shortForm());
  }

  private void line(String text) {
    out.line(text);
  }

  /* Names and lines of the input are shown, and must not steer the terminal. */
  static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
