package io.github.jvae.data.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what happens to the images of a folder that their owner may want to know. */
final class ImageNotes {
  private final Path folder;
  private final Map<ImageNote, Integer> counts = new EnumMap<>(ImageNote.class);
  private final Map<ImageNote, Path> examples = new EnumMap<>(ImageNote.class);
  private final List<String> others = new ArrayList<>();
  private int images;

  ImageNotes(Path folder) {
    this.folder = folder;
  }

  /** Adds an image. */
  void add(ImageFile image) {
    images++;
    for (ImageNote note : image.notes) {
      counts.merge(note, 1, Integer::sum);
      examples.putIfAbsent(note, image.path);
    }
  }

  /** Adds a line of another kind. */
  void add(String line) {
    others.add(line);
  }

  /**
   * A line for each kind.
   *
   * @param passedOver the files that are not read
   */
  List<String> lines(List<Path> passedOver) {
    List<String> lines = new ArrayList<>();
    counts.forEach(
        (note, count) -> lines.add(folder + ": " + note.line(count, images, example(note))));
    lines.addAll(others);
    if (!passedOver.isEmpty()) {
      lines.add(folder + ": passed over " + ImageListing.kinds(folder, passedOver) + " ("
          + folder.relativize(passedOver.get(0)) + ")");
    }
    return List.copyOf(lines);
  }

  private String example(ImageNote note) {
    Path file = examples.get(note);
    return file == null ? "" : folder.relativize(file).toString();
  }
}
