package org.gfnplan.models.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.words.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a guest and its repaired form, as a user would write it down.
 *
 * @param values what is set otherwise; a value of 0 or the empty text means that it is left out
 * @param assigned devices that go into the guest too
 * @param dropped devices that stay out
 */
public record GuestDiff(
    List<Setting> values, SortedSet<String> assigned, SortedSet<String> dropped) {

  public GuestDiff {
    values = List.copyOf(values);
    assigned = Collections.unmodifiableSortedSet(new TreeSet<>(assigned));
    dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
  }

  /**
   * The difference.
   *
   * @param present the settings that the guest has before
   * @param settings the settings that lead to the repaired layout
   */
  public static GuestDiff of(Guest before, Settings present, Guest after, Settings settings) {
    List<Setting> values = new ArrayList<>();
    for (Setting old : present.all()) {
      if (old.of() == null && settings.get(old.key()) == null) {
        values.add(Setting.of(old.key(), 0L, ""));
      }
    }
    values.addAll(settings.without(present).all().stream().filter(s -> s.of() == null).toList());
    addMachine(values, before, after);
    addMemory(values, before, after);
    addStrategy(values, before, after);
    addPmem(values, before, after);
    addPolicies(values, before, after, settings.without(present));
    TreeSet<String> assigned = names(after.devices());
    TreeSet<String> dropped = names(before.devices());
    TreeSet<String> kept = new TreeSet<>(assigned);
    kept.retainAll(dropped);
    assigned.removeAll(kept);
    dropped.removeAll(kept);
    return new GuestDiff(values, assigned, dropped);
  }

  /** What is set otherwise under this key of the guest's own, or null. */
  public @Nullable Setting get(String key) {
    return new Settings("", values).get(key);
  }

  private static void addMachine(List<Setting> values, Guest before, Guest after) {
    String firmware = after.firmware().value();
    PlatformName platform = after.platform().value();
    boolean moved = platform != before.platform().value();
    if (!moved && !firmware.equals(before.firmware().value())) {
      values.add(Setting.of("firmware", firmware, "bios = \"%s\"".formatted(firmware)));
    }
    if (moved) {
      values.add(
          Setting.of(
              "platform",
              platform.word(),
              platform.isXen()
                  ? "type = \"%s\"".formatted(platform == PlatformName.XEN_PVH ? "pvh" : "hvm")
                  : "-machine " + platform.word().replace("qemu-", "")));
    }
  }

  private static void addMemory(List<Setting> values, Guest before, Guest after) {
    if (before.memory().mostKib().value().equals(after.memory().mostKib().value())) {
      return;
    }
    long mib = after.memory().mostKib().value() / 1024;
    values.add(
        Setting.of(
            "memory",
            mib,
            after.platform().value().isQemu() ? "-m %dM".formatted(mib) : "memory = " + mib));
    if (!before.memory().mostKib().isDefault()) {
      values.add(Setting.of("maxmem", mib, "maxmem = " + mib));
    }
    if (!after.memory().nodes().isEmpty()) {
      String sizes =
          after.memory().nodes().stream()
              .map(node -> Bytes.format(node.kib() << 10))
              .collect(Collectors.joining(", "));
      values.add(Setting.of("vnuma", sizes, "virtual NUMA nodes of " + sizes));
    }
  }

  private static void addStrategy(List<Setting> values, Guest before, Guest after) {
    String old = rdm(before);
    String now = rdm(after);
    if (!old.equals(now)) {
      values.add(Setting.of("rdm", now, now.isEmpty() ? "" : "rdm = \"" + now + "\""));
    }
  }

  /** Each window that is left out (the empty text), or has another size, backing or place. */
  private static void addPmem(List<Setting> values, Guest before, Guest after) {
    for (PmemWindow old : before.pmem()) {
      PmemWindow now =
          after.pmem().stream().filter(w -> w.name().equals(old.name())).findFirst().orElse(null);
      List<String> parts = new ArrayList<>();
      if (now != null && !now.bytes().value().equals(old.bytes().value())) {
        parts.add("size=" + Sizes.address(now.bytes().value()));
      }
      if (now != null && now.backing() != null && !now.backing().equals(old.backing())) {
        parts.add("backing=" + now.backing().value());
      }
      if (now != null && now.startByte() == null && old.startByte() != null) {
        parts.add("address=");
      }
      if (now != null && now.alignmentBytes() == null && old.alignmentBytes() != null) {
        parts.add("alignment=");
      }
      if (now == null || !parts.isEmpty()) {
        String text = String.join(",", parts);
        values.add(new Setting("pmem", old.name(), text, text));
      }
    }
  }

  private static void addPolicies(
      List<Setting> values, Guest before, Guest after, Settings settings) {
    List<Setting> policies =
        new ArrayList<>(settings.all().stream().filter(setting -> setting.of() != null).toList());
    for (PciAssignment device : after.devices()) {
      for (PciAssignment old : before.devices()) {
        RdmPolicies stated = device.policies();
        if (old.spelling().equals(device.spelling())
            && stated != null
            && !Objects.equals(old.policies(), stated)) {
          String word = stated.flag().word();
          Setting changed =
              new Setting("rdm_policy", device.spelling(), word, "rdm_policy=" + word);
          policies.removeIf(setting -> setting.isAbout(changed));
          policies.add(changed);
        }
      }
    }
    policies.sort((a, b) -> String.valueOf(a.of()).compareTo(String.valueOf(b.of())));
    values.addAll(policies);
  }

  private static String rdm(Guest guest) {
    return guest.rdm().strategy().value() == Guest.RdmStrategy.HOST
        ? "strategy=host,policy=" + guest.rdm().policy().value().word()
        : "";
  }

  private static TreeSet<String> names(List<PciAssignment> devices) {
    TreeSet<String> found = new TreeSet<>();
    devices.forEach(device -> found.add(device.spelling()));
    return found;
  }
}
