package org.gfnplan.cli.render.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** Draws a panel: addresses, a column for each lane, and names beside them. */
final class PanelSvg {
  private static final int LANE = 36;
  private static final int HEAD = 54;
  private static final int FOOT = 12;
  private static final int INSET = 9;
  private static final int SWATCH = 16;
  private static final Comparator<Box> OUTER_FIRST =
      Comparator.comparingLong((Box box) -> box.range().start())
          .thenComparing(box -> box.range().end(), Comparator.reverseOrder())
          .thenComparing(Box::lane)
          .thenComparing(Box::name);

  private final Panel panel;
  private final Scale scale;
  private final String id;
  private final List<Box> boxes;
  private final List<Lane> lanes;
  private final int axis;

  /**
   * A drawing.
   *
   * @param id what the names of its parts start with; no other drawing on the page has it
   */
  PanelSvg(Panel panel, Scale scale, String id) {
    this.panel = panel;
    this.scale = scale;
    this.id = id;
    this.boxes = panel.boxes().stream().sorted(OUTER_FIRST).toList();
    this.lanes = panel.boxes().stream().map(Box::lane).distinct().sorted().toList();
    this.axis =
        24
            + addresses().stream()
                .mapToInt(at -> Label.width(Sizes.address(Gfn.toBytes(at))))
                .max()
                .orElse(0);
  }

  int width() {
    int widest = 200;
    for (Box box : boxes) {
      widest = Math.max(widest, SWATCH + Label.width(name(box) + " " + size(box.range())) + 8);
    }
    for (Mark mark : panel.marks()) {
      for (String line : mark.lines()) {
        widest = Math.max(widest, SWATCH + Label.width(Label.fit(line, Label.MOST)));
      }
    }
    return labels() + widest + 8;
  }

  int height() {
    return HEAD + scale.height() + FOOT;
  }

  void draw(Markup out) {
    hatches(out);
    heads(out);
    lines(out);
    gaps(out);
    Map<Lane, List<Box>> before = new HashMap<>();
    for (Box box : boxes) {
      List<Box> outer = before.computeIfAbsent(box.lane(), lane -> new ArrayList<>());
      int depth = (int) outer.stream().filter(o -> o.range().overlaps(box.range())).count();
      outer.add(box);
      box(out, box, Math.min(depth, 3) * INSET);
    }
    panel.marks().forEach(mark -> mark(out, mark));
    names(out);
  }

  private void hatches(Markup out) {
    out.open("defs");
    for (Mark.Tone tone : List.of(Mark.Tone.CLASH, Mark.Tone.DIFFER)) {
      String name = id + "-" + tone.style();
      out.open(
          "pattern", pairs("id", name, "patternUnits", "userSpaceOnUse", "width", 7, "height", 7));
      out.empty("path", "d", "M-1,8 L8,-1 M-1,1 L1,-1 M6,8 L8,6", "class", "hatch " + tone.style());
      out.close();
    }
    out.close();
  }

  private void heads(Markup out) {
    out.leaf(
        "text",
        Label.fit(panel.title(), (width() - 12) / 8),
        pairs("x", 6, "y", 18, "class", "title"));
    out.open("g", "aria-hidden", "true");
    for (Lane lane : lanes) {
      out.leaf("text", lane.head(), pairs("x", x(lane) + (LANE - 4) / 2, "y", 44, "class", "head"));
    }
    out.close();
  }

  private void lines(Markup out) {
    out.open("g", "aria-hidden", "true");
    for (long line : addresses()) {
      int y = y(line);
      out.empty(
          "line", pairs("x1", axis - 6, "y1", y, "x2", width() - 4, "y2", y, "class", "rule"));
      out.leaf(
          "text",
          Sizes.address(Gfn.toBytes(line)),
          pairs("x", axis - 12, "y", y + 3, "class", "address"));
    }
    out.close();
  }

  /** Where something of this panel starts or ends. */
  private Set<Long> addresses() {
    Set<Long> at = new TreeSet<>();
    for (Box box : boxes) {
      at.add(box.range().start());
      at.add(box.range().end());
    }
    for (Mark mark : panel.marks()) {
      at.add(mark.range().start());
      at.add(mark.range().end());
    }
    return at;
  }

  private void gaps(Markup out) {
    out.open("g", "aria-hidden", "true");
    for (GfnRange gap : scale.gaps()) {
      int y = (y(gap.start()) + y(gap.end())) / 2 + 3;
      out.leaf("text", "⋮", pairs("x", labels() + 4, "y", y, "class", "quiet"));
      out.leaf("text", size(gap), pairs("x", labels() + SWATCH, "y", y, "class", "quiet"));
    }
    out.close();
  }

  private void box(Markup out, Box box, int inset) {
    String style = "box " + box.lane().style() + (box.blamed() ? " blamed" : "");
    target(out, style, box.words());
    int y = y(box.range().start());
    out.empty(
        "rect",
        pairs(
            "x",
            x(box.lane()) + inset,
            "y",
            y + 1,
            "width",
            LANE - 4 - inset,
            "height",
            y(box.range().end()) - y - 2,
            "rx",
            3));
    out.close();
  }

  /** A band over the lanes that lets what is under it be pointed at, and a handle beside it. */
  private void mark(Markup out, Mark mark) {
    target(out, "mark " + mark.tone().style(), mark.words());
    int y = y(mark.range().start());
    int height = y(mark.range().end()) - y;
    long before = lanes.stream().filter(lane -> lane.compareTo(mark.first()) < 0).count();
    int x = axis + (int) before * LANE - 3;
    if (mark.tone() != Mark.Tone.GAP) {
      out.empty(
          "rect",
          pairs(
              "x",
              x,
              "y",
              y,
              "width",
              labels() - 3 - x,
              "height",
              height,
              "fill",
              "url(#" + id + "-" + mark.tone().style() + ")",
              "class",
              "veil"));
    }
    out.empty(
        "rect",
        pairs("x", x, "y", y, "width", labels() - 3 - x, "height", height, "class", "band"));
    out.empty("rect", pairs("x", x - 6, "y", y, "width", 6, "height", height, "class", "handle"));
    out.close();
  }

  /** What can be pointed at and focused, and says in words what it is. */
  private static void target(Markup out, String style, String words) {
    out.open("g", "class", style, "role", "img", "tabindex", "0", "aria-label", words);
    out.leaf("title", words);
  }

  /** Names beside the row they start in, marks first; the scale has made room for all of them. */
  private void names(Markup out) {
    Map<Long, Integer> used = new HashMap<>();
    out.open("g", "aria-hidden", "true");
    for (Mark mark : panel.marks()) {
      for (String line : mark.lines()) {
        String style = line.equals(mark.lines().get(0)) ? "loud" : "warn";
        out.leaf(
            "text",
            Label.fit(line, Label.MOST),
            pairs(
                "x", labels() + SWATCH,
                "y", next(used, mark.range().start()),
                "class", style + " " + mark.tone().style()));
      }
    }
    for (Box box : boxes) {
      int y = next(used, box.range().start());
      out.empty(
          "rect",
          pairs(
              "x",
              labels() + 1,
              "y",
              y - 8,
              "width",
              9,
              "height",
              9,
              "rx",
              2,
              "class",
              "swatch " + box.lane().style()));
      out.open("text", pairs("x", labels() + SWATCH, "y", y, "class", "name"));
      out.leaf("tspan", name(box)).text(" ").leaf("tspan", size(box.range()), "class", "quiet");
      out.close();
    }
    out.close();
  }

  private int next(Map<Long, Integer> used, long start) {
    int line = used.merge(start, 1, Integer::sum);
    return y(start) + Scale.LINE * line - 1;
  }

  private static String name(Box box) {
    return Label.fit(box.plainName(), Label.MOST - 10);
  }

  /** Rounded when it is large: the exact one is in the words of the box. */
  private static String size(GfnRange range) {
    long bytes = Gfn.toBytes(range.length());
    String exact = Sizes.size(bytes);
    if (exact.length() <= 8) {
      return exact;
    }
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    long tenths = Math.round(bytes * 10.0 / (1L << (10 * unit)));
    return "%d.%d %s".formatted(tenths / 10, tenths % 10, units[unit]);
  }

  private int x(Lane lane) {
    return axis + lanes.indexOf(lane) * LANE;
  }

  private int labels() {
    return axis + lanes.size() * LANE + 4;
  }

  private int y(long gfn) {
    return HEAD + scale.y(gfn);
  }

  private static String[] pairs(Object... pairs) {
    String[] words = new String[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      words[i] = pairs[i].toString();
    }
    return words;
  }
}
