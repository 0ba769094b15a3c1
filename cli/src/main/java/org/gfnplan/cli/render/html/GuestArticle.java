package org.gfnplan.cli.render.html;

import java.util.List;
import org.gfnplan.cli.render.PlanWords;
import org.gfnplan.cli.render.map.MapSvg;
import org.gfnplan.cli.render.map.Panel;
import org.gfnplan.cli.render.map.Panels;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.pmem.PmemMapping;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.StepWords;
import org.gfnplan.solver.answer.Conflict;

/** The part of a page that tells a guest's plan: how it ended, the map, why, what helps, tables. */
final class GuestArticle {
  private final Plan plan;
  private final Markup out;
  private final String heading;
  private final String part;
  private final String id;

  /**
   * A part of a page.
   *
   * @param heading the element of its headline, {@code h1}
   * @param part the element of the headlines in it
   * @param id what names in it start with; no other part has it
   */
  GuestArticle(Plan plan, Markup out, String heading, String part, String id) {
    this.plan = plan;
    this.out = out;
    this.heading = heading;
    this.part = part;
    this.id = id;
  }

  void write() {
    List<Panel> panels = Panels.of(plan);
    Realised realised = plan.realised();
    out.open("article", "class", "guest " + plan.verdict().word());
    out.open("header").leaf("span", plan.verdict().word(), "class", "verdict");
    out.sentence(heading, PlanWords.headline(plan));
    out.sentence(
        "p",
        "platform `%s`, decided by `%s`".formatted(plan.platform(), plan.engine()),
        "class",
        "quiet");
    out.close();
    if (realised != null) {
      settings(realised);
    } else if (plan.answer() instanceof Conflict conflict) {
      Statements statements = new Statements(conflict, StepWords::sentence);
      statements.callout(out);
      help();
      map(panels);
      statements.list(out, part);
      repairs();
    } else {
      out.sentence("p", "This is no conflict; `--steps` and `--time` say how much may be tried.");
    }
    if (!(plan.answer() instanceof Conflict)) {
      map(panels);
    }
    tables(panels);
    out.close();
  }

  private void settings(Realised realised) {
    if (realised.settings().where().isEmpty()) {
      return;
    }
    Settings wanted = realised.settings().without(plan.present());
    out.open("div", "class", "callout fix");
    if (wanted.isEmpty()) {
      out.leaf("p", "Nothing has to be changed.");
    } else {
      out.sentence("p", "Settings for `%s`:".formatted(wanted.where()));
      wanted.lines().forEach(line -> out.leaf("pre", line));
    }
    out.open("p").text(wanted.isEmpty() ? "Today: " : "Without them: ");
    out.words(plan.today().summary()).close().close();
  }

  private void help() {
    out.open("div", "class", "callout fix");
    out.open("p").text("Today: ").words(plan.today().summary()).close();
    if (plan.repairs().isEmpty()) {
      out.leaf("p", "No change to the guest's own settings that was tried has a layout.");
    } else {
      out.open("p").open("strong").text("It fits with ");
      out.words(RepairWords.title(plan, plan.repairs().get(0))).close();
      out.text(": planned again, checked and replayed.").close();
    }
    out.close();
  }

  private void map(List<Panel> panels) {
    if (panels.isEmpty()) {
      return;
    }
    MapSvg svg = new MapSvg(panels, id);
    out.leaf(part, "Address map");
    out.open("figure").open("div", "class", "zoom", "hidden", "hidden");
    button("−", "-1", "smaller");
    out.leaf("output", "100 %");
    button("+", "1", "larger");
    button("1:1", "0", "as it was");
    out.close().open("div", "class", "maps");
    for (int i = 0; i < panels.size(); i++) {
      String title = panels.get(i).title();
      out.open(
          "div",
          "class",
          "scroll",
          "tabindex",
          "0",
          "role",
          "region",
          "aria-label",
          "map: " + title);
      svg.inline(out, i, title);
      out.close();
    }
    if (panels.size() == 1) {
      out.open("div", "class", "beside");
      Tables.panel(out, panels.get(0));
      out.close();
    }
    out.close();
    out.leaf(
        "figcaption",
        "Low addresses are at the top, and heights grow with the logarithm of sizes."
            + (panels.size() == 1
                ? " The table says the same in words."
                : " The same address is at the same height in both maps; the tables below say the"
                    + " same in words."),
        "class",
        "quiet");
    out.close();
  }

  private void button(String words, String step, String meaning) {
    out.leaf("button", words, "type", "button", "data-step", step, "aria-label", meaning);
  }

  private void repairs() {
    if (!plan.repairs().isEmpty()) {
      out.leaf(part, "What would help");
      Tables.repairs(out, plan);
    }
    String inTheWay = PlanWords.inTheWay(plan);
    if (inTheWay != null) {
      out.sentence("p", inTheWay);
    }
  }

  private void tables(List<Panel> panels) {
    Tables.findings(out, plan.findings(), part);
    for (Panel panel : panels.size() == 1 ? List.<Panel>of() : panels) {
      out.leaf(part, "Regions, " + panel.title());
      Tables.panel(out, panel);
    }
    if (!plan.nodes().isEmpty()) {
      out.leaf(part, "Virtual NUMA nodes");
      Tables.nodes(out, plan.nodes());
    }
    for (PmemMapping mapping : plan.pmem()) {
      out.sentence(part, "`%s` on %s".formatted(mapping.window(), mapping.backing().label()));
      Tables.pmem(out, mapping);
    }
    Realised realised = plan.realised();
    if (realised != null && !realised.e820().isEmpty()) {
      out.open("details").leaf("summary", "e820 as the toolstack hands it over");
      Tables.e820(out, realised.e820());
      out.close();
    }
    if (!plan.today().messages().isEmpty()) {
      out.open("details", "open", "open").leaf("summary", "What the programs log today");
      plan.today().messages().forEach(message -> out.leaf("pre", message));
      out.close();
    }
  }
}
