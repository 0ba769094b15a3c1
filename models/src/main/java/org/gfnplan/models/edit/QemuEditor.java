package org.gfnplan.models.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.qemu.QemuWords;
import org.gfnplan.models.guest.qemu.QemuWords.Word;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Setting;
import org.jspecify.annotations.Nullable;

/** Changes a QEMU command line, as long as the words it changes have no quotes. */
final class QemuEditor implements Editor {
  private static final String WINDOW = "name=opt/ovmf/X-PciMmio64Mb,string=";

  private final String content;
  private final List<Option> options = new ArrayList<>();
  private final Replacements edits;

  /**
   * An option and its value.
   *
   * @param name without dashes
   * @param word the name
   * @param value the word after it
   */
  private record Option(String name, Word word, Word value) {
    String type() {
      return value.text().split(",", 2)[0];
    }

    /** The value of a property, or the empty text. */
    String get(String key) {
      return Arrays.stream(value.text().split(","))
          .filter(part -> part.startsWith(key + "="))
          .map(part -> part.substring(key.length() + 1))
          .findFirst()
          .orElse("");
    }
  }

  QemuEditor(SourceText text) {
    this.content = text.content();
    this.edits = new Replacements(content);
    List<Word> words = QemuWords.of(text);
    for (int i = 0; i + 1 < words.size(); i++) {
      String name = words.get(i).text();
      if (name.startsWith("-") && !words.get(i + 1).text().startsWith("-")) {
        options.add(new Option(name.replaceFirst("^--?", ""), words.get(i), words.get(i + 1)));
      }
    }
  }

  @Override
  public boolean set(Setting setting) {
    String of = setting.of();
    if (of != null) {
      Option port = device("id", of);
      return port != null && property(port, setting.key(), value(setting));
    }
    return switch (setting.key()) {
      case "memory" -> memory(setting.value() + "M");
      case "maxmem", "slots" -> property(only("m"), setting.key(), value(setting));
      case "max-ram-below-4g" -> property(only("machine", "M"), setting.key(), value(setting));
      case "phys-bits" -> property(only("cpu"), setting.key(), value(setting));
      case "platform" -> machine(setting.value().toString().replace("qemu-", ""));
      case "pci-hole64-size" -> option(setting, ".pci-hole64-size=");
      case "X-PciMmio64Mb" -> option(setting, WINDOW);
      default -> false;
    };
  }

  /** The text behind the last sign of equality; empty when it is to be left out. */
  private static String value(Setting setting) {
    String spelling = setting.spelling();
    return spelling.substring(spelling.lastIndexOf('=') + 1);
  }

  private boolean memory(String size) {
    Option option = only("m");
    if (option == null || !isPlain(option.value())) {
      return false;
    }
    String[] parts = option.value().text().split(",");
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("size=")) {
        return property(option, "size", size);
      }
    }
    int start = option.value().start();
    edits.replace(start, start + parts[0].length(), size);
    return !parts[0].contains("=");
  }

  /** The machine's type: the first word of the option, or the one called {@code type}. */
  private boolean machine(String type) {
    Option option = only("machine", "M");
    if (option == null) {
      return add("-machine " + type);
    }
    if (!option.get("type").isEmpty()) {
      return property(option, "type", type);
    }
    if (!isPlain(option.value()) || option.type().contains("=")) {
      return false;
    }
    int start = option.value().start();
    edits.replace(start, start + option.type().length(), type);
    return true;
  }

  /** An option of its own: its value holds {@code mark}. */
  private boolean option(Setting setting, String mark) {
    List<Option> there =
        options.stream().filter(option -> option.value().text().contains(mark)).toList();
    if (there.size() > 1 || (there.size() == 1 && !isPlain(there.get(0).value()))) {
      return false;
    }
    if (there.isEmpty()) {
      return setting.spelling().isEmpty() || add(setting.spelling());
    }
    Word old = there.get(0).value();
    if (setting.spelling().isEmpty()) {
      return remove(there.get(0));
    }
    int cut = old.text().indexOf(mark) + mark.length();
    edits.replace(old.start() + cut, old.end(), value(setting));
    return true;
  }

  private boolean add(String words) {
    Option memory = only("m");
    if (memory == null) {
      return false;
    }
    edits.replace(memory.value().end(), memory.value().end(), " " + words);
    return true;
  }

  /** Sets a property of an option's value; the empty text takes it away. */
  private boolean property(@Nullable Option option, String key, String value) {
    if (option == null || !isPlain(option.value())) {
      return false;
    }
    int at = option.value().start();
    for (String part : option.value().text().split(",", -1)) {
      if (part.startsWith(key + "=")) {
        if (value.isEmpty()) {
          edits.replace(at - 1, at + part.length(), "");
        } else {
          edits.replace(at + key.length() + 1, at + part.length(), value);
        }
        return true;
      }
      at += part.length() + 1;
    }
    if (!value.isEmpty()) {
      int end = option.value().end();
      edits.replace(end, end, ",%s=%s".formatted(key, value));
    }
    return true;
  }

  @Override
  public boolean drop(PciAssignment device) {
    for (Option option : options) {
      String host = option.get("host");
      if (isDevice(option)
          && option.type().toLowerCase(Locale.ROOT).startsWith("vfio-pci")
          && device.address().equals(PciAddress.parse(host))) {
        return remove(option);
      }
    }
    return false;
  }

  @Override
  public boolean assign(String device, @Nullable String policy) {
    return add("-device vfio-pci,host=" + device);
  }

  @Override
  public boolean pmem(PmemWindow before, @Nullable PmemWindow after) {
    Option device = device("id", before.name());
    if (device == null) {
      return false;
    }
    if (after == null) {
      Set<String> backends = new HashSet<>(List.of(device.get("memdev")));
      options.stream()
          .filter(option -> option.name().equals("object") && backends.contains(option.get("id")))
          .forEach(this::remove);
      return remove(device);
    }
    boolean moved = before.startByte() != null && after.startByte() == null;
    return moved
        && after.bytes().value().equals(before.bytes().value())
        && property(device, "addr", "");
  }

  @Override
  public @Nullable String text() {
    return edits.applied();
  }

  /** Takes an option away, and with its line the backslash that continues the one before. */
  private boolean remove(Option option) {
    int start = option.word().start();
    int end = option.value().end();
    int first = content.lastIndexOf('\n', start - 1) + 1;
    int last = edits.lineEnd(end - 1);
    String rest = content.substring(end, last).strip();
    if (!content.substring(first, start).isBlank() || !(rest.isEmpty() || rest.equals("\\"))) {
      int from = start > 0 && content.charAt(start - 1) == ' ' ? start - 1 : start;
      edits.replace(from, end, "");
      return true;
    }
    int backslash = first - 2;
    if (rest.isEmpty() && backslash > 0 && content.charAt(backslash) == '\\') {
      int from = backslash;
      while (content.charAt(from - 1) == ' ') {
        from--;
      }
      edits.replace(from, last - 1, "");
    } else {
      edits.replace(first, last, "");
    }
    return true;
  }

  private boolean isPlain(Word word) {
    return content.substring(word.start(), word.end()).equals(word.text());
  }

  private static boolean isDevice(Option option) {
    return option.name().equals("device");
  }

  private @Nullable Option device(String key, String value) {
    List<Option> found =
        options.stream().filter(each -> isDevice(each) && each.get(key).equals(value)).toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  /** The one option of these names, or null. */
  private @Nullable Option only(String... names) {
    Set<String> wanted = Set.of(names);
    List<Option> found = options.stream().filter(each -> wanted.contains(each.name())).toList();
    return found.size() == 1 ? found.get(0) : null;
  }
}
