package io.github.jvae.data.array;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Part;
import io.github.jvae.data.Pixels;
import io.github.jvae.data.internal.Tar;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads the binary version of CIFAR-10: records of a label byte and 3 × 32 × 32 pixel bytes. Files
 * are mapped, so that they take no heap; an archive is unpacked into it.
 */
public final class CifarReader {
  public static final String FOLDER = "cifar-10-batches-bin";
  public static final String ARCHIVE = "cifar-10-binary.tar.gz";
  public static final String META = "batches.meta.txt";
  public static final String TEST_FILE = "test_batch.bin";
  public static final List<String> TRAIN_FILES = List.of(
      "data_batch_1.bin",
      "data_batch_2.bin",
      "data_batch_3.bin",
      "data_batch_4.bin",
      "data_batch_5.bin");

  private static final List<String> CLASS_NAMES = List.of(
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final Shape IMAGE_SHAPE = Shape.of(3, 32, 32);
  private static final int IMAGE = IMAGE_SHAPE.size();
  private static final int RECORD = 1 + IMAGE;

  /** Ten times the records of an official file; no archive member beyond it is unpacked. */
  private static final int MAX_FILE = 100_000 * RECORD;

  private static final int MAP_FROM = 1 << 24;
  private static final int MAX_META = 1 << 16;

  private CifarReader() {}

  /** The folder that holds the batches: this one, or the one of the official name in it. */
  public static Optional<Path> findFolder(Path folder) {
    return Stream.of(folder, folder.resolve(FOLDER))
        .filter(
            f -> Files.exists(f.resolve(TRAIN_FILES.get(0))) || Files.exists(f.resolve(TEST_FILE)))
        .findFirst();
  }

  /**
   * Reads a folder with all six batches.
   *
   * @throws VaeException if one is missing or not in order
   */
  public static DataParts openFolder(Path folder, String name) {
    List<String> classNames = CLASS_NAMES;
    Path meta = folder.resolve(META);
    if (Files.isRegularFile(meta)) {
      classNames = classNames(meta);
    }
    List<Part> train = new ArrayList<>();
    for (String file : TRAIN_FILES) {
      train.add(map(folder.resolve(file)));
    }
    List<Part> test = List.of(map(folder.resolve(TEST_FILE)));
    return new DataParts(
        name, join(train, name, classNames), join(test, name, classNames), folder.toString());
  }

  /** Reads a single batch, and sets every 10th image aside for testing. */
  static DataParts openFile(Path file, String name) {
    return DataParts.split(join(List.of(map(file)), name, CLASS_NAMES), file.toString());
  }

  /**
   * Reads the official archive, without writing any file.
   *
   * @throws VaeException if it is not in order, or does not fit into the heap
   */
  public static DataParts openArchive(Path archive, String name) {
    FileChecks.requireFile(archive);
    Map<String, Part> parts = new HashMap<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
      Tar tar = new Tar(in);
      while (tar.next()) {
        if (TRAIN_FILES.contains(tar.fileName()) || TEST_FILE.equals(tar.fileName())) {
          parts.put(tar.fileName(), read(archive, tar));
        }
      }
    } catch (IOException e) {
      throw FileFault.unreadable(archive, e);
    }
    if (parts.isEmpty()) {
      throw FileFault.of(
          archive, "is no archive of CIFAR-10 batches", "unpack it, and give what is in it");
    }
    List<Part> train =
        TRAIN_FILES.stream().map(file -> part(archive, parts, file)).toList();
    List<Part> test = List.of(part(archive, parts, TEST_FILE));
    return new DataParts(
        name, join(train, name, CLASS_NAMES), join(test, name, CLASS_NAMES), archive.toString());
  }

  private static Part part(Path archive, Map<String, Part> parts, String file) {
    Part part = parts.get(file);
    if (part == null) {
      throw FileFault.damaged(archive, "has no " + file + " in it");
    }
    return part;
  }

  private static Part read(Path archive, Tar tar) throws IOException {
    Path member = archive.resolve(tar.fileName());
    if (tar.size() > MAX_FILE) {
      throw FileFault.damaged(member, "claims " + tar.size() + " bytes, far beyond CIFAR-10");
    }
    long size = tar.size();
    FileChecks.requireHeap(archive, size * (TRAIN_FILES.size() + 1));
    byte[] bytes = tar.read(MAX_FILE);
    if (bytes.length < size) {
      throw FileFault.damaged(archive, "is cut short within " + Quote.bare(tar.fileName()));
    }
    return part(member, ByteBuffer.wrap(bytes));
  }

  private static Part map(Path file) {
    FileChecks.requireFile(file);
    long size = FileChecks.size(file);
    if (size > MAX_FILE) {
      throw FileFault.of(
          file, "has " + size + " bytes, far beyond a CIFAR-10 batch", "check which file this is");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      // Not a small one: a mapped file cannot be deleted on Windows while it is in use.
      return part(
          file,
          size < MAP_FROM
              ? ByteBuffer.wrap(Files.readAllBytes(file))
              : channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  private static Part part(Path file, ByteBuffer bytes) {
    int length = bytes.limit();
    if (length == 0 || length % RECORD != 0) {
      throw FileFault.damaged(
          file, "has " + length + " bytes, not a whole number of CIFAR-10 records of " + RECORD);
    }
    int[] labels = new int[length / RECORD];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes.get(i * RECORD) & 0xFF;
      if (labels[i] >= CLASS_NAMES.size()) {
        throw FileFault.damaged(
            file, "has label " + labels[i] + " at image " + i + ", but CIFAR-10 has 0 to 9");
      }
    }
    return new Part(new Pixels.Block(bytes, 1, RECORD, labels.length), labels);
  }

  private static ImageExamples join(List<Part> parts, String name, List<String> classNames) {
    List<Pixels.Block> blocks = parts.stream().map(part -> part.block).toList();
    int[] labels =
        parts.stream().flatMapToInt(part -> Arrays.stream(part.labels)).toArray();
    return ImageExamples.of(name, IMAGE_SHAPE, Pixels.of(IMAGE, blocks))
        .withLabels(labels, classNames);
  }

  private static List<String> classNames(Path file) {
    if (FileChecks.size(file) > MAX_META) {
      throw FileFault.damaged(file, "is too long for a list of class names");
    }
    List<String> names;
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      names = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
    if (names.size() != CLASS_NAMES.size()) {
      throw FileFault.damaged(file, "lists " + names.size() + " class names, not 10");
    }
    return names;
  }

  /** The images and labels of one file. */
  private static final class Part {
    private final Pixels.Block block;
    private final int[] labels;

    private Part(Pixels.Block block, int[] labels) {
      this.block = block;
      this.labels = labels;
    }
  }
}
