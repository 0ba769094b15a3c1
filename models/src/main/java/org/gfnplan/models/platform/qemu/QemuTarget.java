package org.gfnplan.models.platform.qemu;

import java.util.Optional;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * The QEMU that a guest is planned for.
 *
 * @param platform its machine
 * @param stated the version the user named, or null when nobody did
 */
record QemuTarget(PlatformName platform, @Nullable Stated<String> stated) {
  private static final Pattern UPSTREAM =
      Pattern.compile("pc-(i440fx|q35)-\\d{1,2}\\.\\d{1,2}(\\.\\d)?");

  /** A machine of whatever QEMU has it. */
  static QemuTarget of(PlatformName platform) {
    return new QemuTarget(platform, null);
  }

  /**
   * The version that is replayed: the stated one's; else the first that has the guest's machine
   * type, for nothing older can start it; else the default.
   */
  QemuVersion version(Guest guest) {
    if (stated != null) {
      QemuVersion named = QemuVersion.of(stated.value());
      return named == null ? QemuVersion.DEFAULT : named;
    }
    Stated<String> type = guest.machine().version();
    for (QemuVersion version : QemuVersion.values()) {
      if (type == null || named(type.value(), version).isPresent()) {
        return version;
      }
    }
    return QemuVersion.DEFAULT;
  }

  /** The machine type of a guest; one that is not known is taken for the newest that is. */
  QemuMachine machine(Guest guest) {
    Stated<String> type = guest.machine().version();
    QemuVersion version = version(guest);
    Optional<QemuMachine> named = type == null ? Optional.empty() : named(type.value(), version);
    return named.orElseGet(() -> named(usual(), version).orElseThrow());
  }

  /** Whether the guest's machine type is one whose behaviour is stated here. */
  boolean isKnown(Guest guest) {
    Stated<String> type = guest.machine().version();
    return type == null || QemuMachine.named(type.value(), version(guest)).isPresent();
  }

  /**
   * Whether the stated QEMU does not have the guest's machine type. Types of other makes of QEMU,
   * and versions between those that are known, are not judged.
   */
  boolean isRefused(Guest guest) {
    Stated<String> type = guest.machine().version();
    return isNamedVersion()
        && type != null
        && UPSTREAM.matcher(type.value()).matches()
        && !isKnown(guest);
  }

  /** That the stated version is taken for another one. */
  Optional<Finding> between() {
    if (stated == null || isNamedVersion()) {
      return Optional.empty();
    }
    QemuVersion taken = QemuVersion.of(stated.value());
    return Optional.of(
        new Finding(
            Severity.NOTE,
            "qemu-version-between",
            "QEMU %s is taken for %s, the nearest version not newer whose behaviour is known"
                .formatted(stated.value(), (taken == null ? QemuVersion.DEFAULT : taken).word()),
            stated.origin()));
  }

  private boolean isNamedVersion() {
    if (stated == null) {
      return false;
    }
    QemuVersion named = QemuVersion.of(stated.value());
    return named != null && named.isNamed(stated.value());
  }

  private Optional<QemuMachine> named(String name, QemuVersion version) {
    return QemuMachine.named(name, version).filter(machine -> machine.board() == board());
  }

  private QemuMachine.Board board() {
    return switch (platform) {
      case QEMU_PC -> QemuMachine.Board.I440FX;
      case QEMU_Q35 -> QemuMachine.Board.Q35;
      default -> QemuMachine.Board.MICROVM;
    };
  }

  private String usual() {
    return switch (platform) {
      case QEMU_PC -> "pc";
      case QEMU_Q35 -> "q35";
      default -> "microvm";
    };
  }
}
