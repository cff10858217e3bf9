package io.github.jvae.data.source;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Factors;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.Shape;
import java.util.List;

/**
 * A generated data set that needs no file: one filled, coloured shape per image, 3×32×32, with
 * known factors.
 *
 * <table>
 * <caption>Factors, all independent and uniform</caption>
 * <tr><th>name</th><th>values</th></tr>
 * <tr><td>{@code shape}</td><td>0 circle, 1 square, 2 triangle, 3 star; also the label</td></tr>
 * <tr><td>{@code x}, {@code y}</td><td>the centre, 10.5 to 21.5 pixels from the left and the top</td></tr>
 * <tr><td>{@code size}</td><td>4 to 8 pixels; shapes of one size cover about the same area</td></tr>
 * <tr><td>{@code rotation}</td><td>radians, clockwise, from 0 to where the shape looks the same again:
 *     a quarter of a turn for a square, a third for a triangle, a fifth for a star; 0 for a
 *     circle</td></tr>
 * <tr><td>{@code hue}</td><td>0 to 1, once round the colours: red, green, blue, red</td></tr>
 * </table>
 *
 * <p>Drawn with plain arithmetic and {@link StrictMath} alone, so that a seed makes the same bytes
 * on every platform.
 */
public final class Shapes {
  /** The shapes, in the order of their labels. */
  public static final List<String> CLASS_NAMES = List.of("circle", "square", "triangle", "star");

  /** The factors, in the order of a row. */
  public static final List<String> FACTOR_NAMES =
      List.of("shape", "x", "y", "size", "rotation", "hue");

  /** The shape of an image. */
  public static final Shape IMAGE_SHAPE = Shape.of(3, 32, 32);

  static final String NAME = "shapes";

  private static final long STANDARD_SEED = 1;
  private static final int STANDARD_TRAIN = 10_000;
  private static final int STANDARD_TEST = 2_000;
  private static final int SIDE = 32;
  private static final double SATURATION = 0.72;
  private static final double BRIGHTNESS = 0.96;

  /** The background at the top and at the bottom: red, green, blue. */
  private static final double[][] BACKGROUND = {{0.07, 0.08, 0.13}, {0.16, 0.18, 0.26}};

  /** Sides of each shape; a circle has none. */
  private static final int[] SIDES = {0, 4, 3, 5};

  /** Distance of the sides from the centre, for a size of 1; a circle's is its radius. */
  private static final double[] INNER_RADIUS = {1, 0.886, 0.777, 0.44};

  private Shapes() {}

  /** The data set named {@code shapes}: 10,000 images to train on and 2,000 to test on. */
  public static DataParts standard() {
    return generate(STANDARD_SEED, STANDARD_TRAIN, STANDARD_TEST);
  }

  /**
   * Images of a seed. Image {@code i} does not depend on how many there are.
   *
   * @throws VaeException if a count is below 1, or too many for one array
   */
  public static DataParts generate(long seed, int trainImages, int testImages) {
    RandomStream root = RandomStream.of(seed).child(NAME);
    return new DataParts(
        NAME,
        generate(root.child("train"), trainImages),
        generate(root.child("test"), testImages),
        "generated from seed " + seed);
  }

  private static ImageExamples generate(RandomStream stream, int count) {
    int imageSize = IMAGE_SHAPE.size();
    if (count < 1 || count > Integer.MAX_VALUE / imageSize) {
      throw new DataException(
          "cannot generate " + count + " shapes; choose 1 to " + Integer.MAX_VALUE / imageSize);
    }
    byte[] pixels = new byte[count * imageSize];
    double[] factors = new double[count * FACTOR_NAMES.size()];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      double[] row = factors(stream.child(i));
      System.arraycopy(row, 0, factors, i * row.length, row.length);
      labels[i] = (int) row[0];
      draw(row, pixels, i * imageSize);
    }
    return ImageExamples.of(NAME, IMAGE_SHAPE, pixels)
        .withLabels(labels, CLASS_NAMES)
        .withFactors(Factors.of(FACTOR_NAMES, factors));
  }

  private static double[] factors(RandomStream random) {
    int shape = random.nextInt(CLASS_NAMES.size());
    double x = 10.5 + 11 * random.nextDouble();
    double y = 10.5 + 11 * random.nextDouble();
    double size = 4 + 4 * random.nextDouble();
    double turn = random.nextDouble();
    double rotation = SIDES[shape] == 0 ? 0 : turn * 2 * Math.PI / SIDES[shape];
    return new double[] {shape, x, y, size, rotation, random.nextDouble()};
  }

  private static void draw(double[] factors, byte[] pixels, int offset) {
    int shape = (int) factors[0];
    double size = factors[3];
    double[] normals = normals(SIDES[shape], factors[4]);
    double[] colour = colour(factors[5]);
    for (int row = 0; row < SIDE; row++) {
      double down = (row + 0.5) / SIDE;
      for (int column = 0; column < SIDE; column++) {
        double dx = column + 0.5 - factors[1];
        double dy = row + 0.5 - factors[2];
        double distance = distance(dx, dy, normals) - size * INNER_RADIUS[shape];
        // The part of a pixel that an edge at this distance covers, near enough.
        double cover = Math.min(1, Math.max(0, 0.5 - distance));
        for (int channel = 0; channel < 3; channel++) {
          double top = BACKGROUND[0][channel];
          double behind = top + (BACKGROUND[1][channel] - top) * down;
          double value = behind + (colour[channel] - behind) * cover;
          int position = offset + (channel * SIDE + row) * SIDE + column;
          pixels[position] = (byte) (value * 255 + 0.5);
        }
      }
    }
  }

  /** The directions, x and y in turn, in which the sides of a shape lie. */
  private static double[] normals(int sides, double rotation) {
    double[] normals = new double[2 * sides];
    for (int i = 0; i < sides; i++) {
      double angle = rotation + 2 * Math.PI * i / sides;
      // A side below the centre comes first, so that an unturned triangle or star points up.
      normals[2 * i] = -StrictMath.sin(angle);
      normals[2 * i + 1] = StrictMath.cos(angle);
    }
    return normals;
  }

  /**
   * How far out a point lies: for a circle, from the centre; for a polygon, along the side it is
   * farthest beyond. A five-pointed star is what lies beyond one of its five lines at most, so
   * there the second farthest counts.
   */
  private static double distance(double dx, double dy, double[] normals) {
    if (normals.length == 0) {
      return Math.sqrt(dx * dx + dy * dy);
    }
    double farthest = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < normals.length; i += 2) {
      double along = dx * normals[i] + dy * normals[i + 1];
      second = Math.max(second, Math.min(along, farthest));
      farthest = Math.max(farthest, along);
    }
    return normals.length == 10 ? second : farthest;
  }

  /** Red, green and blue of a hue, as in the HSV model. */
  private static double[] colour(double hue) {
    double[] colour = new double[3];
    for (int channel = 0; channel < 3; channel++) {
      double phase = (hue * 6 + 5 - 2 * channel + 6) % 6;
      double share = Math.max(0, Math.min(1, Math.min(phase, 4 - phase)));
      colour[channel] = BRIGHTNESS * (1 - SATURATION * share);
    }
    return colour;
  }
}
