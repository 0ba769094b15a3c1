package org.gfnplan.models.platform.qemu;

/** Carries a refusal out of the checks that come before a layout. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient QemuRefusal refusal;

  Refused(QemuRefusal refusal) {
    super(refusal.text());
    this.refusal = refusal;
  }

  Refused(QemuRefusal.Reason reason, Object... values) {
    this(QemuRefusal.of(reason, values));
  }

  QemuRefusal refusal() {
    return refusal;
  }
}
