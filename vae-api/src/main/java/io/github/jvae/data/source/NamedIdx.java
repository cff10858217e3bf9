package io.github.jvae.data.source;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.array.IdxFolder;
import io.github.jvae.internal.Digests;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A published data set of four compressed IDX files.
 *
 * @param name what users call it
 * @param description what it holds
 * @param folders where its files lie in a data folder, by several customs
 * @param mirrors the servers, each address ending in a slash
 * @param sha256 the digest of each compressed file
 * @param trainSha256 the digest of the uncompressed training images
 * @param classNames the name of each class
 */
record NamedIdx(
    String name,
    String description,
    List<String> folders,
    List<URI> mirrors,
    Map<String, String> sha256,
    String trainSha256,
    List<String> classNames)
    implements PublishedData {

  static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

  /** More than the training images of any of these unpack to. */
  private static final long MAX_UNPACKED = 1L << 27;

  private static final List<String> FILES =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  static final NamedIdx MNIST = new NamedIdx(
      "mnist",
      "60,000 and 10,000 handwritten digits, 1 x 28 x 28",
      List.of("mnist", "MNIST/raw", "MNIST"),
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
      Map.of(
          TRAIN_IMAGES, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
          TRAIN_LABELS, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
          TEST_IMAGES, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
          TEST_LABELS, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));

  static final NamedIdx FASHION_MNIST = new NamedIdx(
      "fashion-mnist",
      "60,000 and 10,000 articles of clothing, 1 x 28 x 28",
      List.of("fashion-mnist", "FashionMNIST/raw", "FashionMNIST"),
      List.of(
          // Zalando's own server speaks no https; the digests make up for it.
          URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
      Map.of(
          TRAIN_IMAGES, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
          TRAIN_LABELS, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
          TEST_IMAGES, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
          TEST_LABELS, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
      "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot"));

  @Override
  public Optional<DataParts> find(Path folder) {
    for (String place : folders) {
      Path candidate = folder.resolve(place);
      if (IdxFolder.images(candidate, "train").isPresent()) {
        return Optional.of(IdxFolder.open(candidate, name, classNames));
      }
    }
    // MNIST and its relatives all name their files alike, so where no folder name tells them
    // apart, the contents have to.
    return IdxFolder.images(folder, "train")
        .filter(this::isOurs)
        .map(file -> IdxFolder.open(folder, name, classNames));
  }

  private boolean isOurs(Path trainImages) {
    FileChecks.requireFile(trainImages);
    boolean compressed = trainImages.toString().endsWith(".gz");
    try (InputStream in = Files.newInputStream(trainImages);
        InputStream plain = compressed ? new GZIPInputStream(in, 1 << 16) : in) {
      // Not to the end of whatever somebody gave that name: a file may unpack to any length.
      return Digests.ofStream(plain, Digests.SHA_256, MAX_UNPACKED).equals(trainSha256);
    } catch (IOException e) {
      throw FileFault.unreadable(trainImages, e);
    }
  }

  @Override
  public void fetch(Downloader downloader, Path folder) throws IOException {
    Path target = Files.createDirectories(folder.resolve(folders.get(0)));
    for (String file : FILES) {
      if (!Files.exists(target.resolve(file))) {
        List<URI> sources = new ArrayList<>();
        mirrors.forEach(mirror -> sources.add(mirror.resolve(file)));
        String digest = Objects.requireNonNull(sha256.get(file));
        downloader.fetch(sources, Digests.SHA_256, digest, target.resolve(file));
      }
    }
  }

  @Override
  public String filesIn(Path folder) {
    return String.join(", ", FILES) + " into " + folder.resolve(folders.get(0));
  }
}
