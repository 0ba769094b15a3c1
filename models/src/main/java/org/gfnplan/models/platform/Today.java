package org.gfnplan.models.platform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What today's programs do with a guest as it is configured now. Addresses are bytes.
 *
 * @param stages what happens, step by step; empty when there is no program to ask
 * @param outcome how it ends when every step ends well, one line
 * @param lowmemEnd where low RAM ends, or 0 when the guest is not built
 * @param highmemEnd where high RAM ends, or 0 when there is none
 * @param masked starts of reserved device memory that is left out
 * @param qemuLowEnd where QEMU believes low RAM to end; 0 when there is no QEMU or no guest
 * @param qemuHighEnd where QEMU believes high RAM to end, or 0 when it believes there is none
 * @param agree whether QEMU believes RAM to be where the builder put it
 */
public record Today(
    List<Stage> stages,
    String outcome,
    long lowmemEnd,
    long highmemEnd,
    List<Long> masked,
    long qemuLowEnd,
    long qemuHighEnd,
    boolean agree) {
  public Today {
    stages = List.copyOf(stages);
    masked = List.copyOf(masked);
  }

  /** A guest of which there is nothing but the steps. */
  public static Today of(List<Stage> stages, String outcome) {
    return new Today(stages, outcome, 0, 0, List.of(), 0, 0, true);
  }

  /** Whether there are steps, and all of them end well. */
  public boolean isClean() {
    return !stages.isEmpty()
        && stages.stream().allMatch(stage -> stage.verdict() == Stage.Verdict.OK);
  }

  /**
   * Whether the guest starts and all parties agree. Reserved memory that a relaxed device goes
   * without was given up by the guest's file, so it counts as working.
   */
  public boolean works() {
    return !stages.isEmpty()
        && stages.stream()
            .allMatch(
                stage ->
                    stage.verdict() == Stage.Verdict.OK
                        || (stage.verdict() == Stage.Verdict.SILENT
                            && stage.name() == Stage.Name.ASSIGNMENT));
  }

  /** What happens, one line: the step that fails, or else what matters most. */
  public String summary() {
    Stream<Optional<Stage>> ranked =
        Stream.of(
            stages.stream().filter(stage -> stage.verdict() == Stage.Verdict.FAILS).findFirst(),
            silent().filter(stage -> stage.name() != Stage.Name.ASSIGNMENT).findFirst(),
            silent().findFirst());
    return ranked.flatMap(Optional::stream).map(Stage::summary).findFirst().orElse(outcome);
  }

  private Stream<Stage> silent() {
    return stages.stream().filter(stage -> stage.verdict() == Stage.Verdict.SILENT);
  }

  /** What the programs' logs say, in order. */
  public List<String> messages() {
    return stages.stream().flatMap(stage -> stage.messages().stream()).toList();
  }
}
