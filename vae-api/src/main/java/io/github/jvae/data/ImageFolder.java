package io.github.jvae.data;

import io.github.jvae.error.FileFault;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads a folder of PNG and JPEG files, with its sub-folders, in the order of their paths.
 *
 * <ul>
 *   <li>Sub-folders {@code train} and {@code test}, if both are there, are the two parts; else
 *       every 10th image is set aside for testing.
 *   <li>If every image lies in a sub-folder, the topmost one names its class.
 *   <li>If one image has colour, all get three channels; else all have one.
 *   <li>Files of other kinds, and hidden ones, are passed over.
 * </ul>
 */
final class ImageFolder {
  private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".jpeg");

  private ImageFolder() {}

  /**
   * Reads a folder.
   *
   * @throws VaeException if there is no image, one cannot be read, or their sizes differ
   */
  static ImageData open(Path folder, String name) {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (!Files.isDirectory(train) || !Files.isDirectory(test)) {
      List<Path> files = list(folder);
      return ImageData.split(
          label(decode(files, name), folder, files, classNames(folder, files)), folder.toString());
    }
    List<Path> trainFiles = list(train);
    List<Path> testFiles = list(test);
    // Decoded together, as both parts must agree in size and in colour.
    Dataset all = decode(Stream.concat(trainFiles.stream(), testFiles.stream()).toList(), name);
    TreeSet<String> classes = new TreeSet<>(classNames(train, trainFiles));
    classes.addAll(classNames(test, testFiles));
    List<String> classNames = List.copyOf(classes);
    int split = trainFiles.size();
    return new ImageData(
        name,
        label(all.slice(0, split), train, trainFiles, classNames),
        label(all.slice(split, all.size()), test, testFiles, classNames),
        folder.toString());
  }

  private static List<Path> list(Path folder) {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files = all.filter(ImageFolder::isImage)
          .sorted(Comparator.comparing(file -> relative(folder, file)))
          .toList();
    } catch (UncheckedIOException e) {
      throw FileFault.unreadable(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw FileFault.unreadable(folder, e);
    }
    if (files.isEmpty()) {
      throw FileFault.of(
          folder,
          "holds no images",
          "give a folder of .png or .jpg files, of IDX files (*-images-idx3-ubyte[.gz]) or of"
              + " CIFAR-10 batches (data_batch_1.bin …)");
    }
    return files;
  }

  private static boolean isImage(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && SUFFIXES.stream().anyMatch(name::endsWith)
        && Files.isRegularFile(file);
  }

  /** The path below a folder, with slashes on every platform, so that the order is the same too. */
  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static Dataset decode(List<Path> files, String name) {
    List<ImageFile> images = new ArrayList<>();
    boolean colour = false;
    for (Path file : files) {
      ImageFile image = ImageFile.read(file);
      if (images.isEmpty()) {
        FileChecks.requireHeap(file.resolveSibling(""), (long) files.size() * image.bytes.length);
      }
      checkSize(images.isEmpty() ? image : images.get(0), image);
      colour |= image.channels == 3;
      images.add(image);
    }
    Shape shape = Shape.of(colour ? 3 : 1, images.get(0).height, images.get(0).width);
    List<Pixels.Block> blocks = new ArrayList<>();
    for (ImageFile image : images) {
      byte[] bytes = image.bytes.length == shape.size() ? image.bytes : repeat(image.bytes);
      blocks.add(new Pixels.Block(ByteBuffer.wrap(bytes), 0, bytes.length, 1));
    }
    return Dataset.of(name, shape, new Pixels(shape.size(), blocks));
  }

  /** A gray image in three equal channels. */
  private static byte[] repeat(byte[] gray) {
    byte[] colour = Arrays.copyOf(gray, 3 * gray.length);
    System.arraycopy(gray, 0, colour, gray.length, gray.length);
    System.arraycopy(gray, 0, colour, 2 * gray.length, gray.length);
    return colour;
  }

  private static void checkSize(ImageFile first, ImageFile image) {
    if (image.height != first.height || image.width != first.width) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "%s is %dx%d pixels but %s is %dx%d; all images must have one size, so scale or crop"
              + " them",
          first.path,
          first.width,
          first.height,
          image.path,
          image.width,
          image.height));
    }
  }

  /** The classes, in alphabetical order; none if an image lies in no sub-folder. */
  private static List<String> classNames(Path folder, List<Path> files) {
    if (files.stream().anyMatch(file -> folder.relativize(file).getNameCount() < 2)) {
      return List.of();
    }
    return List.copyOf(
        new TreeSet<>(files.stream().map(f -> className(folder, f)).toList()));
  }

  private static String className(Path folder, Path file) {
    return folder.relativize(file).getName(0).toString();
  }

  private static Dataset label(
      Dataset images, Path folder, List<Path> files, List<String> classNames) {
    boolean all = files.stream().allMatch(f -> classNames.contains(className(folder, f)));
    if (classNames.isEmpty() || !all) {
      return images;
    }
    int[] labels =
        files.stream().mapToInt(f -> classNames.indexOf(className(folder, f))).toArray();
    return images.withLabels(labels, classNames);
  }
}
