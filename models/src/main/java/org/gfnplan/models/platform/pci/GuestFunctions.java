package org.gfnplan.models.platform.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.EmulatedFunction;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PciAssignment.ResizedBar;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.rules.Words;

/**
 * The functions of a guest: assigned devices as the host has them or the configuration states them,
 * then emulated ones that the configuration describes. What a platform emulates by itself is not
 * among them.
 *
 * @param all in the order of the configuration
 * @param problems registers that cannot be resized as the configuration wants
 * @param findings devices whose registers nobody knows
 */
public record GuestFunctions(
    List<GuestFunction> all, List<InputProblem> problems, List<Finding> findings) {
  public GuestFunctions {
    all = List.copyOf(all);
    problems = List.copyOf(problems);
    findings = List.copyOf(findings);
  }

  /** The functions of a scene. */
  public static GuestFunctions of(Scene scene) {
    Collector collector = new Collector();
    for (PciAssignment device : scene.guest().devices()) {
      collector.add(scene, device);
    }
    for (EmulatedFunction function : scene.guest().pci().emulated()) {
      collector.all.add(
          new GuestFunction(function.name(), null, function.bars(), null, function.origin()));
    }
    return new GuestFunctions(collector.all, collector.problems, collector.findings());
  }

  /** The functions of devices that the guest may get while it runs. */
  public static GuestFunctions later(Scene scene) {
    Collector collector = new Collector();
    scene.guest().pci().pool().forEach(device -> collector.add(scene, device));
    return new GuestFunctions(collector.all, collector.problems, collector.findings());
  }

  /** Fills the lists. */
  private static final class Collector {
    private final List<GuestFunction> all = new ArrayList<>();
    private final List<InputProblem> problems = new ArrayList<>();
    private final List<PciAssignment> unknown = new ArrayList<>();

    void add(Scene scene, PciAssignment device) {
      List<HostDevice> there = scene.host().devices() == null ? List.of() : scene.host().devices();
      if (!device.bars().isEmpty()) {
        String words =
            there.stream()
                .filter(function -> device.means(function.address()))
                .map(HostDevice::description)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        all.add(
            new GuestFunction(
                Words.device(device),
                words,
                resized(device, device.bars()),
                device,
                device.origin()));
        return;
      }
      boolean known = false;
      for (HostDevice function : there) {
        if (device.means(function.address()) && function.barsKnown()) {
          known = true;
          all.add(
              new GuestFunction(
                  Words.device(function.address()),
                  function.description(),
                  resized(device, function.bars()),
                  device,
                  function.origin()));
        }
      }
      if (!known) {
        unknown.add(device);
      }
    }

    /** One note for all, as the same dump would tell of all. */
    List<Finding> findings() {
      return unknown.isEmpty()
          ? List.of()
          : List.of(
              new Finding(
                  Severity.NOTE,
                  "bars-unknown",
                  "no source says how large the registers of %s are, so no room is planned for them;"
                          .formatted(
                              unknown.stream().map(Words::device).collect(Collectors.joining(", ")))
                      + " `lspci -vvv` of the host would",
                  unknown.get(0).origin()));
    }

    private List<Bar> resized(PciAssignment device, List<Bar> bars) {
      List<Bar> found = new ArrayList<>(bars);
      for (ResizedBar wish : device.resized()) {
        boolean done = false;
        for (int i = 0; i < found.size(); i++) {
          Bar bar = found.get(i);
          if (bar.index() == wish.index() && accepts(device, bar, wish)) {
            found.set(
                i,
                new Bar(
                    bar.index(),
                    bar.space(),
                    wish.bytes(),
                    bar.prefetchable(),
                    bar.resizableTo(),
                    bar.hostByte(),
                    wish.origin()));
          }
          done |= bar.index() == wish.index();
        }
        if (!done) {
          problems.add(
              new InputProblem(
                  wish.origin(), "%s has no BAR %d".formatted(Words.device(device), wish.index())));
        }
      }
      return found;
    }

    private boolean accepts(PciAssignment device, Bar bar, ResizedBar wish) {
      if (bar.bytes() == wish.bytes() || bar.resizableTo().contains(wish.bytes())) {
        return true;
      }
      String sizes =
          bar.resizableTo().stream().map(Bytes::format).collect(Collectors.joining(", "));
      problems.add(
          new InputProblem(
              wish.origin(),
              "BAR %d of %s cannot be resized to %s: %s"
                  .formatted(
                      bar.index(),
                      Words.device(device),
                      Bytes.format(wish.bytes()),
                      sizes.isEmpty() ? "it has one size" : "it can be " + sizes)));
      return false;
    }
  }
}
