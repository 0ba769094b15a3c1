package org.gfnplan.models.export;

import java.nio.charset.StandardCharsets;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.problem.Origin;

/** Exports a planned layout. */
public final class Export {
  private Export() {}

  /**
   * The bytes of the export; text is UTF-8.
   *
   * @throws UnusableInput when the format cannot hold this guest, with the line that is in the way
   */
  public static byte[] of(ExportFormat format, Planned planned) throws UnusableInput {
    if (format == ExportFormat.NFIT) {
      return NfitTable.of(MemoryDevices.nfit(planned), NfitTable.Persistence.UNSAID);
    }
    return text(format, planned).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ExportFormat format, Planned planned) throws UnusableInput {
    PlatformName platform = planned.platform();
    boolean isTaken =
        switch (format) {
          case XL, XENSTORE -> platform.isXen();
          case LIBVIRT -> platform.isQemu();
          case QEMU -> platform.isQemu() || platform == PlatformName.XEN_HVM;
          case E820, NFIT, P2M -> true;
        };
    if (!isTaken) {
      throw Refusal.of(
          Origin.builtIn(format.word(), ""),
          "a guest on `%s` has no such form".formatted(platform.word()));
    }
    return switch (format) {
      case E820 -> E820Text.of(GuestMap.of(planned));
      case XL -> XlConfigText.of(planned.guest());
      case XENSTORE -> XenstoreText.of(planned.guest());
      case LIBVIRT -> DomainText.of(planned.guest(), platform);
      case QEMU ->
          platform.isQemu()
              ? QemuCommandText.of(planned.guest(), platform)
              : QemuCommandText.ofXen(planned.guest());
      case P2M -> P2mJson.of(P2mExtents.of(planned));
      case NFIT -> throw new IllegalArgumentException("a table must not be text: format=NFIT");
    };
  }
}
