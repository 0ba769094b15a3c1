package org.gfnplan.models.platform.qemu;

import java.util.Optional;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * The QEMU that a guest is planned for.
 *
 * @param platform its machine
 * @param stated the version the user named, or null when nobody did
 */
record QemuTarget(PlatformName platform, @Nullable Stated<String> stated) {
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
