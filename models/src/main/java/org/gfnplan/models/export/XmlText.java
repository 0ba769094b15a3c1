package org.gfnplan.models.export;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.solver.problem.Origin;

/** Writes an XML document, indented; whatever is inserted is escaped. */
final class XmlText {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter writer;
  private final Origin document;
  private int depth;

  /** A document about what {@code document} states. */
  XmlText(Origin document) {
    this.document = document;
    try {
      this.writer = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the JDK must be able to write XML", e);
    }
  }

  /** Opens an element; {@code attributes} are names and values in turn. */
  void open(String name, Object... attributes) throws UnusableInput {
    element(name, false, attributes);
    depth++;
  }

  /** Closes the element that was opened last. */
  void close() {
    depth--;
    write(
        () -> {
          indent();
          writer.writeEndElement();
          writer.writeCharacters("\n");
        });
  }

  /** An element without content. */
  void empty(String name, Object... attributes) throws UnusableInput {
    element(name, true, attributes);
  }

  /** An element with nothing but text in it. */
  void leaf(String name, String content, Object... attributes) throws UnusableInput {
    String legal = legal(content);
    String[] values = values(attributes);
    write(
        () -> {
          indent();
          writer.writeStartElement(name);
          attributes(values);
          writer.writeCharacters(legal);
          writer.writeEndElement();
          writer.writeCharacters("\n");
        });
  }

  /** A comment. */
  void comment(String content) throws UnusableInput {
    String legal = legal(Refusal.comment(content)).replace("--", "- -");
    write(
        () -> {
          indent();
          writer.writeComment(" " + legal + " ");
          writer.writeCharacters("\n");
        });
  }

  /** What was written. */
  String text() {
    return text.toString();
  }

  private void element(String name, boolean isEmpty, Object... attributes) throws UnusableInput {
    String[] values = values(attributes);
    write(
        () -> {
          indent();
          if (isEmpty) {
            writer.writeEmptyElement(name);
          } else {
            writer.writeStartElement(name);
          }
          attributes(values);
          writer.writeCharacters("\n");
        });
  }

  private String[] values(Object... attributes) throws UnusableInput {
    String[] values = new String[attributes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = legal(attributes[i].toString());
    }
    return values;
  }

  private void attributes(String... values) throws XMLStreamException {
    for (int i = 0; i < values.length; i += 2) {
      writer.writeAttribute(values[i], values[i + 1]);
    }
  }

  private void indent() throws XMLStreamException {
    writer.writeCharacters("  ".repeat(depth));
  }

  /* XML 1.0 has no way to write these, not even as numbers; libvirt takes no control at all. */
  private String legal(String content) throws UnusableInput {
    int bad =
        content
            .codePoints()
            .filter(
                c ->
                    Character.isISOControl(c)
                        || (c >= 0xd800 && c <= 0xdfff)
                        || c == 0xfffe
                        || c == 0xffff)
            .findFirst()
            .orElse(-1);
    if (bad >= 0) {
      throw Refusal.of(document, "domain XML cannot hold the character U+%04X".formatted(bad));
    }
    return content;
  }

  private static void write(Part part) {
    try {
      part.write();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text must be writable as XML", e);
    }
  }

  /** A step of writing. */
  private interface Part {
    void write() throws XMLStreamException;
  }
}
