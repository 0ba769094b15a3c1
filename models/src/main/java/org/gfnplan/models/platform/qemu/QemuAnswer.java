package org.gfnplan.models.platform.qemu;

/** What QEMU makes of a configuration: a layout, or a refusal to start. */
public sealed interface QemuAnswer permits QemuLayout, QemuRefusal {}
