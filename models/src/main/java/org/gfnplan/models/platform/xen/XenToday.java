package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Stage;
import org.gfnplan.models.platform.Today;
import org.jspecify.annotations.Nullable;

/** What xl, libxl, Xen, hvmloader and QEMU do with an HVM guest as it is configured. */
final class XenToday {
  private final Scene scene;
  private final BuilderRequest request;
  private final BuilderResult built;
  private final QemuView view;
  private final XenLog log;

  private XenToday(Scene scene, XenVersion version) {
    this.scene = scene;
    this.log = new XenLog(version);
    this.request = XenReplay.request(scene);
    this.built = LibxlBuilder.build(request);
    this.view = QemuView.of(request);
  }

  /**
   * What happens to the guest as xl reads its file. Where xl drops the {@code rdm} line, and with
   * the line the guest would have come to harm, that is said of the first step.
   */
  static Today of(Scene scene, XenVersion version) {
    Guest read = XenReplay.asXlReadsIt(scene.guest());
    Stage configuration = XenConfiguration.stage(scene.guest());
    Today asRead = new XenToday(scene.with(read), version).today(configuration);
    if (!asRead.works() || read.equals(scene.guest())) {
      return asRead;
    }
    Today asMeant = new XenToday(scene, version).today(configuration);
    return asMeant.works()
        ? asRead
        : new XenToday(scene.with(read), version).today(dropped(asMeant));
  }

  private static Stage dropped(Today asMeant) {
    return Stage.silent(
        Stage.Name.CONFIGURATION,
        asMeant.summary() + "; xl 4.15 and later drop the `rdm` line and start it without",
        List.of());
  }

  private Today today(Stage configuration) {
    boolean shown = built.isBuilt();
    List<Stage> stages = new ArrayList<>(List.of(configuration, build()));
    if (shown) {
      stages.add(deviceModel());
      stages.add(XenAssignment.of(scene, request, built));
      stages.add(firmware());
    } else {
      for (Stage.Name later :
          List.of(Stage.Name.DEVICE_MODEL, Stage.Name.ASSIGNMENT, Stage.Name.FIRMWARE)) {
        stages.add(Stage.ok(later, "", List.of()));
      }
    }
    return new Today(
        Stage.inOrder(stages),
        "the guest starts, and all parties agree",
        shown ? built.lowmemEnd() : 0,
        shown ? built.highmemEnd() : 0,
        built.masked().stream().map(BuilderRequest.Rdm::startByte).toList(),
        shown ? view.below() : 0,
        shown && view.above() != 0 ? XenLayout.FOUR_GIB + view.above() : 0,
        shown && view.agreesWith(built));
  }

  /** Lines of libxl_dm.c, libxl_dom.c and libxl_create.c. */
  private Stage build() {
    List<String> messages = new ArrayList<>();
    for (BuilderRequest.Rdm rdm : built.masked()) {
      messages.add(log.ignored(rdm.startByte()));
    }
    String refusal = built.refusal();
    if (refusal != null) {
      BuilderRequest.Rdm conflict = built.conflict();
      messages.addAll(
          conflict == null
              ? List.of("libxl: %s.".formatted(refusal))
              : log.conflict(conflict.startByte()));
      messages.addAll(log.cannotBuild());
      return Stage.fails(
          Stage.Name.BUILD, "libxl refuses to build the guest: " + refusal, messages);
    }
    String high = built.highmemEnd() == 0 ? "" : ", high RAM at 0x%x".formatted(built.highmemEnd());
    return Stage.ok(
        Stage.Name.BUILD, "low RAM ends at 0x%x".formatted(built.lowmemEnd()) + high, messages);
  }

  private Stage deviceModel() {
    long top =
        Math.max(
            Math.max(built.lowmemEnd(), built.highmemEnd()),
            view.ownStart() + QemuView.ownBytes(request.videoKib()));
    Stated<Integer> bits = scene.guest().machine().physicalBits();
    if (bits != null && top > 1L << bits.value()) {
      return Stage.fails(
          Stage.Name.DEVICE_MODEL,
          "RAM and QEMU's video memory end at 0x%x, beyond the guest's %d address bits"
              .formatted(top, bits.value()),
          List.of());
    }
    if (!view.agreesWith(built)) {
      return Stage.silent(
          Stage.Name.DEVICE_MODEL,
          "low RAM ends at 0x%x, but QEMU believes it to end at 0x%x"
              .formatted(built.lowmemEnd(), view.below()),
          List.of());
    }
    return Stage.ok(
        Stage.Name.DEVICE_MODEL, "QEMU believes RAM to be where libxl put it", List.of());
  }

  private Stage firmware() {
    List<String> messages = new ArrayList<>();
    String crash = crash(messages);
    if (crash != null) {
      return Stage.fails(Stage.Name.FIRMWARE, crash, messages);
    }
    if (built.lowmemEnd() < 2 * XenLayout.MIB) {
      return Stage.fails(
          Stage.Name.FIRMWARE,
          "hvmloader stops: low RAM ends at 0x%x".formatted(built.lowmemEnd()),
          List.of());
    }
    XenFirmware run = XenFirmware.run(scene, built);
    XenRegisters.Killed killed = XenRegisters.of(scene, run, request, built);
    if (killed != null) {
      messages.addAll(run.log());
      messages.addAll(killed.messages());
      messages.addAll(log.killedByRegister());
      return Stage.fails(Stage.Name.FIRMWARE, killed.summary(), messages);
    }
    List<String> wrong = new ArrayList<>(run.complaints());
    if (view.below() > built.lowmemEnd()) {
      wrong.addAll(run.hiddenBelow(view.below()));
    }
    if (wrong.isEmpty()) {
      return Stage.ok(
          Stage.Name.FIRMWARE, "hvmloader finds an address for every register", run.log());
    }
    return Stage.silent(
        Stage.Name.FIRMWARE,
        wrong.size() == 1
            ? wrong.get(0)
            : wrong.get(0) + ", and %d more".formatted(wrong.size() - 1),
        run.log());
  }

  /** Reserved memory on pages that are made later stops hvmloader or crashes the domain. */
  private @Nullable String crash(List<String> messages) {
    for (BuilderRequest.Rdm rdm : request.reserved()) {
      for (FixedArea area : FixedArea.top(scene.guest())) {
        if (!area.isMadeFirst()
            && !built.masked().contains(rdm)
            && rdm.startByte() < area.endByte()
            && area.startByte() < rdm.endByte()) {
          if (area.id().equals("F4")) {
            messages.add(
                "hvmloader: Fail to setup memory map due to conflict on dynamic reserved memory"
                    + " range.");
            messages.add("hvmloader: *** HVMLoader crashed.");
          } else if (area.id().equals("F3")) {
            messages.addAll(log.killedByPages());
          }
          return "reserved memory at 0x%x lies on the guest's %s"
              .formatted(rdm.startByte(), area.name());
        }
      }
    }
    return null;
  }
}
