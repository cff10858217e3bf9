package io.github.jvae.data.image;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files below a folder, in the order of their paths.
 *
 * @param images those that are images by their names
 * @param passedOver the others: hidden, in a hidden folder, or of another ending
 */
record ImageListing(List<Path> images, List<Path> passedOver) {
  private static final List<String> SUFFIXES =
      List.of(".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".gif", ".tif", ".tiff", ".webp");

  /** What macOS, Windows, Linux and a common file server keep beside a user's files. */
  private static final Set<String> SYSTEMS_OWN = Set.of(
      "__MACOSX",
      "Thumbs.db",
      "desktop.ini",
      "$RECYCLE.BIN",
      "System Volume Information",
      "lost+found",
      "@eaDir");

  private static final int MOST_KINDS = 5;

  /**
   * Lists a folder.
   *
   * @throws VaeException if it cannot be listed, or holds no image
   */
  static ImageListing of(Path folder) {
    List<Path> files = below(folder);
    List<Path> images = files.stream().filter(file -> isImage(folder, file)).toList();
    List<Path> others = files.stream().filter(file -> !isImage(folder, file)).toList();
    if (images.isEmpty()) {
      throw FileFault.of(
          folder,
          "holds no images" + (others.isEmpty() ? "" : ", but " + kinds(folder, others)),
          "give " + new ImageFolderFormat().description() + ", or data of another format");
    }
    return new ImageListing(images, others);
  }

  /** The files of a folder that lie in none of these sub-folders. */
  static List<Path> besides(Path folder, Path... subFolders) {
    return below(folder).stream()
        .filter(file -> Stream.of(subFolders).noneMatch(file::startsWith))
        .toList();
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(file -> !Files.isDirectory(file))
          .sorted(Comparator.comparing(file -> relative(folder, file)))
          .toList();
    } catch (UncheckedIOException e) {
      throw FileFault.unreadable(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw FileFault.unreadable(folder, e);
    }
  }

  private static boolean isImage(Path folder, Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return !isHidden(folder, file)
        && SUFFIXES.stream().anyMatch(name::endsWith)
        && Files.isRegularFile(file);
  }

  /** A hidden folder, too, holds copies and thumbnails that some program keeps for itself. */
  private static boolean isHidden(Path folder, Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".") || SYSTEMS_OWN.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  /** The path below a folder, with slashes on every platform, so that the order is the same too. */
  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Files counted by their endings, the most frequent first, such as {@code 12 of '.heic'}. */
  static String kinds(Path folder, List<Path> files) {
    TreeMap<String, Long> counts = new TreeMap<>(files.stream()
        .collect(Collectors.groupingBy(file -> kind(folder, file), Collectors.counting())));
    String most = counts.entrySet().stream()
        .sorted(Comparator.comparing(kind -> -kind.getValue()))
        .limit(MOST_KINDS)
        .map(kind -> kind.getValue() + " " + kind.getKey())
        .collect(Collectors.joining(", "));
    return counts.size() > MOST_KINDS ? most + " and others" : most;
  }

  private static String kind(Path folder, Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    if (isHidden(folder, file)) {
      return "hidden";
    }
    return dot < 0 ? "without an ending" : "of " + Quote.of(name.substring(dot));
  }
}
