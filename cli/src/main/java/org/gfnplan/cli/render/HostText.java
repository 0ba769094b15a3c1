package org.gfnplan.cli.render;

import java.util.stream.Collectors;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.words.Sizes;

/** A host as text. */
public final class HostText {
  private HostText() {}

  /** The text, with a newline at the end. */
  public static String of(Host host) {
    StringBuilder out = new StringBuilder();
    out.append("host: `%s`\n".formatted(host.name()));
    Stated<Integer> width = host.addressWidth();
    if (width != null) {
      out.append("address width: %d bits\n".formatted(width.value()));
    }
    if (!host.reservedKnown()) {
      out.append("reserved device memory: not known; no source lists it\n");
    } else if (host.reserved().isEmpty()) {
      out.append("reserved device memory: none\n");
    } else {
      out.append("reserved device memory:\n");
      host.reserved().forEach(memory -> out.append(line(memory)));
    }
    for (Finding finding : host.findings()) {
      out.append(
          "%s: %s [%s] %s\n"
              .formatted(
                  finding.severity().word(),
                  finding.message(),
                  finding.id(),
                  finding.origin().shortForm()));
    }
    return out.toString();
  }

  private static String line(ReservedMemory memory) {
    String devices =
        memory.devices().isEmpty()
            ? "device not named"
            : memory.devices().stream().map(Object::toString).collect(Collectors.joining(", "));
    return "  %s  %s  %s  %s\n"
        .formatted(
            Sizes.range(memory.startByte(), memory.endByte()),
            memory.kind().word(),
            devices,
            memory.origin().shortForm());
  }
}
