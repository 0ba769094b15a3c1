package org.gfnplan.cli.render;

import java.util.stream.Collectors;
import org.gfnplan.models.diff.LayoutChange;
import org.gfnplan.models.diff.LayoutChange.How;
import org.gfnplan.models.diff.LayoutDiff;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.GfnSet;

/** What differs between two layouts, as text: a headline, each change, the verdict. */
public final class DiffText {
  private final StringBuilder out = new StringBuilder();

  private DiffText() {}

  /** The text, with a newline at the end. */
  public static String of(LayoutDiff diff) {
    DiffText text = new DiffText();
    text.diff(diff);
    return text.out.toString();
  }

  private void diff(LayoutDiff diff) {
    if (diff.changes().isEmpty()) {
      line("equal: %s and %s".formatted(diff.before().document(), diff.after().document()));
      return;
    }
    line("different: %s and %s".formatted(diff.before().document(), diff.after().document()));
    line("");
    for (LayoutChange change : diff.changes()) {
      line("  %s %s%s".formatted(change.name(), words(change), effect(change)));
      if (change.how() != How.RETYPED && !change.before().isEmpty()) {
        line("    before  " + frames(change.before()));
      }
      if (!change.after().isEmpty()) {
        line(
            "    %s  %s"
                .formatted(
                    change.how() == How.RETYPED ? "where " : "after ", frames(change.after())));
      }
    }
    line("");
    line(
        switch (diff.effect()) {
          case NONE -> "verdict: a guest could keep running, all that is new lies in free space";
          case UNKNOWN ->
              "verdict: not known whether a guest could keep running, registers may lie where"
                  + " something is new";
          case BREAKS ->
              "verdict: a guest could not keep running, what it uses is no longer where it was";
        });
  }

  private static String words(LayoutChange change) {
    String size = Sizes.size(Math.abs(change.bytes()));
    return switch (change.how()) {
      case MOVED -> "moved %s by %s".formatted(change.bytes() < 0 ? "down" : "up", size);
      case GREW -> "grew by " + size;
      case SHRANK -> "shrank by " + size;
      case CHANGED ->
          change.bytes() == 0
              ? "lies in other places"
              : "lies in other places, %s %s"
                  .formatted(size, change.bytes() < 0 ? "smaller" : "larger");
      case APPEARED -> "appeared, " + size;
      case VANISHED -> "vanished, " + size;
      case RETYPED -> "is %s now, it was %s".formatted(change.newKind(), change.kind());
    };
  }

  private static String effect(LayoutChange change) {
    return switch (change.effect()) {
      case NONE -> "";
      case UNKNOWN -> " (in the PCI window)";
      case BREAKS -> " (breaks a running guest)";
    };
  }

  private static String frames(GfnSet frames) {
    return frames.ranges().stream().map(Sizes::range).collect(Collectors.joining(", "));
  }

  /* Names of the input are shown, and must not steer the terminal. */
  private void line(String text) {
    out.append(text.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }
}
