package org.gfnplan.cli.render.html;

import java.util.stream.Stream;
import org.gfnplan.cli.render.PlanWords;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostRepair;
import org.gfnplan.models.report.HostStepWords;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.answer.Conflict;

/** A plan as an HTML page that can be sent to others: one file, which asks no network. */
public final class HtmlReport {
  private HtmlReport() {}

  /** The page of a guest's plan. */
  public static String of(Plan plan) {
    Markup out = new Markup();
    out.open("main");
    new GuestArticle(plan, out, "h1", "h2", "m").write();
    footer(out);
    return Page.of(PlanWords.headline(plan), out.close().toString());
  }

  /** The page of several guests' plans: whether they fit together, then each. */
  public static String of(HostPlan plan) {
    Markup out = new Markup();
    out.open("main");
    out.open("section", "class", "host " + plan.verdict().word());
    out.leaf("span", plan.verdict().word(), "class", "verdict");
    out.sentence("h1", PlanWords.headline(plan));
    if (plan.answer() instanceof Conflict conflict) {
      Statements statements =
          new Statements(conflict, step -> HostStepWords.sentence(step, plan.model()));
      statements.callout(out);
      statements.list(out, "h2");
      out.leaf("h2", "What would help");
      if (plan.repairs().isEmpty()) {
        out.leaf("p", "No change to the guests that was tried makes all of them fit.");
      } else {
        repairs(out, plan);
      }
    }
    Tables.findings(out, plan.findings(), "h2");
    out.close();
    for (int i = 0; i < plan.plans().size(); i++) {
      new GuestArticle(plan.plans().get(i), out, "h2", "h3", "m" + (i + 1)).write();
    }
    footer(out);
    return Page.of(PlanWords.headline(plan), out.close().toString());
  }

  private static void repairs(Markup out, HostPlan plan) {
    Tables.open(out, "What", "Guests after it", "Gives up");
    for (HostRepair repair : plan.repairs()) {
      out.open("tr").sentence("td", plan.title(repair)).open("td");
      for (HostPlan.Part part : plan.parts(repair)) {
        out.open("p").leaf("code", part.repair().guest().name());
        out.text(": " + Tables.ram(part.repair().realised()));
        for (String more : RepairWords.furtherSettings(part.plan(), part.repair())) {
          out.text("; ").leaf("code", more);
        }
        out.close();
      }
      out.close().open("td");
      repair.changes().stream()
          .flatMap(change -> Stream.ofNullable(change.givesUp()))
          .distinct()
          .forEach(lost -> out.sentence("p", lost, "class", "lost"));
      out.close().close();
    }
    Tables.close(out);
  }

  private static void footer(Markup out) {
    out.leaf(
        "footer",
        "Addresses are byte addresses in hex, and ranges are half open: %s. Made by gfnplan; every layout"
                .formatted(Sizes.range(0x1000, 0x2000))
            + " here was checked, and replayed through what the programs do with its settings.",
        "class",
        "quiet");
  }
}
