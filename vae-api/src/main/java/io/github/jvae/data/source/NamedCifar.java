package io.github.jvae.data.source;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.array.CifarReader;
import io.github.jvae.data.internal.Tar;
import io.github.jvae.internal.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * CIFAR-10: one archive, unpacked once into a folder of six batches.
 *
 * @param mirrors the servers, each the address of the archive
 * @param archiveMd5 the digest its authors publish; there is no other for the archive
 * @param sha256 the digest of each file in it that counts
 */
record NamedCifar(List<URI> mirrors, String archiveMd5, Map<String, String> sha256)
    implements PublishedData {

  static final NamedCifar CIFAR_10 = new NamedCifar(
      List.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
      "c32a1d4ab5d03f1284b67883e8d87530",
      Map.of(
          CifarReader.TRAIN_FILES.get(0),
          "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
          CifarReader.TRAIN_FILES.get(1),
          "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
          CifarReader.TRAIN_FILES.get(2),
          "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
          CifarReader.TRAIN_FILES.get(3),
          "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
          CifarReader.TRAIN_FILES.get(4),
          "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
          CifarReader.TEST_FILE,
          "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"));

  private static final List<String> FOLDERS = List.of("", "cifar-10", "cifar10");
  private static final int MAX_FILE = 1 << 26;

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public String description() {
    return "50,000 and 10,000 photographs of ten classes, 3 x 32 x 32";
  }

  @Override
  public Optional<DataParts> find(Path folder) {
    return Stream.concat(findFolders(folder), findArchives(folder)).findFirst();
  }

  private Stream<DataParts> findFolders(Path folder) {
    return FOLDERS.stream()
        .flatMap(place -> CifarReader.findFolder(folder.resolve(place)).stream())
        .map(found -> CifarReader.openFolder(found, name()));
  }

  private Stream<DataParts> findArchives(Path folder) {
    return FOLDERS.stream()
        .map(place -> folder.resolve(place).resolve(CifarReader.ARCHIVE))
        .filter(Files::isRegularFile)
        .map(archive -> CifarReader.openArchive(archive, name()));
  }

  @Override
  public void fetch(Downloader downloader, Path folder) throws IOException {
    Path batches = folder.resolve(CifarReader.FOLDER);
    if (Files.exists(batches)) {
      return;
    }
    Path archive = folder.resolve(CifarReader.ARCHIVE);
    if (!Files.exists(archive)) {
      downloader.fetch(mirrors, Digests.MD5, archiveMd5, archive);
    }
    Path unpacked = Files.createTempDirectory(folder, CifarReader.FOLDER);
    try {
      unpack(archive, unpacked);
      Files.move(unpacked, batches, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(archive);
    } finally {
      delete(unpacked);
    }
  }

  private void unpack(Path archive, Path target) throws IOException {
    int verified = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
      Tar tar = new Tar(in);
      while (tar.next()) {
        boolean wanted = sha256.containsKey(tar.fileName());
        if (wanted || tar.fileName().equals(CifarReader.META)) {
          write(tar, target.resolve(tar.fileName()));
        }
        verified += wanted && verify(target.resolve(tar.fileName())) ? 1 : 0;
      }
    }
    if (verified != sha256.size()) {
      Files.delete(archive);
      throw new Downloader.FailedException(
          "the archive does not hold the six batches of CIFAR-10 (wrong SHA-256), so it was deleted");
    }
  }

  private boolean verify(Path file) throws IOException {
    Path name = file.getFileName();
    return name != null
        && Digests.ofFile(file, Digests.SHA_256).equals(sha256.get(name.toString()));
  }

  private static void write(Tar tar, Path target) throws IOException {
    if (tar.size() > MAX_FILE) {
      throw new Downloader.FailedException("the archive holds a file of " + tar.size() + " bytes");
    }
    try (FileChannel file =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(file)) {
      for (byte[] bytes = tar.read(1 << 20); bytes.length > 0; bytes = tar.read(1 << 20)) {
        out.write(bytes);
      }
      file.force(true);
    }
  }

  /** Removes what an attempt left behind; after a success there is nothing left. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Override
  public String filesIn(Path folder) {
    return CifarReader.ARCHIVE + ", or the folder " + CifarReader.FOLDER + " it holds, into "
        + folder;
  }
}
