package org.gfnplan.models.guest.libvirt;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads an XML document into elements that know their lines.
 *
 * <p>A document type is a problem, so that there are no entities to expand or fetch; so are more
 * than {@value #DEEPEST} elements inside one another and more than {@value #MOST_ELEMENTS}.
 */
final class XmlReader extends DefaultHandler {
  static final int DEEPEST = 64;
  static final int MOST_ELEMENTS = 100_000;

  private static final String QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";
  private static final String XERCES = "http://apache.org/xml/features/";
  private static final String SAX = "http://xml.org/sax/features/";

  private final SourceText source;
  private final Deque<XmlElement> open = new ArrayDeque<>();
  private @Nullable Locator locator;
  private @Nullable XmlElement root;
  private int count;

  private XmlReader(SourceText source) {
    this.source = source;
  }

  /** The root element, or null with a problem. */
  static @Nullable XmlElement read(SourceText source, List<InputProblem> problems) {
    XmlReader reader = new XmlReader(source);
    try {
      XMLReader parser = parser();
      parser.setContentHandler(reader);
      parser.setErrorHandler(reader);
      parser.setEntityResolver(reader);
      parser.parse(new InputSource(new StringReader(source.content())));
      return reader.root;
    } catch (Refused refused) {
      problems.add(
          new InputProblem(source.origin(reader.line()), String.valueOf(refused.getMessage())));
    } catch (SAXParseException broken) {
      problems.add(new InputProblem(source.origin(broken.getLineNumber()), reader.why(broken)));
    } catch (SAXException | IOException | ParserConfigurationException broken) {
      problems.add(new InputProblem(source.whole(), "cannot be read as XML"));
    }
    return null;
  }

  private static XMLReader parser() throws SAXException, ParserConfigurationException {
    SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(XERCES + "disallow-doctype-decl", true);
    factory.setFeature(XERCES + "nonvalidating/load-external-dtd", false);
    factory.setFeature(SAX + "external-general-entities", false);
    factory.setFeature(SAX + "external-parameter-entities", false);
    return factory.newSAXParser().getXMLReader();
  }

  /* The parser's own words depend on the language of the machine. */
  private String why(SAXParseException broken) {
    int line = Math.max(1, Math.min(broken.getLineNumber(), source.lineCount()));
    XmlElement inside = open.peek();
    if (inside == null
        && source.content().lines().skip(line - 1L).findFirst().orElse("").contains("<!DOCTYPE")) {
      return "a document type cannot be used, it could name entities";
    }
    String where =
        inside == null
            ? ""
            : ", inside `%s` of %s".formatted(inside.name(), inside.origin().shortForm());
    return "is not well-formed XML at column " + broken.getColumnNumber() + where;
  }

  private int line() {
    return locator == null ? 1 : locator.getLineNumber();
  }

  @Override
  public void setDocumentLocator(Locator of) {
    locator = of;
  }

  @Override
  public void startElement(String uri, String local, String qName, Attributes attributes)
      throws SAXException {
    if (open.size() == DEEPEST) {
      throw new Refused("elements are more than " + DEEPEST + " deep");
    }
    if (++count > MOST_ELEMENTS) {
      throw new Refused("there are more than " + MOST_ELEMENTS + " elements");
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < attributes.getLength(); i++) {
      values.put(attributes.getLocalName(i), attributes.getValue(i));
    }
    String name = uri.equals(QEMU) ? "qemu:" + local : uri.isEmpty() ? local : qName;
    XmlElement element = new XmlElement(name, values, source.origin(line()));
    XmlElement parent = open.peek();
    if (parent == null) {
      root = element;
    } else {
      parent.children().add(element);
    }
    open.push(element);
  }

  @Override
  public void endElement(String uri, String local, String qName) {
    open.pop();
  }

  @Override
  public void characters(char[] buffer, int start, int length) {
    XmlElement element = open.peek();
    if (element != null) {
      element.text().append(buffer, start, length);
    }
  }

  @Override
  public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) {
    return new InputSource(new StringReader(""));
  }

  @Override
  public void error(SAXParseException broken) throws SAXException {
    throw broken;
  }

  @Override
  public void fatalError(SAXParseException broken) throws SAXException {
    throw broken;
  }

  /** The document is well-formed and still refused. */
  private static final class Refused extends SAXException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
