package org.gfnplan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A guest and a host whose names would be elements, scripts and controls if they were not text. */
final class HostileInput {
  /** Closes what it can, opens what it can, and would leave a trace if a browser ran it. */
  static final String NAME =
      "</script><b>x</b><img src=x onerror='window.hostile=1'><script>window.hostile=1</script>"
          + " ]]> --> <!--report--> <!--/--> $0 {{x}}";

  /** The same for YAML in double quotes, with controls and marks that turn the direction. */
  private static final String QUOTED = NAME + "\\\" \\u0007\\u202e\\ufffe end";

  private HostileInput() {}

  /** Plans it: a conflict, whose members and regions have the name, and which has repairs. */
  static Run run(Path folder, String form) throws IOException {
    Path host = folder.resolve("host.yaml");
    Path guest = folder.resolve("<i>guest&amp;.yaml");
    Files.writeString(
        host,
        """
        gfnplan: host/1
        name: "%s"
        reserved: []
        """
            .formatted(QUOTED));
    Files.writeString(
        guest,
        """
        gfnplan: guest/1
        name: "%1$s"
        platform: xen-hvm
        memory: 4GiB
        mmio_hole: 512MiB # %2$s
        rdm:
          ranges: [{name: "%1$s", start: 0x7b800000, size: 72MiB, policy: strict}]
        """
            .formatted(QUOTED, NAME));
    return Run.of("plan", "--host", host.toString(), "--guest", guest.toString(), "--format", form);
  }
}
