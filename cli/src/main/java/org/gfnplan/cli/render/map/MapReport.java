package org.gfnplan.cli.render.map;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.cli.render.PlanWords;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.cli.render.markup.Resource;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.Plan;

/** The address map of a plan as a picture of its own; those of several guests follow each other. */
public final class MapReport {
  private static final int MARGIN = 12;
  private static final int LEAST_WIDTH = 480;
  private static final int LINE = 22;

  private final String title;
  private final List<String> headlines = new ArrayList<>();
  private final List<MapSvg> maps = new ArrayList<>();

  private MapReport(String title, List<Plan> plans) {
    this.title = title.replace("`", "");
    for (Plan plan : plans) {
      String headline = "%s: %s".formatted(plan.verdict().word(), PlanWords.headline(plan));
      headlines.add(headline.replace("`", ""));
      maps.add(new MapSvg(Panels.of(plan), "m" + (maps.size() + 1)));
    }
  }

  /** The picture of a guest's plan. */
  public static String of(Plan plan) {
    return new MapReport(PlanWords.headline(plan), List.of(plan)).picture();
  }

  /** The picture of several guests' plans. */
  public static String of(HostPlan plan) {
    return new MapReport(PlanWords.headline(plan), plan.plans()).picture();
  }

  private String picture() {
    int inner = Math.max(LEAST_WIDTH, maps.stream().mapToInt(MapSvg::width).max().orElse(0));
    int characters = inner / 9;
    int height = 2 * MARGIN;
    for (int i = 0; i < maps.size(); i++) {
      height += LINE * Label.wrap(headlines.get(i), characters).size() + maps.get(i).height();
    }
    int width = inner + 2 * MARGIN;
    Markup out = new Markup();
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "map",
        "role",
        "group",
        "viewBox",
        "0 0 %d %d".formatted(width, height),
        "width",
        Integer.toString(width),
        "height",
        Integer.toString(height));
    out.leaf("title", title).leaf("style", Resource.text("map.css"));
    out.empty("rect", "class", "paper", "width", "100%", "height", "100%");
    int y = MARGIN;
    for (int i = 0; i < maps.size(); i++) {
      for (String line : Label.wrap(headlines.get(i), characters)) {
        y += LINE;
        out.leaf("text", line, "x", "18", "y", Integer.toString(y - 6), "class", "headline");
      }
      maps.get(i).draw(out, MARGIN, y);
      y += maps.get(i).height();
    }
    return out.close() + "\n";
  }
}
