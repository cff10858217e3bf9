package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Dash;
import io.github.jvae.error.VaeException;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes a chart as a picture: its title over the drawing, on white, two pixels of the picture for
 * each of the drawing so that it is sharp on every screen.
 */
public final class PngWriter {
  private static final int SCALE = 2;
  private static final int MARGIN = 20;
  private static final int TITLE = 34;
  private static final float TITLE_LETTERS = 16;

  static {
    // Else Java looks for a screen, and fails where one is announced that is not there.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private PngWriter() {}

  /**
   * A chart as a PNG file.
   *
   * @param width of the drawing
   * @throws VaeException if this Java has no fonts to write with
   */
  public static byte[] png(Chart chart, int width) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(draw(chart, width), "png", output);
    } catch (IOException e) {
      throw new VaeException("cannot make a picture of the chart " + chart.title(), e);
    }
    return bytes.toByteArray();
  }

  /**
   * Draws a chart.
   *
   * @param width of the drawing
   * @throws VaeException if this Java has no fonts to write with
   */
  public static BufferedImage draw(Chart chart, int width) {
    return withFonts(() -> drawWithFonts(chart, width));
  }

  /**
   * Draws something with words in it.
   *
   * @throws VaeException if this Java has no fonts to write with
   */
  public static BufferedImage withFonts(Supplier<BufferedImage> drawn) {
    try {
      return drawn.get();
    } catch (InternalError | LinkageError e) {
      // What Java throws where it finds no fonts: one the first time, the other from then on.
      throw new VaeException(
          "words cannot be drawn in pictures, because Java finds no fonts here (" + e
              + "); install fontconfig and a font such as fonts-dejavu-core",
          e);
    }
  }

  private static BufferedImage drawWithFonts(Chart chart, int width) {
    Drawing drawing = chart.draw(width);
    BufferedImage picture = new BufferedImage(
        SCALE * (drawing.width() + 2 * MARGIN),
        SCALE * (drawing.height() + 2 * MARGIN + TITLE),
        BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    graphics.translate(MARGIN, MARGIN);
    Font font = new Font(Font.SANS_SERIF, Font.BOLD, 1).deriveFont(TITLE_LETTERS);
    graphics.setFont(font);
    graphics.setColor(Ink.TEXT.colour());
    graphics.drawString(chart.title(), 0, TITLE_LETTERS);
    graphics.translate(0, TITLE);
    drawing.marks().forEach(mark -> draw(graphics, mark));
    graphics.dispose();
    return picture;
  }

  private static void draw(Graphics2D graphics, Mark mark) {
    if (mark instanceof Mark.Line line) {
      draw(graphics, line);
    } else if (mark instanceof Mark.Box box) {
      paint(graphics, box.ink(), box.opacity());
      graphics.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
    } else if (mark instanceof Mark.Dot dot) {
      paint(graphics, dot.ink(), 1);
      double radius = dot.radius();
      graphics.fill(
          new Ellipse2D.Double(dot.x() - radius, dot.y() - radius, 2 * radius, 2 * radius));
    } else if (mark instanceof Mark.Text text) {
      draw(graphics, text);
    }
  }

  private static void draw(Graphics2D graphics, Mark.Line line) {
    paint(graphics, line.ink(), line.opacity());
    float[] dash = line.dash() == Dash.DASHED ? new float[] {6, 4} : new float[] {1.5f, 3};
    graphics.setStroke(new BasicStroke(
        (float) line.width(),
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1,
        line.dash() == Dash.SOLID ? null : dash,
        0));
    List<Mark.Point> points = line.points();
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points.size(); i++) {
      if (i == 0) {
        path.moveTo(points.get(i).x(), points.get(i).y());
      } else {
        path.lineTo(points.get(i).x(), points.get(i).y());
      }
    }
    graphics.draw(path);
  }

  private static void draw(Graphics2D graphics, Mark.Text text) {
    paint(graphics, text.ink(), 1);
    graphics.setFont(new Font(Font.SANS_SERIF, text.bold() ? Font.BOLD : Font.PLAIN, 1)
        .deriveFont((float) text.size()));
    double wide = graphics
        .getFont()
        .getStringBounds(text.text(), graphics.getFontRenderContext())
        .getWidth();
    double shift = switch (text.anchor()) {
      case START -> 0;
      case MIDDLE -> wide / 2;
      case END -> wide;
    };
    graphics.drawString(text.text(), (float) (text.x() - shift), (float) text.y());
  }

  private static void paint(Graphics2D graphics, Ink ink, double opacity) {
    graphics.setColor(ink.colour());
    graphics.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
  }
}
