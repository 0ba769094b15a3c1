package org.gfnplan.models.platform.pmem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/**
 * Who may map persistent memory into a guest: M8, the guest's device model and not the guest; M9,
 * only frames that the guest was given, and each where its plan has it.
 */
public final class PmemAccess {
  /*
   * A permission on host frames is not enough. Who may map a range may map any part of it anywhere,
   * while a plan gives each frame of a window to one place. So a request is checked frame by frame,
   * or rather run by run, from the gfn: what is at this gfn by the plan, and is it what is asked?
   */
  private final Map<String, List<PmemMapping>> given;

  /** The mappings that each guest was given, by its name. */
  public PmemAccess(Map<String, List<PmemMapping>> given) {
    this.given = Map.copyOf(given);
  }

  /**
   * Why a request is refused.
   *
   * @param index which of the requests, from 0
   * @param rule the id of the rule
   * @param message why, one line
   */
  public record Refusal(int index, String rule, String message) {}

  /** The requests that are refused, in order, each for the first reason. */
  public List<Refusal> refusals(List<MapRequest> requests) {
    List<Refusal> found = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Refusal refusal = refusal(i, requests.get(i));
      if (refusal != null) {
        found.add(refusal);
      }
    }
    return found;
  }

  private @Nullable Refusal refusal(int index, MapRequest request) {
    if (request.caller() == MapRequest.Caller.GUEST) {
      return new Refusal(
          index,
          "M8",
          "guest `%s` may not map persistent memory itself, only its device model may"
              .formatted(request.guest()));
    }
    if (request.count() < 1 || !isRun(request.gfn(), request) || !isRun(request.mfn(), request)) {
      return new Refusal(
          index,
          "M9",
          "%d frames from gfn 0x%x and host frame 0x%x are no run of frames"
              .formatted(request.count(), request.gfn(), request.mfn()));
    }
    long gfn = request.gfn();
    while (gfn < request.gfn() + request.count()) {
      PmemMapping.Run run = at(request.guest(), gfn);
      long mfn = request.mfn() + (gfn - request.gfn());
      if (run == null) {
        return new Refusal(
            index, "M9", "gfn 0x%x is in no window of guest `%s`".formatted(gfn, request.guest()));
      }
      long planned = run.mfn() + (gfn - run.gfns().start());
      if (planned != mfn) {
        return new Refusal(
            index,
            "M9",
            "gfn 0x%x of guest `%s` is host frame 0x%x, not 0x%x"
                .formatted(gfn, request.guest(), planned, mfn));
      }
      gfn = run.gfns().end();
    }
    return null;
  }

  private static boolean isRun(long start, MapRequest request) {
    return 0 <= start && start <= Gfn.LIMIT - request.count();
  }

  private PmemMapping.@Nullable Run at(String guest, long gfn) {
    for (PmemMapping mapping : given.getOrDefault(guest, List.of())) {
      for (PmemMapping.Run run : mapping.runs()) {
        if (run.gfns().start() <= gfn && gfn < run.gfns().end()) {
          return run;
        }
      }
    }
    return null;
  }
}
