package org.gfnplan.models.platform.xen;

/** Errors that Xen answers with when a device is assigned (public/errno.h). */
public enum Errno {
  EPERM(1),
  EBUSY(16),
  ENODEV(19),
  EOPNOTSUPP(95),
  EADDRINUSE(98);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** The number, positive. */
  int number() {
    return number;
  }
}
