package org.gfnplan.models.guest;

import java.util.List;
import java.util.Locale;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/**
 * The cards that a platform emulates because a configuration names their models.
 *
 * @param video the video card, or null for the platform's default
 * @param networks network cards, in the order of the configuration
 */
public record GuestCards(@Nullable Stated<Video> video, List<Stated<Network>> networks) {
  /** Nothing named. */
  public static final GuestCards NONE = new GuestCards(null, List.of());

  /** A video card that xl's {@code vga} names. */
  public enum Video {
    /** No card. */
    NONE,
    /** Cirrus Logic GD5446. */
    CIRRUS,
    /** The standard VGA. */
    STDVGA,
    /** QXL. */
    QXL;

    /** The least video memory it takes in MiB, which is the default too (libxl_create.c). */
    public long leastMib() {
      return switch (this) {
        case NONE -> 0;
        case CIRRUS -> 8;
        case STDVGA -> 16;
        case QXL -> 128;
      };
    }

    /** The word of configurations. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A network card that {@code model} of xl's {@code vif} names. */
  public enum Network {
    /** Realtek 8139. */
    RTL8139,
    /** Intel 82540EM. */
    E1000;

    /** The word of configurations. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public GuestCards {
    networks = List.copyOf(networks);
  }
}
