package org.gfnplan.cli.render.markup;

import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Elements and text, written as XML that is HTML too. All text of the inputs comes through here, so
 * it is escaped here and nowhere else.
 *
 * <p>An element with nothing in it is written with an end tag, as HTML wants it, unless it is
 * {@link #empty}. Attributes are pairs of a name and a value.
 */
public final class Markup {
  /*
   * XML has no form for control characters, surrogates without a partner, U+FFFE and U+FFFF. Marks
   * that turn the direction of writing are well-formed, but let a name change how its neighbours
   * read.
   */
  private static final Pattern BLANK = Pattern.compile("\\p{Cc}");
  private static final Pattern UNSHOWN =
      Pattern.compile(
          "[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{200E}\\x{200F}\\x{61C}\\x{FFFE}\\x{FFFF}]"
              + "|\\p{Cs}");

  private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter out;

  /** Nothing yet. */
  public Markup() {
    try {
      out = WRITERS.createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the JDK must be able to write XML", e);
    }
  }

  /** What was written. */
  @Override
  public String toString() {
    // The last tag is open until something follows it.
    text("");
    write(XMLStreamWriter::flush);
    return text.toString();
  }

  /** Starts an element. */
  public Markup open(String name, String... attributes) {
    write(to -> to.writeStartElement(name));
    return attributes(attributes);
  }

  /** Ends the innermost element. */
  public Markup close() {
    write(XMLStreamWriter::writeEndElement);
    return this;
  }

  /** An element that never has content: {@code br}, {@code rect}. */
  public Markup empty(String name, String... attributes) {
    write(to -> to.writeEmptyElement(name));
    return attributes(attributes);
  }

  /** An element with text in it. */
  public Markup leaf(String name, String words, String... attributes) {
    return open(name, attributes).text(words).close();
  }

  /** Text. */
  public Markup text(String words) {
    write(to -> to.writeCharacters(clean(words)));
    return this;
  }

  /** Text in which line ends stay what they are. */
  public Markup lines(String words) {
    String[] lines = words.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      text(lines[i]);
      if (i < lines.length - 1) {
        write(to -> to.writeCharacters("\n"));
      }
    }
    return this;
  }

  /** Text in which what stands between backticks is code. */
  public Markup words(String words) {
    String[] parts = words.split("`", -1);
    boolean paired = parts.length % 2 == 1;
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1 && paired) {
        leaf("code", parts[i]);
      } else if (!parts[i].isEmpty()) {
        text(parts[i]);
      }
    }
    return this;
  }

  /** An element with {@link #words} in it. */
  public Markup sentence(String name, String words, String... attributes) {
    return open(name, attributes).words(words).close();
  }

  /** The text as it is shown: controls are blanks, what cannot be shown is a replacement mark. */
  public static String clean(String words) {
    return UNSHOWN.matcher(BLANK.matcher(words).replaceAll(" ")).replaceAll("\uFFFD");
  }

  private Markup attributes(String... pairs) {
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      String name = pairs[i];
      String value = clean(pairs[i + 1]);
      write(to -> to.writeAttribute(name, value));
    }
    return this;
  }

  private void write(Piece piece) {
    try {
      piece.to(out);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory must not fail", e);
    }
  }

  /** One call of the writer. */
  @FunctionalInterface
  private interface Piece {
    void to(XMLStreamWriter out) throws XMLStreamException;
  }
}
