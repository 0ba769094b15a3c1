package org.gfnplan.models.platform.pmem;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.words.Sizes;
import org.jspecify.annotations.Nullable;

/** What a user can change about a window of persistent memory. */
public final class PmemChanges {
  private static final int MOST_OTHERS = 3;

  private PmemChanges() {}

  /** The guest does without the window. */
  public static Change drop(PmemWindow window) {
    return change(
        window, "drop", "`%s` left out".formatted(window.name()), Change.DROP, null, same -> null);
  }

  /** The window gets this many bytes. */
  public static Change resize(PmemWindow window, long bytes) {
    return change(
        window,
        "size",
        "`%s` of %s".formatted(window.name(), Sizes.size(bytes)),
        Change.SHRINK,
        null,
        same ->
            same == null
                ? null
                : same.with(Stated.by(bytes, same.bytes().origin()), same.backing()));
  }

  /** Other memory of the host backs the window; few of those that could. */
  public static List<Change> rebase(Scene scene, PmemWindow window) {
    return PmemBacking.others(scene, window).stream()
        .limit(MOST_OTHERS)
        .map(other -> rebase(window, other))
        .toList();
  }

  private static Change rebase(PmemWindow window, HostPmem other) {
    Stated<String> before = window.backing();
    return change(
        window,
        "backing " + other.name(),
        "`%s` on %s".formatted(window.name(), other.label()),
        Change.ASSIGN,
        before == null
            ? null
            : "`%s` does not hold what is stored on `%s`".formatted(window.name(), before.value()),
        same ->
            same == null
                ? null
                : same.with(same.bytes(), Stated.by(other.name(), window.origin())));
  }

  private static Change change(
      PmemWindow window,
      String what,
      String title,
      int cost,
      @Nullable String givesUp,
      UnaryOperator<@Nullable PmemWindow> edit) {
    return new Change(
        "pmem %s %s".formatted(window.name(), what),
        title,
        cost,
        givesUp,
        window.origin(),
        guest ->
            guest.withPmem(
                guest.pmem().stream()
                    .flatMap(
                        each ->
                            each.name().equals(window.name())
                                ? Stream.ofNullable(edit.apply(each))
                                : Stream.of(Objects.requireNonNull(each)))
                    .toList()));
  }
}
