package io.github.jvae.bench.image;

import io.github.jvae.bench.chart.PngWriter;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Images side by side in one picture, with gutters of 2 pixels between and around them.
 *
 * <p>Images come as tensors [N, C, H, W] of intensities in [0, 1], with one channel (gray) or three
 * (red, green, blue). Intensities beyond that range are clipped; a pixel that is not a number is
 * magenta, so that a broken model does not pass for a dark one. Small images are enlarged by a
 * whole factor, each pixel becoming a square, until their longer side has at least 64 pixels.
 */
public final class ImageGrid {
  private static final int GUTTER = 2;
  private static final int GUTTER_COLOUR = 0x808080;
  private static final int NOT_A_NUMBER = 0xff00ff;
  private static final int LEGIBLE = 64;

  /** Enough for a grid of 100 by 100 enlarged digits; more is a mistake, and a lot of memory. */
  private static final long MOST_PIXELS = 64L << 20;

  private static final int LETTERS = 16;

  private final List<HostTensor> rows;
  private final List<String> labels;
  private final int columns;
  private final int tileHeight;
  private final int tileWidth;
  private final int scale;

  private ImageGrid(List<HostTensor> rows, int columns) {
    this(rows, columns, List.of());
  }

  private ImageGrid(List<HostTensor> rows, int columns, List<String> labels) {
    Shape image = rows.get(0).shape().subShape(1, 4);
    this.rows = rows;
    this.labels = List.copyOf(labels);
    this.columns = columns;
    int longer = Math.max(image.dimension(1), image.dimension(2));
    this.scale = (LEGIBLE + longer - 1) / longer;
    // Sizes that do not fit an int are refused with the picture's size, below.
    long height = (long) rows.size() * ((long) image.dimension(1) * scale + GUTTER) + GUTTER;
    long width = (long) columns * ((long) image.dimension(2) * scale + GUTTER) + GUTTER;
    if (height > MOST_PIXELS || width > MOST_PIXELS || height * width > MOST_PIXELS) {
      throw new VaeException("a grid of "
          + rows.size()
          + " rows and "
          + columns
          + " columns of images "
          + image
          + " would have "
          + width
          + " x "
          + height
          + " pixels; show fewer images");
    }
    this.tileHeight = image.dimension(1) * scale;
    this.tileWidth = image.dimension(2) * scale;
  }

  /**
   * Images in reading order, in as many columns as make the grid about square.
   *
   * @param images [N, C, H, W], C = 1 or 3
   * @throws VaeException if the shape is another, or the picture would be too large
   */
  public static ImageGrid of(HostTensor images) {
    requireImages(images);
    return of(images, (int) Math.ceil(Math.sqrt(images.shape().dimension(0))));
  }

  /**
   * Images in reading order; tiles left over in the last row have the colour of the gutters.
   *
   * @param images [N, C, H, W], C = 1 or 3
   * @param columns the images per row, at least 1
   * @throws VaeException if the shape is another, there are no columns, or the picture would be too
   *     large
   */
  public static ImageGrid of(HostTensor images, int columns) {
    requireImages(images);
    if (columns < 1) {
      throw new VaeException(
          "an image grid needs at least one column, but " + columns + " are asked for; ask for 1");
    }
    int count = images.shape().dimension(0);
    int used = Math.min(columns, count);
    int rowCount = (count + used - 1) / used;
    HostTensor[] rows = new HostTensor[rowCount];
    for (int i = 0; i < rowCount; i++) {
      rows[i] = images.rows(i * used, Math.min(count, (i + 1) * used));
    }
    return new ImageGrid(List.of(rows), used);
  }

  /**
   * One row of the grid per tensor, such as the steps of an interpolation.
   *
   * @param rows each [N, C, H, W]; the images are of one size, N may differ
   * @throws VaeException if there are no rows, a shape is no images', the images are of several
   *     sizes, or the picture would be too large
   */
  public static ImageGrid ofRows(List<HostTensor> rows) {
    if (rows.isEmpty()) {
      throw new VaeException("an image grid needs at least one row; give it some images");
    }
    rows.forEach(ImageGrid::requireImages);
    Shape first = rows.get(0).shape().subShape(1, 4);
    int columns = 0;
    for (HostTensor row : rows) {
      Shape image = row.shape().subShape(1, 4);
      if (!image.equals(first)) {
        throw new VaeException("an image grid holds images of one shape, but " + first + " and "
            + image + " are given; make a grid of each");
      }
      columns = Math.max(columns, row.shape().dimension(0));
    }
    return new ImageGrid(List.copyOf(rows), columns);
  }

  /**
   * A row of inputs over the row of their reconstructions, and so on until all are shown.
   *
   * @param inputs [N, C, H, W]
   * @param outputs of the same shape
   * @param columns the pairs per row, at least 1
   * @throws VaeException if the shapes differ or are no images', there are no columns, or the
   *     picture would be too large
   */
  public static ImageGrid ofPairs(HostTensor inputs, HostTensor outputs, int columns) {
    if (!inputs.shape().equals(outputs.shape())) {
      throw new VaeException("inputs " + inputs.shape() + " and reconstructions " + outputs.shape()
          + " differ in shape; give one reconstruction per input");
    }
    List<HostTensor> above = of(inputs, columns).rows;
    List<HostTensor> below = of(outputs, columns).rows;
    HostTensor[] rows = new HostTensor[2 * above.size()];
    Arrays.setAll(rows, i -> (i % 2 == 0 ? above : below).get(i / 2));
    return ofRows(List.of(rows));
  }

  /** The same grid with words on the left of each row. */
  public ImageGrid labelled(List<String> words) {
    return new ImageGrid(rows, columns, words);
  }

  /**
   * The picture.
   *
   * @throws VaeException if this Java has no fonts to write labels with
   */
  public BufferedImage toImage() {
    BufferedImage grid = tiles();
    return labels.isEmpty() ? grid : PngWriter.withFonts(() -> beside(grid));
  }

  /** Returns the picture with the labels on its left, each in the middle of its row. */
  private BufferedImage beside(BufferedImage grid) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, LETTERS);
    FontRenderContext context = new FontRenderContext(null, true, true);
    int margin = 2 * LETTERS
        + (int) labels.stream()
            .mapToDouble(label -> font.getStringBounds(label, context).getWidth())
            .max()
            .orElse(0);
    BufferedImage picture =
        new BufferedImage(margin + grid.getWidth(), grid.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, margin, picture.getHeight());
    graphics.drawImage(grid, margin, 0, null);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.BLACK);
    graphics.setFont(font);
    for (int row = 0; row < labels.size(); row++) {
      int middle = GUTTER + row * (tileHeight + GUTTER) + tileHeight / 2;
      graphics.drawString(labels.get(row), LETTERS, middle + LETTERS / 3);
    }
    graphics.dispose();
    return picture;
  }

  private BufferedImage tiles() {
    BufferedImage picture = new BufferedImage(
        columns * (tileWidth + GUTTER) + GUTTER,
        rows.size() * (tileHeight + GUTTER) + GUTTER,
        BufferedImage.TYPE_INT_RGB);
    int[] background = new int[picture.getWidth()];
    Arrays.fill(background, GUTTER_COLOUR);
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.setRGB(0, y, background.length, 1, background, 0, background.length);
    }
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).shape().dimension(0); column++) {
        draw(picture, rows.get(row), row, column);
      }
    }
    return picture;
  }

  /**
   * Writes the picture as a PNG file, atomically.
   *
   * @throws VaeException if the file cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, png(toImage()));
  }

  private void draw(BufferedImage picture, HostTensor images, int row, int column) {
    int left = GUTTER + column * (tileWidth + GUTTER);
    int top = GUTTER + row * (tileHeight + GUTTER);
    int[] line = new int[tileWidth];
    for (int y = 0; y < tileHeight; y++) {
      for (int x = 0; x < tileWidth; x++) {
        line[x] = colour(images, column, y / scale, x / scale);
      }
      picture.setRGB(left, top + y, tileWidth, 1, line, 0, tileWidth);
    }
  }

  private static int colour(HostTensor images, int image, int y, int x) {
    Shape shape = images.shape();
    int channels = shape.dimension(1);
    int plane = shape.dimension(2) * shape.dimension(3);
    int first = image * channels * plane + y * shape.dimension(3) + x;
    int colour = 0;
    for (int i = 0; i < 3; i++) {
      float intensity = images.data()[first + (channels == 3 ? i * plane : 0)];
      if (Float.isNaN(intensity)) {
        return NOT_A_NUMBER;
      }
      colour = colour << 8 | Math.round(Math.min(1, Math.max(0, intensity)) * 255);
    }
    return colour;
  }

  /**
   * Returns a picture as the bytes of a PNG file.
   *
   * @throws VaeException if this Java cannot write such files
   */
  public static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not the stream itself: ImageIO would put a cache file into the system's temporary folder.
    try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(picture, "png", output)) {
        throw new VaeException(
            "this Java cannot write PNG files: it lacks the module java.desktop; use a full one");
      }
    } catch (IOException e) {
      throw new VaeException("cannot make a PNG picture: " + e.getMessage() + "; try again", e);
    }
    return bytes.toByteArray();
  }

  private static void requireImages(HostTensor images) {
    Shape shape = images.shape();
    if (shape.rank() != 4 || (shape.dimension(1) != 1 && shape.dimension(1) != 3)) {
      throw new VaeException(
          "an image grid shows images [count, channels, height, width] with 1 or 3 channels, but"
              + " the shape is "
              + shape
              + "; reshape it");
    }
  }
}
