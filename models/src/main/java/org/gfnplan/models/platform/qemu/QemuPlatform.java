package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.pmem.PmemRules;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** QEMU without Xen: {@code pc}, {@code q35} or {@code microvm}, with SeaBIOS or OVMF. */
public final class QemuPlatform implements Platform {
  private final QemuTarget target;

  /** The platform of that name, of the first QEMU that has the guest's machine type. */
  public QemuPlatform(PlatformName platform) {
    this(platform, null);
  }

  /**
   * The platform of that name, of the QEMU of that version.
   *
   * @param version as {@link QemuVersion#of} takes it; null for the first that has the guest's
   *     machine type
   * @throws IllegalArgumentException when the platform is none of QEMU's, or the version is not
   *     known
   */
  public QemuPlatform(PlatformName platform, @Nullable Stated<String> version) {
    if (!platform.isQemu()) {
      throw new IllegalArgumentException("platform must be one of QEMU's: platform=" + platform);
    }
    if (version != null && QemuVersion.of(version.value()) == null) {
      throw new IllegalArgumentException(
          "version must be %s or later: version=%s"
              .formatted(QemuVersion.DEFAULT.word(), version.value()));
    }
    target = new QemuTarget(platform, version);
  }

  @Override
  public String name() {
    return target.platform().word();
  }

  @Override
  public List<InputProblem> unusable(Scene scene) {
    return QemuScene.unusable(scene, target);
  }

  @Override
  public Model model(Scene scene) {
    return QemuModel.of(scene, target);
  }

  @Override
  public Realised realise(Scene scene, Layout layout) {
    QemuPlan plan = QemuPlan.of(scene, target);
    QemuSettings settings = settings(scene, plan, layout);
    QemuAnswer answer = QemuReplay.layout(settings.on(plan.config()));
    Placement low = layout.of(QemuModel.LOW);
    Placement high = layout.of(QemuModel.HIGH);
    return new Realised(
        settings.spelled(target.platform()),
        Gfn.toBytes(low.end()),
        high.isEmpty() ? 0 : Gfn.toBytes(high.end()),
        QemuMap.of(scene, plan, layout),
        answer instanceof QemuLayout made
            ? made.e820().stream().sorted(E820Entry.BY_ADDRESS).toList()
            : List.of(),
        List.of(),
        List.of(),
        mismatches(scene.guest(), plan, layout, answer));
  }

  private static QemuSettings settings(Scene scene, QemuPlan plan, Layout layout) {
    QemuSettings present = QemuSettings.present(scene.guest());
    Placement low = layout.of(QemuModel.LOW);
    long lowEnd = Gfn.toBytes(low.end());
    long limit = present.maxRamBelow4g();
    if (limit == 0 && lowEnd != plan.usualLowEnd()) {
      limit = lowEnd == plan.ram() ? QemuMachine.FOUR_GIB : lowEnd;
    }
    long hole = present.hole64();
    int bits = present.physicalBits();
    if (plan.config().machine().board().hasPci()) {
      Placement window = layout.of(QemuModel.HOLE64);
      long size = Gfn.toBytes(window.length());
      if (hole == QemuConfig.UNASKED && size != plan.config().machine().board().hole64Default()) {
        hole = size;
      }
      long end = Gfn.toBytes(window.start()) + (hole == QemuConfig.UNASKED ? size : hole);
      if (plan.hasFirmwareWindow()) {
        end = Math.max(end, Gfn.toBytes(layout.of(QemuPciModel.FIRMWARE_WINDOW).end()));
      }
      int needed = 64 - Long.numberOfLeadingZeros(end - 1);
      if (bits == 0 && needed > plan.config().physicalBits()) {
        bits = needed;
      }
    }
    boolean told = present.ovmfWindow() != 0 || plan.firmwareWindow() > QemuPlan.OVMF_WINDOW;
    return new QemuSettings(
        limit,
        plan.config().maxMemory(),
        plan.config().slots(),
        hole,
        bits,
        plan.ports(),
        told ? plan.firmwareWindow() : 0);
  }

  private static List<String> mismatches(
      Guest guest, QemuPlan plan, Layout layout, QemuAnswer answer) {
    List<String> found = new ArrayList<>();
    if (!(answer instanceof QemuLayout made)) {
      found.add(answer instanceof QemuRefusal no ? "QEMU refuses: " + no.text() : "no answer");
      return found;
    }
    Placement high = layout.of(QemuModel.HIGH);
    compare("low RAM", 0, made.lowEnd(), layout.of(QemuModel.LOW), found);
    made.high()
        .ifPresentOrElse(
            range -> compare("high RAM", range.start(), range.end(), high, found),
            () -> {
              if (!high.isEmpty()) {
                found.add("QEMU has no high RAM");
              }
            });
    made.deviceMemory()
        .ifPresent(
            range ->
                compare(
                    QemuModel.DEVICES,
                    range.start(),
                    range.end(),
                    layout.of(QemuModel.DEVICES),
                    found));
    for (PmemWindow window : guest.pmem()) {
      for (QemuLayout.Placed placed : made.placed()) {
        if (placed.device().id().equals(window.name())) {
          String name = PmemRules.regionName(window);
          compare(name, placed.start(), placed.end(), layout.of(name), found);
        }
      }
    }
    QemuMachine machine = plan.config().machine();
    if (machine.board().hasPci() && !machine.has(QemuMachine.Quirk.HOLE64_UNREPORTED)) {
      Placement hole = layout.of(QemuModel.HOLE64);
      long end = QemuGuest.wholeGib(Gfn.toBytes(hole.end()));
      if (made.hole64Start() != Gfn.toBytes(hole.start()) || made.hole64End() != end) {
        found.add(
            "QEMU's 64-bit PCI window is 0x%x..0x%x, the layout's 0x%x..0x%x"
                .formatted(made.hole64Start(), made.hole64End(), Gfn.toBytes(hole.start()), end));
      }
    }
    return found;
  }

  private static void compare(
      String what, long start, long end, Placement placed, List<String> found) {
    if (start != Gfn.toBytes(placed.start()) || end != Gfn.toBytes(placed.end())) {
      found.add(
          "QEMU has %s at 0x%x..0x%x, the layout at 0x%x..0x%x"
              .formatted(what, start, end, Gfn.toBytes(placed.start()), Gfn.toBytes(placed.end())));
    }
  }

  @Override
  public Settings present(Guest guest) {
    return QemuSettings.present(guest).spelled(target.platform());
  }

  @Override
  public Today today(Scene scene) {
    return QemuToday.of(scene, target);
  }

  @Override
  public List<Finding> findings(Scene scene) {
    return QemuScene.findings(scene, target);
  }
}
