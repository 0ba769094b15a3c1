package org.gfnplan.models.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.diff.LayoutChange;
import org.gfnplan.models.diff.LayoutDiff;
import org.gfnplan.models.diff.Picture;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.GfnSet;

/**
 * The map that a guest's kernel was given, as it printed it.
 *
 * @param picture the map
 */
public record GuestView(Picture picture) implements Captured {
  /**
   * A kernel log or {@code /proc/iomem}.
   *
   * @throws UnusableInput with every problem of the document, or when it is neither
   */
  static GuestView read(String name, byte[] bytes) throws UnusableInput {
    Picture picture = Picture.read(name, bytes);
    if (picture.plan() != null) {
      throw Captured.unusable(name, "is a plan; `gfnplan diff` compares two of them");
    }
    return new GuestView(picture);
  }

  @Override
  public String document() {
    return picture.document();
  }

  @Override
  public String form() {
    return "the guest's own memory map";
  }

  @Override
  public List<String> inconsistencies() {
    return List.of();
  }

  @Override
  public List<Difference> differences(PlanDocument plan) throws UnusableInput {
    return differences(plan, picture);
  }

  static List<Difference> differences(PlanDocument plan, Picture seen) throws UnusableInput {
    List<Difference> found = new ArrayList<>();
    for (LayoutChange change : LayoutDiff.of(Picture.of(plan), seen).changes()) {
      found.add(
          new Difference(
              "%s %s".formatted(change.name(), words(change)),
              frames(change.before()),
              change.how() == LayoutChange.How.RETYPED
                  ? String.valueOf(change.newKind())
                  : frames(change.after())));
    }
    return found;
  }

  private static String words(LayoutChange change) {
    String size = Sizes.size(Math.abs(change.bytes()));
    return switch (change.how()) {
      case MOVED -> "moved %s by %s".formatted(change.bytes() < 0 ? "down" : "up", size);
      case GREW -> "is larger by " + size;
      case SHRANK -> "is smaller by " + size;
      case CHANGED -> "lies in other places";
      case APPEARED -> "was not planned, " + size;
      case VANISHED -> "is missing, " + size;
      case RETYPED -> "is of another kind";
    };
  }

  private static String frames(GfnSet frames) {
    return frames.ranges().stream().map(Sizes::range).collect(Collectors.joining(", "));
  }
}
