package org.gfnplan.models.platform.xen;

import java.util.List;

/**
 * Lines that libxl and Xen log of a guest that they refuse or kill. In those of 4.17 the place in
 * the source is what a booted 4.17.7 printed.
 */
final class XenLog {
  private static final String CONSTRUCT = "libxl__domain_device_construct_rdm";

  private final boolean withPlaces;

  XenLog(XenVersion version) {
    withPlaces = version == XenVersion.V4_17;
  }

  /** Reserved memory that libxl leaves out. */
  String ignored(long startByte) {
    return libxl(
        "warning: libxl_dm.c:624:" + CONSTRUCT,
        "Ignoring RDM conflict at 0x%x.".formatted(startByte));
  }

  /** Reserved memory that libxl refuses a guest for. */
  List<String> conflict(long startByte) {
    return List.of(
        libxl("error: libxl_dm.c:620:" + CONSTRUCT, "RDM conflict at 0x%x.".formatted(startByte)),
        libxl(
            "error: libxl_dom.c:1123:libxl__build_hvm", "checking reserved device memory failed"));
  }

  /** What libxl says at last of any guest that it cannot build. */
  List<String> cannotBuild() {
    if (!withPlaces) {
      return List.of("libxl: cannot (re-)build domain: -3");
    }
    return List.of(
        "libxl: error: libxl_create.c:1640:domcreate_rebuild_done: Domain N:cannot (re-)build"
            + " domain: -3",
        "libxl: error: libxl_domain.c:1183:libxl__destroy_domid: Domain N:Non-existant domain",
        "libxl: error: libxl_domain.c:1137:domain_destroy_callback: Domain N:Unable to destroy"
            + " guest",
        "libxl: error: libxl_domain.c:1064:domain_destroy_cb: Domain N:Destruction of domain"
            + " failed");
  }

  /** Xen kills a guest in whose registers a device's memory lies (set_typed_p2m_entry). */
  List<String> killedByRegister() {
    return crash(1057);
  }

  /** Xen kills a guest whose ACPI tables lie on a device's memory (p2m_add_page). */
  List<String> killedByPages() {
    return crash(673);
  }

  private List<String> crash(int line) {
    return withPlaces
        ? List.of("Xen: domain_crash called from arch/x86/mm/p2m.c:" + line)
        : List.of();
  }

  private String libxl(String place, String text) {
    return withPlaces ? "libxl: %s: %s".formatted(place, text) : "libxl: " + text;
  }
}
