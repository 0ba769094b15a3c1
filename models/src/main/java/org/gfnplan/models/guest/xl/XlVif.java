package org.gfnplan.models.guest.xl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards.Network;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;

/** Reads {@code vif}: which network cards QEMU emulates (libxl_nic.c). */
final class XlVif {
  private XlVif() {}

  /** The emulated cards, in order. A guest that has no QEMU has none. */
  static List<Stated<Network>> read(XlConfig config, Guest.Type type) {
    List<Stated<Network>> cards = new ArrayList<>();
    if (type != Guest.Type.HVM) {
      return cards;
    }
    for (XlValue.Atom item : config.strings("vif")) {
      add(config, item.text(), config.origin(item), cards);
    }
    return cards;
  }

  private static void add(
      XlConfig config, String text, Origin origin, List<Stated<Network>> cards) {
    String model = "rtl8139";
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? "" : part.substring(0, equals).trim();
      String value = equals < 0 ? "" : part.substring(equals + 1).trim();
      if (key.equals("type") && value.equals("vif")) {
        return;
      }
      model = key.equals("model") ? value.toLowerCase(Locale.ROOT) : model;
    }
    for (Network card : Network.values()) {
      if (card.word().equals(model)) {
        cards.add(Stated.by(card, origin));
        return;
      }
    }
    config.find(
        Severity.NOTE,
        "network-card-unknown",
        "how large the registers of a `%s` are is not known, so no room is planned for them"
            .formatted(model),
        origin);
  }
}
