package org.gfnplan.cli.render.map;

import java.util.List;
import java.util.stream.IntStream;
import org.gfnplan.cli.render.markup.Markup;

/** The address map of a plan, drawn: panels on one scale, so that the same address is level. */
public final class MapSvg {
  private static final int BETWEEN = 24;

  private final List<PanelSvg> drawings;

  /**
   * A drawing of these panels.
   *
   * @param id what the names of its parts start with; no other drawing on the page has it
   */
  public MapSvg(List<Panel> panels, String id) {
    Scale scale = new Scale(panels);
    drawings =
        IntStream.range(0, panels.size())
            .mapToObj(i -> new PanelSvg(panels.get(i), scale, id + (char) ('a' + i)))
            .toList();
  }

  /** How wide all panels are beside each other. */
  int width() {
    int gaps = BETWEEN * Math.max(0, drawings.size() - 1);
    return gaps + drawings.stream().mapToInt(PanelSvg::width).sum();
  }

  /** How high the highest panel is. */
  int height() {
    return drawings.stream().mapToInt(PanelSvg::height).max().orElse(0);
  }

  /** Draws one panel as an element of a page. */
  public void inline(Markup out, int panel, String label) {
    PanelSvg drawing = drawings.get(panel);
    out.open(
        "svg",
        "class",
        "map",
        "role",
        "group",
        "aria-label",
        label,
        "viewBox",
        "0 0 %d %d".formatted(drawing.width(), drawing.height()),
        "width",
        Integer.toString(drawing.width()),
        "height",
        Integer.toString(drawing.height()));
    drawing.draw(out);
    out.close();
  }

  /** Draws all panels beside each other into a picture that is open. */
  void draw(Markup out, int left, int top) {
    int x = left;
    for (PanelSvg drawing : drawings) {
      out.open("g", "transform", "translate(%d,%d)".formatted(x, top));
      drawing.draw(out);
      out.close();
      x += drawing.width() + BETWEEN;
    }
  }
}
