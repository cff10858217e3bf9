package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Dash;
import io.github.jvae.internal.Quote;
import java.io.StringWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a drawing as SVG to stand in an HTML page, whose style sheet gives each class of
 * {@link Ink} its {@code color}.
 */
public final class SvgWriter {
  private final XMLStreamWriter xml;

  private SvgWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /**
   * Writes it.
   *
   * @param name what a screen reader says in place of the drawing
   * @param cssClass a class of the whole
   */
  public static String write(Drawing drawing, String name, String cssClass) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new SvgWriter(xml).writeAll(drawing, name, cssClass);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("SVG cannot be written to memory", e);
    }
    return text.toString();
  }

  private void writeAll(Drawing drawing, String name, String cssClass) throws XMLStreamException {
    xml.writeStartElement("svg");
    xml.writeAttribute("class", cssClass);
    xml.writeAttribute("viewBox", "0 0 " + drawing.width() + " " + drawing.height());
    xml.writeAttribute("width", Integer.toString(drawing.width()));
    xml.writeAttribute("height", Integer.toString(drawing.height()));
    xml.writeAttribute("role", "img");
    xml.writeAttribute("aria-label", Quote.visible(name));
    for (Mark mark : drawing.marks()) {
      write(mark);
    }
    xml.writeEndElement();
  }

  /** A switch over types is not in Java 17. */
  private void write(Mark mark) throws XMLStreamException {
    if (mark instanceof Mark.Line line) {
      write(line);
    } else if (mark instanceof Mark.Box box) {
      write(box);
    } else if (mark instanceof Mark.Dot dot) {
      write(dot);
    } else if (mark instanceof Mark.Text text) {
      write(text);
    }
  }

  private void write(Mark.Line line) throws XMLStreamException {
    xml.writeEmptyElement("polyline");
    xml.writeAttribute("class", line.ink().cssClass());
    xml.writeAttribute("fill", "none");
    xml.writeAttribute("stroke", "currentColor");
    xml.writeAttribute("stroke-width", number(line.width()));
    xml.writeAttribute("stroke-linejoin", "round");
    if (line.dash() != Dash.SOLID) {
      xml.writeAttribute("stroke-dasharray", line.dash() == Dash.DASHED ? "6 4" : "1.5 3");
    }
    if (line.opacity() < 1) {
      xml.writeAttribute("stroke-opacity", number(line.opacity()));
    }
    xml.writeAttribute(
        "points",
        line.points().stream()
            .map(point -> number(point.x()) + "," + number(point.y()))
            .collect(Collectors.joining(" ")));
  }

  private void write(Mark.Box box) throws XMLStreamException {
    xml.writeStartElement("rect");
    xml.writeAttribute("class", box.ink().cssClass());
    xml.writeAttribute("fill", "currentColor");
    xml.writeAttribute("x", number(box.x()));
    xml.writeAttribute("y", number(box.y()));
    xml.writeAttribute("width", number(box.width()));
    xml.writeAttribute("height", number(box.height()));
    if (box.opacity() < 1) {
      xml.writeAttribute("fill-opacity", number(box.opacity()));
    }
    endWithTip(box.tip());
  }

  private void write(Mark.Dot dot) throws XMLStreamException {
    xml.writeStartElement("circle");
    xml.writeAttribute("class", dot.ink().cssClass());
    xml.writeAttribute("fill", "currentColor");
    xml.writeAttribute("cx", number(dot.x()));
    xml.writeAttribute("cy", number(dot.y()));
    xml.writeAttribute("r", number(dot.radius()));
    endWithTip(dot.tip());
  }

  private void write(Mark.Text text) throws XMLStreamException {
    xml.writeStartElement("text");
    xml.writeAttribute("class", text.ink().cssClass());
    xml.writeAttribute("fill", "currentColor");
    xml.writeAttribute("x", number(text.x()));
    xml.writeAttribute("y", number(text.y()));
    xml.writeAttribute("font-size", number(text.size()));
    if (text.anchor() != Mark.Anchor.START) {
      xml.writeAttribute("text-anchor", text.anchor().name().toLowerCase(Locale.ROOT));
    }
    if (text.bold()) {
      xml.writeAttribute("font-weight", "600");
    }
    xml.writeCharacters(Quote.visible(text.text()));
    xml.writeEndElement();
  }

  private void endWithTip(String tip) throws XMLStreamException {
    if (!tip.isEmpty()) {
      xml.writeStartElement("title");
      xml.writeCharacters(Quote.visible(tip));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** A tenth of a pixel is enough, and keeps pages small. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
