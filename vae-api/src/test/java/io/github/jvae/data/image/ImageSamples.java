package io.github.jvae.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small images in each of the formats that are read. */
final class ImageSamples {
  /** 6 x 4 pixels without loss, and their bytes: red, green and blue of each pixel. */
  public static final byte[] WEBP = Base64.getDecoder()
      .decode("UklGRngAAABXRUJQVlA4TGwAAAAvBcAAAFAbyVYafrhF7mTEvxcYxbbV5tFRwA5k4KAKQE+zgIqSCMkqltRU"
          + "2071+wOoYXeMfwsR7nRgMlHhn1wyfP0P+hivwnKh5TKt/glbo7btDcKA86+wECvrw/j8bF/zne0dL0JICQEK"
          + "AAA=");

  public static final String WEBP_PIXELS =
      "c92e84ad005693009b7f0baf82147ccf064aa9006f5500b2361b7a4500c61e00ab4924840503d20813ea0401cc"
          + "0351d3161ded1d09c50017ec0011e4072ee4002eff0005ff0000ff";

  /** The same, followed by a second frame. */
  public static final byte[] ANIMATED_WEBP = Base64.getDecoder()
      .decode("UklGRjwBAABXRUJQVlA4WAoAAAACAAAABQAAAwAAQU5JTQYAAAD/////AABBTk1GhAAAAAAAAAAAAAUAAAMA"
          + "AGQAAAJWUDhMbAAAAC8FwAAAUBvJVhp+uEXuZMS/FxjFttXm0VHADmTgoApAT7OAipIIySqW1FTbTvX7A6hh"
          + "d4x/CxHudGAyUeGfXDJ8/Q/6GK/CcqHlMq3+CVujtu0NwoDzr7AQK+vD+PxsX/Od7R0vQkgJAQoAAEFOTUaE"
          + "AAAAAAAAAAAABQAAAwAAZAAAAFZQOExsAAAALwXAAABQG8lWGn64Re5kxL8XGMW21ebRUcAOZOCgCkBPs4CK"
          + "kgjJKpbUVNtO9fsDqGF3jH8LEe50YDJR4Z9cMnz9j44XIaSEAAUAEGJlfRifn+1rvrMdW6O27Q3CgPOvMH2M"
          + "V2G50HKZVv8E");

  /** 8 x 8 pixels with 20% cyan, 40% magenta, 60% yellow and 10% black, as Adobe writes them. */
  public static final byte[] CMYK_JPEG = Base64.getDecoder()
      .decode(
          "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
              + "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/9sAQwEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
              + "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/8AAFAgACAAIBAERAAIRAQMRAQQRAP/EABUAAQEA"
              + "AAAAAAAAAAAAAAAAAAkK/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAgJ/8QA"
              + "FBEBAAAAAAAAAAAAAAAAAAAAAP/aAA4EAQACEQMRBAAAPwA51EAPWUP/2Q==");

  private ImageSamples() {}

  /** An image of random pixels, the same ones every time. */
  public static BufferedImage noise(int type, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(1);
    int largest = 1 << image.getColorModel().getComponentSize(0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
          image.getRaster().setSample(x, y, band, random.nextInt(largest));
        }
      }
    }
    return image;
  }

  /** An image in a format, compressed in some way; {@code ""} for the usual one. */
  public static byte[] write(BufferedImage image, String format, String compression) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWriters(
            ImageTypeSpecifier.createFromRenderedImage(image), format)
        .next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (compression.equals("progressive")) {
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      } else if (!compression.isEmpty()) {
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionType(compression);
      }
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  public static byte[] write(BufferedImage image, String format) {
    return write(image, format, "");
  }

  /** Two images one after the other. */
  public static byte[] sequence(BufferedImage first, BufferedImage second, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      writer.writeToSequence(new IIOImage(first, null, null), null);
      writer.writeToSequence(new IIOImage(second, null, null), null);
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** One image of each kind that is read in some way of its own, by a name. */
  public static Map<String, byte[]> all() {
    BufferedImage rgb = noise(BufferedImage.TYPE_3BYTE_BGR, 12, 9);
    BufferedImage alpha = noise(BufferedImage.TYPE_4BYTE_ABGR, 12, 9);
    BufferedImage gray = noise(BufferedImage.TYPE_BYTE_GRAY, 12, 9);
    BufferedImage deep = noise(BufferedImage.TYPE_USHORT_GRAY, 12, 9);
    BufferedImage palette = noise(BufferedImage.TYPE_BYTE_INDEXED, 12, 9);
    BufferedImage binary = noise(BufferedImage.TYPE_BYTE_BINARY, 12, 9);
    Map<String, byte[]> samples = new LinkedHashMap<>();
    samples.put("RGB.png", write(rgb, "png"));
    samples.put("RGBA.png", write(alpha, "png"));
    samples.put("deep.png", write(deep, "png"));
    samples.put("palette.png", write(palette, "png"));
    samples.put("RGB.jpg", write(rgb, "jpg"));
    samples.put("gray.jpg", write(gray, "jpg"));
    samples.put("progressive.jpg", write(rgb, "jpg", "progressive"));
    samples.put("turned.jpg", withExif(write(rgb, "jpg"), 6, ByteOrder.BIG_ENDIAN));
    samples.put("CMYK.jpg", CMYK_JPEG);
    samples.put("RGB.bmp", write(rgb, "bmp"));
    samples.put("palette.bmp", write(palette, "bmp"));
    samples.put("RLE.bmp", write(palette, "bmp", "BI_RLE8"));
    samples.put("palette.gif", write(palette, "gif"));
    samples.put("frames.gif", sequence(palette, palette, "gif"));
    samples.put("RGB.tif", write(rgb, "tif"));
    samples.put("LZW.tif", write(rgb, "tif", "LZW"));
    samples.put("deflate.tif", write(alpha, "tif", "Deflate"));
    samples.put("JPEG.tif", write(rgb, "tif", "JPEG"));
    samples.put("fax.tif", write(binary, "tif", "CCITT T.6"));
    samples.put("pages.tif", sequence(rgb, rgb, "tif"));
    samples.put("lossless.webp", WEBP);
    samples.put("animated.webp", ANIMATED_WEBP);
    return samples;
  }

  /** A JPEG file with an orientation in its EXIF data. */
  public static byte[] withExif(byte[] jpeg, int orientation, ByteOrder order) {
    byte[] tiff = orientationTags(orientation, order);
    ByteBuffer segment = ByteBuffer.allocate(10 + tiff.length)
        .putShort((short) 0xFFE1)
        .putShort((short) (8 + tiff.length))
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
        .put(tiff);
    return insert(jpeg, 2, segment.array());
  }

  /** A PNG file with a chunk before its data. */
  public static byte[] withChunk(byte[] png, String type, byte[] data) {
    int afterHeader = 8 + 12 + 13;
    return insert(png, afterHeader, chunk(type, data));
  }

  public static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) sum.getValue())
        .array();
  }

  /** A WebP file with EXIF data behind its image. */
  public static byte[] withExifChunk(byte[] webp, byte[] data) {
    ByteBuffer result = ByteBuffer.allocate(webp.length + 8 + data.length + data.length % 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(webp)
        .put("EXIF".getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data);
    return result.putInt(4, result.capacity() - 8).array();
  }

  /** TIFF tags that tell nothing but an orientation. */
  public static byte[] orientationTags(int orientation, ByteOrder order) {
    return ByteBuffer.allocate(26)
        .put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII))
        .order(order)
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 274)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  private static byte[] insert(byte[] into, int at, byte[] what) {
    byte[] result = Arrays.copyOf(into, into.length + what.length);
    System.arraycopy(what, 0, result, at, what.length);
    System.arraycopy(into, at, result, at + what.length, into.length - at);
    return result;
  }
}
