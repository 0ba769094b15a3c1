package org.gfnplan.models.guest.libvirt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * An element of an XML document, with the line it starts on.
 *
 * @param name its name; of QEMU's namespace {@code qemu:name}
 * @param attributes by name
 * @param children elements within it, in order
 * @param text the characters directly within it
 * @param origin its line
 */
record XmlElement(
    String name,
    Map<String, String> attributes,
    List<XmlElement> children,
    StringBuilder text,
    Origin origin) {
  XmlElement(String name, Map<String, String> attributes, Origin origin) {
    this(name, Map.copyOf(attributes), new ArrayList<>(), new StringBuilder(), origin);
  }

  /** The first child of that name, or null. */
  @Nullable XmlElement child(String wanted) {
    return children.stream().filter(c -> c.name.equals(wanted)).findFirst().orElse(null);
  }

  /** All children of that name. */
  List<XmlElement> all(String wanted) {
    return children.stream().filter(c -> c.name.equals(wanted)).toList();
  }

  /** The child at the end of a path of names, or null. */
  @Nullable XmlElement at(String... path) {
    XmlElement element = this;
    for (String step : path) {
      element = element == null ? null : element.child(step);
    }
    return element;
  }

  /** An attribute, empty when it is not there. */
  String get(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /** The characters within, without blanks around them. */
  String words() {
    return text.toString().strip();
  }
}
