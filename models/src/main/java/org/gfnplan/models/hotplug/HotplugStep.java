package org.gfnplan.models.hotplug;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event and what came of it.
 *
 * @param event what was asked
 * @param outcome how it ended
 * @param error the name of the error that Xen answers with, {@code EBUSY}, or null
 * @param message why it ended so, one line; empty when there is nothing to say
 * @param ranges the device's reserved memory as far as it was looked at, in the order of the host
 * @param notes what else a user should know, one line each
 */
public record HotplugStep(
    HotplugEvent event,
    Outcome outcome,
    @Nullable String error,
    String message,
    List<HotplugRange> ranges,
    List<String> notes) {
  /** How an event ends. */
  public enum Outcome {
    /** The guest has the device. */
    ATTACHED("attached"),
    /** The guest has the device, but frames of its reserved memory are not mapped. */
    SKIPPED("attached-in-part"),
    /** The guest has the device no more. */
    DETACHED("detached"),
    /** Nothing has changed. */
    REFUSED("refused");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** The word of documents. */
    public String word() {
      return word;
    }

    /** Whether all was done that was asked. */
    public boolean isFine() {
      return this == ATTACHED || this == DETACHED;
    }
  }

  public HotplugStep {
    ranges = List.copyOf(ranges);
    notes = List.copyOf(notes);
  }
}
