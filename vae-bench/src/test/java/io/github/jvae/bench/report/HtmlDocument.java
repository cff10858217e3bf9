package io.github.jvae.bench.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page as a strict reader sees it. */
final class HtmlDocument {
  private final Document document;

  private HtmlDocument(Document document) {
    this.document = document;
  }

  /** Parses a page as XML, which fails where it is not well-formed. */
  static HtmlDocument parse(String html) {
    try {
      return new HtmlDocument(DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(html))));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  Element root() {
    return document.getDocumentElement();
  }

  /** The elements of a name, in order. */
  List<Element> all(String name) {
    return within(root(), name);
  }

  /** The elements of a name below another one. */
  static List<Element> within(Element element, String name) {
    NodeList nodes = element.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** The element of an id. */
  Element byId(String id) {
    return all("*").stream().filter(has("id", id)).findFirst().orElseThrow();
  }

  private static Predicate<Element> has(String attribute, String value) {
    return element -> element.getAttribute(attribute).equals(value);
  }

  /** The texts of elements. */
  static List<String> texts(List<Element> elements) {
    return elements.stream().map(element -> element.getTextContent().strip()).toList();
  }
}
