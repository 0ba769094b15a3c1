package org.gfnplan.benchmarks.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How does the time of a query grow with the number of extents? Draws one SVG for each question and
 * space that was measured at three sizes or more; both axes are logarithmic.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.gfnplan.benchmarks.index.IndexPlot \
 *     benchmarks/plots results.json</pre>
 */
public final class IndexPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 590;
  private static final int TOP = 40;
  private static final int BOTTOM = 370;

  /** Readable on white and on black, and apart for those who see few colours. */
  private static final List<String> COLORS =
      List.of(
          "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#7f7f7f", "#8c564b",
          "#9467bd", "#17a2a2");

  private final StringBuilder svg = new StringBuilder();
  private final List<Measured> measured;
  private final int fromPower;
  private final int toPower;
  private final int fromTime;
  private final int toTime;

  private IndexPlot(List<Measured> measured) {
    this.measured = measured;
    fromPower = (int) Math.floor(log(measured.stream().mapToInt(Measured::size).min().orElse(1)));
    toPower = (int) Math.ceil(log(measured.stream().mapToInt(Measured::size).max().orElse(10)));
    fromTime =
        (int) Math.floor(log(measured.stream().mapToDouble(Measured::nanos).min().orElse(1)));
    toTime = (int) Math.ceil(log(measured.stream().mapToDouble(Measured::nanos).max().orElse(10)));
  }

  /** Writes into the folder named first what is in the files named after it. */
  public static void main(String[] args) throws IOException {
    List<Measured> all = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      all.addAll(Measured.read(Path.of(args[i])));
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (Map.Entry<String, String> plot : plots(all).entrySet()) {
      Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
      System.out.println(folder.resolve(plot.getKey()));
    }
  }

  /** Pictures by file name. */
  static Map<String, String> plots(List<Measured> all) {
    Map<String, List<Measured>> groups = new LinkedHashMap<>();
    for (Measured one : all) {
      String name = (one.question() + "-" + one.space()).toLowerCase(Locale.ROOT);
      groups.computeIfAbsent(name, unused -> new ArrayList<>()).add(one);
    }
    Map<String, String> plots = new LinkedHashMap<>();
    groups.forEach(
        (name, group) -> {
          if (group.stream().map(Measured::size).distinct().count() >= 3) {
            String title = group.get(0).question() + " " + group.get(0).space();
            plots.put(name + ".svg", new IndexPlot(group).draw(title));
          }
        });
    return plots;
  }

  private String draw(String title) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    text(LEFT, 22, "start", "black", title + ": nanoseconds per operation");
    for (int power = fromPower; power <= toPower; power++) {
      line(x(power), TOP, x(power), BOTTOM);
      text(x(power), BOTTOM + 18, "middle", "black", power(power));
    }
    for (int power = fromTime; power <= toTime; power++) {
      line(LEFT, y(power), RIGHT, y(power));
      text(LEFT - 8, y(power) + 4, "end", "black", power(power));
    }
    text((LEFT + RIGHT) / 2.0, BOTTOM + 38, "middle", "black", "extents");
    Map<String, List<Measured>> lines = new LinkedHashMap<>();
    for (Measured one : measured) {
      lines.computeIfAbsent(one.implementation(), unused -> new ArrayList<>()).add(one);
    }
    int place = 0;
    for (Map.Entry<String, List<Measured>> entry : lines.entrySet()) {
      curve(entry.getKey(), entry.getValue(), place++);
    }
    add("</svg>");
    return svg.toString();
  }

  private void curve(String name, List<Measured> points, int place) {
    String color = COLORS.get(place % COLORS.size());
    points.sort(Comparator.comparingInt(Measured::size));
    StringBuilder at = new StringBuilder();
    for (Measured point : points) {
      double x = x(log(point.size()));
      double y = y(log(point.nanos()));
      at.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, color);
    }
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>",
        at.toString().strip(), color, place == 0 ? 3 : 1);
    double y = TOP + 18.0 * place + 10;
    add("<rect x=\"%d\" y=\"%.1f\" width=\"14\" height=\"4\" fill=\"%s\"/>", RIGHT + 14, y, color);
    text(RIGHT + 34, y + 6, "start", "black", name);
  }

  private void line(double x1, double y1, double x2, double y2) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
        x1, y1, x2, y2);
  }

  private void text(double x, double y, String anchor, String color, String words) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor, color, words);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String power(int power) {
    return power < 4
        ? Integer.toString((int) Math.pow(10, power))
        : "10<tspan dy=\"-5\" font-size=\"9\">%d</tspan>".formatted(power);
  }

  private double x(double power) {
    return LEFT + (RIGHT - LEFT) * (power - fromPower) / Math.max(1, toPower - fromPower);
  }

  private double y(double power) {
    return BOTTOM - (BOTTOM - TOP) * (power - fromTime) / Math.max(1, toTime - fromTime);
  }

  private static double log(double value) {
    return Math.log10(Math.max(value, 1));
  }
}
