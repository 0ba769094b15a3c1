package org.gfnplan.models.edit;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.xl.XlAssignments;
import org.gfnplan.models.guest.xl.XlAssignments.Assignment;
import org.gfnplan.models.guest.xl.XlAssignments.Atom;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Setting;
import org.jspecify.annotations.Nullable;

/** Changes an xl.cfg file. */
final class XlEditor implements Editor {
  private static final Set<String> KEYS =
      Set.of(
          "memory",
          "maxmem",
          "mmio_hole",
          "rdm_mem_boundary",
          "rdm",
          "passthrough",
          "bios",
          "type");
  private static final Pattern POLICY = Pattern.compile("(?<=,rdm_policy=)[a-zA-Z]+");
  private static final Pattern ADDRESS = Pattern.compile("(?:^|bdf=)([0-9a-fA-F:]+\\.)([*0-7])");

  private final String content;
  private final List<Assignment> assignments;
  private final Replacements edits;

  XlEditor(SourceText text) {
    this.content = text.content();
    this.assignments = XlAssignments.of(text);
    this.edits = new Replacements(content);
  }

  @Override
  public boolean set(Setting setting) {
    String key = setting.spelling().isEmpty() ? setting.key() : setting.spelling().split(" ", 2)[0];
    List<Assignment> there = assignments.stream().filter(each -> each.name().equals(key)).toList();
    if (!KEYS.contains(key) || there.size() > 1) {
      return false;
    }
    if (!there.isEmpty() && setting.spelling().isEmpty()) {
      edits.remove(there.get(0).start(), there.get(0).valueEnd());
      return true;
    }
    String[] sides = setting.spelling().split(" = ", 2);
    if (sides.length < 2) {
      return false;
    }
    if (there.isEmpty()) {
      edits.lineAfter(anchor().valueEnd() - 1, setting.spelling());
    } else {
      edits.replace(there.get(0).valueStart(), there.get(0).valueEnd(), sides[1]);
    }
    return true;
  }

  /** New settings stand behind the one that says how much memory there is. */
  private Assignment anchor() {
    return assignments.stream()
        .filter(each -> each.name().equals("memory"))
        .findFirst()
        .orElse(assignments.get(assignments.size() - 1));
  }

  @Override
  public boolean policy(PciAssignment device, String word) {
    Atom item = itemOf(device);
    if (item == null) {
      return false;
    }
    Matcher there =
        POLICY.matcher(content).region(item.start(), item.end()).useTransparentBounds(true);
    if (there.find()) {
      edits.replace(there.start(), there.end(), word);
    } else {
      int close = item.end() - 1;
      edits.replace(close, close, (item.text().endsWith(",") ? "" : ",") + "rdm_policy=" + word);
    }
    return true;
  }

  @Override
  public boolean drop(PciAssignment device) {
    Atom item = itemOf(device);
    if (item == null) {
      return false;
    }
    int end = skip(item.end());
    if (content.charAt(end) == ',') {
      int next = end + 1;
      while (content.charAt(next) == ' ' || content.charAt(next) == '\t') {
        next++;
      }
      // What follows on the line takes its place; else the line goes.
      boolean more = content.charAt(next) != '\n' && content.charAt(next) != '#';
      edits.remove(item.start(), more ? next : end + 1);
      return true;
    }
    int before = item.start() - 1;
    while (Character.isWhitespace(content.charAt(before))) {
      before--;
    }
    // An empty list keeps one blank: [ ].
    boolean blank = content.charAt(before) == '[' && content.charAt(item.end()) == ' ';
    edits.remove(
        content.charAt(before) == ',' ? before : item.start(), item.end() + (blank ? 1 : 0));
    return true;
  }

  private int skip(int from) {
    int at = from;
    while (Character.isWhitespace(content.charAt(at))) {
      at++;
    }
    return at;
  }

  @Override
  public boolean assign(String device, @Nullable String policy) {
    List<Atom> items = items();
    if (items.isEmpty()) {
      return false;
    }
    Atom last = items.get(items.size() - 1);
    char quote = content.charAt(last.start());
    String options = policy == null ? "" : ",rdm_policy=" + policy;
    edits.replace(last.end(), last.end(), ", " + quote + device + options + quote);
    return true;
  }

  @Override
  public @Nullable String text() {
    return edits.applied();
  }

  private List<Atom> items() {
    return assignments.stream()
        .filter(each -> each.name().equals("pci"))
        .flatMap(each -> each.items().stream())
        .toList();
  }

  /** The item that assigns a device, or null when there is not exactly one. */
  private @Nullable Atom itemOf(PciAssignment device) {
    List<Atom> meant =
        items().stream().filter(item -> device.spelling().equals(spelling(item))).toList();
    return meant.size() == 1 ? meant.get(0) : null;
  }

  private static @Nullable String spelling(Atom item) {
    Matcher match = ADDRESS.matcher(item.text());
    if (!match.find()) {
      return null;
    }
    boolean all = match.group(2).equals("*");
    PciAddress address = PciAddress.parse(match.group(1) + (all ? "0" : match.group(2)));
    if (address == null) {
      return null;
    }
    String full = address.toString();
    return all ? full.substring(0, full.length() - 1) + "*" : full;
  }
}
