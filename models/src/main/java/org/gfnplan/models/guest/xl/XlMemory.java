package org.gfnplan.models.guest.xl;

import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards.Video;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads {@code memory}, {@code maxmem}, {@code videoram} and the video card that bounds it. */
final class XlMemory {
  private static final long MOST_MIB = 16L << 20;

  private final XlConfig config;
  private final @Nullable Stated<Long> memory;
  private final @Nullable Stated<Long> maximum;
  private final @Nullable Stated<Long> video;
  private final @Nullable Stated<Video> card;

  XlMemory(XlConfig config, Guest.Type type, XlVnuma vnuma) {
    this.config = config;
    Stated<Long> stated = mib("memory", 1);
    Stated<Long> most = mib("maxmem", 1);
    Stated<Long> nodes = vnuma.sumKib();
    if (nodes != null && most == null) {
      most = nodes;
    }
    if (stated == null && most != null && !config.has("memory")) {
      stated =
          Stated.byDefault(
              most.value(), Origin.builtIn("libxl_create.c", "memory defaults to maxmem"));
    } else if (stated == null && !config.has("memory") && !config.has("maxmem")) {
      config.missing("`memory` is missing, xl would start the guest with 32 MiB");
    }
    if (most == null && stated != null && !config.has("maxmem")) {
      most =
          Stated.byDefault(
              stated.value(), Origin.builtIn("xl_parse.c", "maxmem defaults to memory"));
    }
    memory = stated;
    maximum = most;
    card = type == Guest.Type.HVM ? videoCard() : null;
    video = type == Guest.Type.HVM ? hvmVideo() : pvhVideo();
    check();
    checkNodes(vnuma);
  }

  /** Null when there was a problem; likewise the others. */
  @Nullable Stated<Long> memoryKib() {
    return memory;
  }

  @Nullable Stated<Long> maxMemoryKib() {
    return maximum;
  }

  @Nullable Stated<Video> card() {
    return card;
  }

  @Nullable Stated<Long> videoKib() {
    return video;
  }

  private void check() {
    if (memory == null || maximum == null || video == null) {
      return;
    }
    if (maximum.value() < memory.value()) {
      config.problem(
          "%s is less than `memory`: %d MiB and %d MiB"
              .formatted(
                  config.has("maxmem") ? "`maxmem`" : "the sum of `vnuma`",
                  maximum.value() >> 10,
                  memory.value() >> 10),
          maximum.origin());
    } else if (video.value() >= memory.value()) {
      config.problem(
          "video RAM of %d MiB leaves no memory, it is part of the %d MiB of `memory`"
              .formatted(video.value() >> 10, memory.value() >> 10),
          video.isDefault() ? memory.origin() : video.origin());
    }
  }

  /* xl_parse.c for the sum, libxl_vnuma.c and libxl_create.c for the rest. */
  private void checkNodes(XlVnuma vnuma) {
    Stated<Long> sum = vnuma.sumKib();
    if (sum == null
        || memory == null
        || maximum == null
        || video == null
        || maximum.value() < memory.value()) {
      return;
    }
    if (!sum.value().equals(maximum.value())) {
      config.problem(
          "maxmem and vnuma memory size mismatch: %d MiB and %d MiB"
              .formatted(maximum.value() >> 10, sum.value() >> 10),
          sum.origin());
    } else if (memory.value() < maximum.value()) {
      config.problem(
          "libxl refuses it: `memory` below the sum of `vnuma` means populate on demand, which"
              + " does not go together with vNUMA",
          memory.origin());
    } else if (vnuma.nodes().get(0).kib() < video.value()) {
      config.problem(
          "video RAM is taken from the first node, which has less", vnuma.nodes().get(0).origin());
    }
  }

  private Stated<Long> pvhVideo() {
    Stated<Long> stated = mib("videoram", 0);
    return stated != null
        ? stated
        : Stated.byDefault(0L, Origin.builtIn("libxl_create.c", "PVH has no video memory"));
  }

  private @Nullable Stated<Long> hvmVideo() {
    Stated<Long> stated = mib("videoram", 0);
    if (card == null || (stated == null && config.has("videoram"))) {
      return null;
    }
    long least = card.value().leastMib();
    if (stated == null) {
      String text = "video memory defaults to %d MiB for %s".formatted(least, card.value().word());
      return Stated.byDefault(least << 10, Origin.builtIn("libxl_create.c", text));
    }
    if (stated.value() < least << 10) {
      config.problem(
          "`videoram` must be at least %d MiB for `%s`, this is %d"
              .formatted(least, card.value().word(), stated.value() >> 10),
          stated.origin());
      return null;
    }
    return stated;
  }

  private @Nullable Stated<Video> videoCard() {
    Stated<String> word = config.text("vga");
    if (word != null) {
      for (Video known : Video.values()) {
        if (known.word().equals(word.value())) {
          return Stated.by(known, word.origin());
        }
      }
      config.problem(
          "`vga` must be `none`, `cirrus`, `stdvga` or `qxl`, this is `" + word.value() + "`",
          word.origin());
      return null;
    }
    Stated<Boolean> standard = config.has("vga") ? null : config.flag("stdvga");
    return standard != null && standard.value()
        ? Stated.by(Video.STDVGA, standard.origin())
        : Stated.byDefault(
            Video.CIRRUS, Origin.builtIn("libxl_create.c", "vga defaults to cirrus"));
  }

  /** A size in MiB, as KiB. */
  private @Nullable Stated<Long> mib(String name, long least) {
    Stated<Long> mib = config.number(name);
    if (mib == null) {
      return null;
    }
    if (mib.value() < least || mib.value() > MOST_MIB) {
      config.problem(
          "`%s` must be from %d to %d MiB, this is %d"
              .formatted(name, least, MOST_MIB, mib.value()),
          mib.origin());
      return null;
    }
    return Stated.by(mib.value() << 10, mib.origin());
  }
}
