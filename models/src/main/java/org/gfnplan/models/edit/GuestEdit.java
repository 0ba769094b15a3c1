package org.gfnplan.models.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.report.GuestDiff;
import org.jspecify.annotations.Nullable;

/**
 * A guest's own text with changes, as a unified diff. Comments and the order of lines stay. What it
 * writes is a proposal: whoever shows it reads it again first.
 */
public final class GuestEdit {
  private static final int CONTEXT = 1;

  private GuestEdit() {}

  /**
   * The changed text; null when the changes cannot be written down there, or when the text has no
   * line break at its end or carriage returns, which a diff could not show.
   *
   * @param before the guest as the text describes it
   * @param after the guest with the changes
   * @param diff what is to be written
   */
  public static @Nullable String changed(
      SourceText text, Guest before, Guest after, GuestDiff diff) {
    if (text.carriageReturnLine() != 0 || !text.content().endsWith("\n")) {
      return null;
    }
    Editor editor =
        switch (GuestReader.form(text.content())) {
          case XL -> new XlEditor(text);
          case DOCUMENT -> new DocumentEditor(text, before);
          case QEMU -> new QemuEditor(text);
          case DOMAIN -> new DomainEditor(text);
        };
    return devices(editor, before, after, diff)
            && pmem(editor, before, after)
            && settings(editor, before, diff)
        ? editor.text()
        : null;
  }

  /**
   * Whether a guest asks for the same as another does once that has these settings. Where holes and
   * windows lie is not compared: that is in the layout.
   */
  public static boolean isSame(Guest guest, Guest other, Settings settings) {
    return GuestShape.of(guest, new Settings("", List.of())).equals(GuestShape.of(other, settings));
  }

  /** What differs between two texts; {@code name} is what both are called. */
  public static String unified(String name, String before, String after) {
    List<String> old = lines(before);
    return String.join(
            "\n",
            UnifiedDiffUtils.generateUnifiedDiff(
                name, name, old, DiffUtils.diff(old, lines(after)), CONTEXT))
        + "\n";
  }

  private static List<String> lines(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    return lines.subList(0, lines.size() - 1);
  }

  private static boolean devices(Editor editor, Guest before, Guest after, GuestDiff diff) {
    for (PciAssignment device : before.devices()) {
      if (diff.dropped().contains(device.spelling()) && !editor.drop(device)) {
        return false;
      }
    }
    for (String device : diff.assigned()) {
      String policy = null;
      for (Setting setting : diff.values()) {
        if (isPolicy(setting) && device.equals(setting.of())) {
          policy = setting.value().toString();
        }
      }
      if (!editor.assign(device, policy)) {
        return false;
      }
    }
    for (PciAssignment device : after.devices()) {
      PciAssignment old = named(before, device.spelling());
      for (PciAssignment.ResizedBar wish : device.resized()) {
        if (old != null && !old.resized().contains(wish) && !editor.resize(old, wish)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean pmem(Editor editor, Guest before, Guest after) {
    for (PmemWindow window : before.pmem()) {
      PmemWindow now =
          after.pmem().stream()
              .filter(other -> other.name().equals(window.name()))
              .findFirst()
              .orElse(null);
      if (!window.equals(now) && !editor.pmem(window, now)) {
        return false;
      }
    }
    return true;
  }

  private static boolean settings(Editor editor, Guest before, GuestDiff diff) {
    for (Setting setting : diff.values()) {
      String of = setting.of();
      PciAssignment device = of == null ? null : named(before, of);
      boolean done =
          isPolicy(setting)
              ? device == null || editor.policy(device, setting.value().toString())
              : Objects.equals(setting.key(), "pmem") || editor.set(setting);
      if (!done) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPolicy(Setting setting) {
    return setting.of() != null && setting.key().equals("rdm_policy");
  }

  private static @Nullable PciAssignment named(Guest guest, String spelling) {
    return guest.devices().stream()
        .filter(device -> device.spelling().equals(spelling))
        .findFirst()
        .orElse(null);
  }
}
