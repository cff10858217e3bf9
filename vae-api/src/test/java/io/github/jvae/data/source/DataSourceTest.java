package io.github.jvae.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Samples;
import io.github.jvae.data.array.CifarReaderTest;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A data source")
@Timeout(60)
class DataSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final byte[] TRAIN = Samples.idxImages(5, 2, 3, Samples.bytes(30, 1));
  private static final Map<String, byte[]> FILES = Map.of(
      NamedIdx.TRAIN_IMAGES, Samples.gzip(TRAIN),
      NamedIdx.TRAIN_LABELS, Samples.gzip(Samples.idxLabels(5, new byte[] {0, 1, 0, 1, 0})),
      NamedIdx.TEST_IMAGES, Samples.gzip(Samples.idxImages(2, 2, 3, Samples.bytes(12, 2))),
      NamedIdx.TEST_LABELS, Samples.gzip(Samples.idxLabels(2, new byte[] {1, 0})));

  private static String digest(String algorithm, byte[] bytes) {
    return HexFormat.of().formatHex(Digests.of(algorithm).digest(bytes));
  }

  private static NamedIdx tiny(URI... mirrors) {
    Map<String, String> digests = new HashMap<>();
    FILES.forEach((name, bytes) -> digests.put(name, digest(Digests.SHA_256, bytes)));
    return new NamedIdx(
        "tiny",
        "a few digits",
        List.of("tiny", "TINY/raw"),
        List.of(mirrors),
        digests,
        digest(Digests.SHA_256, TRAIN),
        List.of("a", "b"));
  }

  private static LoopbackServer server() {
    LoopbackServer server = new LoopbackServer();
    FILES.forEach(server::file);
    return server;
  }

  private static void writeAll(Path folder) {
    FILES.forEach((name, bytes) -> Samples.write(folder.resolve(name), bytes));
  }

  @Test
  @DisplayName("knows its names, and lists them where it knows none")
  void names() {
    assertThat(DataSource.standard().names())
        .containsExactly("shapes", "mnist", "fashion-mnist", "cifar10");
    assertThat(DataSource.standard().open("shapes").train().size()).isEqualTo(10_000);
    for (String unknown : List.of("mnits", "", "no/such/folder", "a\0b")) {
      assertThatThrownBy(() -> DataSource.standard().open(unknown))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(
              "known are shapes, mnist, fashion-mnist, cifar10, or give the path");
    }
  }

  @Test
  @DisplayName("opens data sets of others by their names, each name once")
  void namedByOthers(@TempDir Path folder) {
    NamedData ours = new NamedData() {
      @Override
      public String name() {
        return "ours";
      }

      @Override
      public String description() {
        return "made up";
      }

      @Override
      public DataParts open(DataSource source) {
        assertThat(source.dataFolder()).contains(folder);
        assertThat(source.isOffline()).isTrue();
        return Shapes.generate(1, 3, 2);
      }
    };
    DataSource source = DataSource.standard().with(ours).dataFolder(folder).offline();
    assertThat(source.names()).endsWith("cifar10", "ours");
    assertThat(source.open("ours").train().size()).isEqualTo(3);
    assertThatThrownBy(() -> source.with(ours))
        .hasMessageStartingWith("there are two data sets named 'ours'");
    assertThat(source.named()).allSatisfy(data -> assertThat(data.description()).isNotBlank());
  }

  @Test
  @DisplayName("finds the files by the customs of others, without a download")
  void found(@TempDir Path data, @TempDir Path cache) throws IOException {
    DataSource source =
        DataSource.standard().dataFolder(data).cacheFolder(cache).offline();
    for (String place : List.of("tiny", "TINY/raw", ".")) {
      Path folder = data.resolve(place);
      writeAll(folder);
      DataParts found = source.open(tiny(), PATIENCE);
      assertThat(found.name()).isEqualTo("tiny");
      assertThat(found.train().labels().orElseThrow().classNames()).containsExactly("a", "b");
      assertThat(found.test().labels().orElseThrow().label(0)).isEqualTo(1);
      for (String name : FILES.keySet()) {
        Files.delete(folder.resolve(name));
      }
    }
  }

  @Test
  @DisplayName("does not take one data set for another whose files have the same names")
  void notMixedUp(@TempDir Path data, @TempDir Path cache) {
    writeAll(data);
    Samples.write(
        data.resolve(NamedIdx.TRAIN_IMAGES),
        Samples.gzip(Samples.idxImages(5, 2, 3, Samples.bytes(30, 7))));
    DataSource source =
        DataSource.standard().dataFolder(data).cacheFolder(cache).offline();
    assertThatThrownBy(() -> source.open(tiny(), PATIENCE))
        .hasMessageContaining("is not in " + data + " and " + cache);
  }

  @Test
  @DisplayName("does not unpack without end what somebody gave the name of a data set's file")
  void endless(@TempDir Path data, @TempDir Path cache) throws IOException {
    writeAll(data);
    Path file = data.resolve(NamedIdx.TRAIN_IMAGES);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 129; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    // So that the rest is seen to be left alone: it is no gzip data.
    byte[] packed = Files.readAllBytes(file);
    packed[packed.length - 6] ^= 1;
    Files.write(file, packed);
    DataSource source =
        DataSource.standard().dataFolder(data).cacheFolder(cache).offline();
    assertThatThrownBy(() -> source.open(tiny(), PATIENCE)).hasMessageContaining("is not in");
  }

  @Test
  @DisplayName("downloads once, then reads from the cache folder")
  void downloads(@TempDir Path folder) {
    Path cache = folder.resolve("not/there/yet");
    DataSource source = DataSource.standard().cacheFolder(cache);
    try (LoopbackServer server = server()) {
      assertThat(source.open(tiny(server.address()), PATIENCE).train().size()).isEqualTo(5);
      assertThat(source
              .open(tiny(server.address()), PATIENCE)
              .train()
              .labels()
              .orElseThrow()
              .label(1))
          .isEqualTo(1);
      assertThat(server.requests).hasSize(4);
    }
  }

  @Test
  @DisplayName("downloads once also when asked from several threads at once")
  void concurrent(@TempDir Path cache) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (LoopbackServer server = server()) {
      Callable<DataParts> open =
          () -> DataSource.standard().cacheFolder(cache).open(tiny(server.address()), PATIENCE);
      for (Future<DataParts> opened : threads.invokeAll(List.of(open, open, open, open))) {
        assertThat(opened.get().test().size()).isEqualTo(2);
      }
      assertThat(server.requests).hasSize(4);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("without network says which files are missing, where they go and which flag helps")
  void noServer(@TempDir Path cache) {
    LoopbackServer gone = new LoopbackServer();
    gone.close();
    assertThatThrownBy(
            () -> DataSource.standard().cacheFolder(cache).open(tiny(gone.address()), PATIENCE))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(
            "data set 'tiny'",
            "no connection",
            "put train-images-idx3-ubyte.gz",
            cache.resolve("tiny").toString(),
            "--data-dir")
        .message()
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("says so if the data folder is none, or the cache folder cannot be made")
  void folders(@TempDir Path folder) {
    Path file = Samples.write(folder.resolve("file"), new byte[1]);
    assertThatThrownBy(() -> DataSource.standard().dataFolder(file).open("mnist"))
        .hasMessage(file + " is not a folder; check --data-dir");
    assertThatThrownBy(() -> DataSource.standard().cacheFolder(file).open("mnist"))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith("cannot write " + file)
        .hasMessageContaining("VAE_CACHE");
  }

  @Test
  @DisplayName("unpacks the CIFAR-10 archive once, and keeps no archive")
  void cifar(@TempDir Path cache) throws IOException {
    byte[] archive = Samples.gzip(Samples.tar(CifarReaderTest.batches()));
    try (LoopbackServer server = new LoopbackServer().file("c.tar.gz", archive)) {
      NamedCifar data = cifar(server.address("c.tar.gz"), archive, CifarReaderTest.batches());
      DataSource source = DataSource.standard().cacheFolder(cache);
      assertThat(source.open(data, PATIENCE).train().size()).isEqualTo(20);
      assertThat(source.open(data, PATIENCE).test().size()).isEqualTo(7);
      assertThat(server.requests).hasSize(1);
    }
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files.map(Path::getFileName).map(String::valueOf))
          .containsExactlyInAnyOrder("cifar-10-batches-bin", ".cifar10.lock");
    }
  }

  @Test
  @DisplayName("keeps nothing of a CIFAR-10 archive that holds other batches")
  void wrongCifar(@TempDir Path cache) throws IOException {
    Map<String, byte[]> other = CifarReaderTest.batches();
    other.put("cifar-10-batches-bin/test_batch.bin", Samples.cifar(7, 1));
    byte[] archive = Samples.gzip(Samples.tar(other));
    try (LoopbackServer server = new LoopbackServer().file("c.tar.gz", archive)) {
      NamedCifar data = cifar(server.address("c.tar.gz"), archive, CifarReaderTest.batches());
      assertThatThrownBy(() -> DataSource.standard().cacheFolder(cache).open(data, PATIENCE))
          .hasMessageContaining("wrong SHA-256");
    }
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).containsExactly(cache.resolve(".cifar10.lock"));
    }
  }

  private static NamedCifar cifar(URI mirror, byte[] archive, Map<String, byte[]> expected) {
    Map<String, String> digests = new HashMap<>();
    expected.forEach((name, bytes) ->
        digests.put(name.substring(name.indexOf('/') + 1), digest(Digests.SHA_256, bytes)));
    digests.remove("readme.html");
    return new NamedCifar(List.of(mirror), digest(Digests.MD5, archive), digests);
  }

  @Test
  @DisplayName("keeps downloads where the platform keeps such things, unless told otherwise")
  void cacheFolder() {
    Map<String, String> all =
        Map.of("VAE_CACHE", "own", "XDG_CACHE_HOME", "xdg", "LOCALAPPDATA", "local");
    assertThat(DataSource.defaultCacheFolder(all, "Linux", "home")).isEqualTo(Path.of("own"));
    Map<String, String> shared = Map.of("XDG_CACHE_HOME", "xdg", "LOCALAPPDATA", "local");
    assertThat(DataSource.defaultCacheFolder(shared, "Linux", "home"))
        .isEqualTo(Path.of("xdg", "jvae"));
    Map<String, String> windows = Map.of("LOCALAPPDATA", "local");
    assertThat(DataSource.defaultCacheFolder(windows, "Windows 11", "home"))
        .isEqualTo(Path.of("local", "jvae"));
    assertThat(DataSource.defaultCacheFolder(windows, "Linux", "home"))
        .isEqualTo(Path.of("home", ".cache", "jvae"));
  }
}
