package io.github.jvae.data.image;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Pixels;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a folder of image files, with its sub-folders, in the order of their paths.
 *
 * <ul>
 *   <li>Sub-folders {@code train} and {@code test}, if both are there, are the parts, with one of
 *       {@code validation}, {@code valid} and {@code val} where there is one; else every 10th image
 *       is set aside for testing.
 *   <li>If every image lies in a sub-folder, the topmost one names its class.
 *   <li>If one image has colour, all get three channels; else all have one.
 *   <li>Files of other kinds, and hidden ones, are passed over, and counted in a note.
 *   <li>Images of different sizes are cropped or scaled as {@link Framing} says.
 * </ul>
 */
final class ImageFolder {
  /** What an image takes on the heap besides its pixels, in bytes. */
  private static final int BESIDES = 300;

  private static final List<String> VALIDATION_NAMES = List.of("validation", "valid", "val");

  private final Path folder;
  private final String name;
  private final Framing framing;
  private final ImageNotes notes;

  private ImageFolder(Path folder, String name, Framing framing) {
    this.folder = folder;
    this.name = name;
    this.framing = framing;
    this.notes = new ImageNotes(folder);
  }

  /**
   * Reads a folder.
   *
   * @param framing what is made of each image
   * @throws VaeException if there is no image, one cannot be read, or their sizes differ
   */
  static DataParts open(Path folder, String name, Framing framing) {
    return new ImageFolder(folder, name, framing).open();
  }

  private DataParts open() {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (Files.isDirectory(train) && Files.isDirectory(test)) {
      return openParts(train, test);
    }
    ImageListing listing = ImageListing.of(folder);
    List<Path> files = listing.images();
    List<String> classes = classNames(folder, files);
    ImageExamples all = label(decode(files), folder, files, classes);
    if (!classes.isEmpty()) {
      noteSingles(files);
    }
    return DataParts.split(all, folder.toString()).withNotes(notes.lines(listing.passedOver()));
  }

  private DataParts openParts(Path train, Path test) {
    Optional<Path> validation = VALIDATION_NAMES.stream()
        .map(folder::resolve)
        .filter(Files::isDirectory)
        .findFirst();
    List<Path> folders = new ArrayList<>(List.of(train, test));
    validation.ifPresent(folders::add);
    List<ImageListing> listings = folders.stream().map(ImageListing::of).toList();
    // Decoded together, as all parts must agree in size and in colour.
    ImageExamples all =
        decode(listings.stream().flatMap(listing -> listing.images().stream()).toList());
    TreeSet<String> classes = new TreeSet<>();
    List<Path> passedOver =
        new ArrayList<>(ImageListing.besides(folder, folders.toArray(Path[]::new)));
    for (int i = 0; i < folders.size(); i++) {
      classes.addAll(classNames(folders.get(i), listings.get(i).images()));
      passedOver.addAll(listings.get(i).passedOver());
    }
    List<ImageExamples> parts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < folders.size(); i++) {
      List<Path> files = listings.get(i).images();
      parts.add(label(
          all.slice(begin, begin + files.size()), folders.get(i), files, List.copyOf(classes)));
      begin += files.size();
    }
    return new DataParts(
        name,
        parts.get(0),
        parts.size() > 2 ? Optional.of(parts.get(2)) : Optional.empty(),
        parts.get(1),
        folder.toString(),
        notes.lines(passedOver));
  }

  private ImageExamples decode(List<Path> files) {
    List<byte[]> pixels = new ArrayList<>();
    ImageFile first = framing.fit(ImageFile.read(files.get(0)));
    boolean colour = false;
    for (Path file : files) {
      ImageFile image = pixels.isEmpty() ? first : framing.fit(ImageFile.read(file));
      checkSize(first, image);
      if (pixels.isEmpty() || (!colour && image.channels == 3)) {
        requireHeap(files.size(), image.bytes.length);
      }
      colour |= image.channels == 3;
      pixels.add(image.bytes);
      notes.add(image);
    }
    Shape shape = Shape.of(colour ? 3 : 1, first.height, first.width);
    List<Pixels.Block> blocks = new ArrayList<>();
    for (byte[] stored : pixels) {
      byte[] bytes = stored.length == shape.size() ? stored : repeat(stored);
      blocks.add(new Pixels.Block(ByteBuffer.wrap(bytes), 0, bytes.length, 1));
    }
    return ImageExamples.of(name, shape, Pixels.of(shape.size(), blocks));
  }

  private void requireHeap(int images, int imageSize) {
    FileChecks.requireHeap(folder, (long) images * (imageSize + BESIDES));
  }

  /** A gray image in three equal channels. */
  private static byte[] repeat(byte[] gray) {
    byte[] colour = Arrays.copyOf(gray, 3 * gray.length);
    System.arraycopy(gray, 0, colour, gray.length, gray.length);
    System.arraycopy(gray, 0, colour, 2 * gray.length, gray.length);
    return colour;
  }

  private static void checkSize(ImageFile first, ImageFile image) {
    if (!image.size().equals(first.size())) {
      throw new DataException(String.format(
          Locale.ROOT,
          "%s is %s pixels but %s is %s; all images must have one size, so scale them with"
              + " --resize WxH, such as --resize 64x64",
          Quote.path(first.path),
          first.size(),
          Quote.path(image.path),
          image.size()));
    }
  }

  /** The classes, in alphabetical order; none if an image lies in no sub-folder. */
  private List<String> classNames(Path part, List<Path> files) {
    long beside =
        files.stream().filter(file -> part.relativize(file).getNameCount() < 2).count();
    if (beside > 0 && beside < files.size()) {
      notes.add(part + ": no classes, as only some images lie in sub-folders");
    }
    return beside > 0
        ? List.of()
        : List.copyOf(new TreeSet<>(files.stream().map(f -> className(part, f)).toList()));
  }

  private void noteSingles(List<Path> files) {
    TreeMap<String, Long> counts = new TreeMap<>(files.stream()
        .collect(Collectors.groupingBy(file -> className(folder, file), Collectors.counting())));
    counts.values().removeIf(count -> count > 1);
    if (!counts.isEmpty()) {
      notes.add(folder + ": classes of a single image, which only one part has: "
          + Quote.list(counts.keySet()));
    }
  }

  private static String className(Path folder, Path file) {
    return folder.relativize(file).getName(0).toString();
  }

  private static ImageExamples label(
      ImageExamples images, Path folder, List<Path> files, List<String> classNames) {
    Map<String, Integer> numbers = new HashMap<>();
    classNames.forEach(className -> numbers.put(className, numbers.size()));
    int[] labels = files.stream()
        .mapToInt(f -> numbers.getOrDefault(className(folder, f), -1))
        .toArray();
    boolean all = Arrays.stream(labels).allMatch(label -> label >= 0);
    return classNames.isEmpty() || !all ? images : images.withLabels(labels, classNames);
  }
}
