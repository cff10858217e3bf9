package io.github.jvae.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.Samples;
import io.github.jvae.internal.Digests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A download")
@Timeout(60)
class DownloaderTest {
  private static final byte[] FILE = Samples.bytes(300_000, 1);
  private static final String DIGEST =
      HexFormat.of().formatHex(Digests.of(Digests.SHA_256).digest(FILE));

  private final List<String> progress = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Downloader downloader = new Downloader(
      new DownloadListener() {
        @Override
        public void progress(URI source, long bytes, long total) {
          progress.add(bytes + "/" + total);
        }

        @Override
        public void failed(URI source, String reason) {
          failures.add(reason);
        }
      },
      Duration.ofSeconds(1));

  private void fetch(Path target, URI... sources) throws IOException {
    downloader.fetch(List.of(sources), Digests.SHA_256, DIGEST, target);
  }

  private static void checkWhole(Path target) throws IOException {
    assertThat(target).hasBinaryContent(FILE);
    try (Stream<Path> files = Files.list(target.resolveSibling(""))) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  @DisplayName("leaves the whole file and nothing else, and tells how it goes")
  void whole(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    try (LoopbackServer server = new LoopbackServer().file("a.gz", FILE)) {
      fetch(target, server.address("a.gz"));
    }
    checkWhole(target);
    assertThat(progress).last().isEqualTo("300000/300000");
    assertThat(failures).isEmpty();
  }

  @Test
  @DisplayName("goes on where the connection broke")
  void resumed(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    try (LoopbackServer server = new LoopbackServer().file("a.gz", FILE).breakingAfter(100_000)) {
      fetch(target, server.address("a.gz"));
      assertThat(server.requests).hasSize(2);
      assertThat(server.requests.get(0)).isEqualTo("a.gz");
      assertThat(server.requests.get(1)).startsWith("a.gz bytes=");
    }
    checkWhole(target);
    assertThat(failures).hasSize(1).first().asString().startsWith("the connection broke at byte");
  }

  @Test
  @DisplayName("goes on where an earlier program left off")
  void resumedLater(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    Samples.write(folder.resolve("a.gz.part"), Arrays.copyOf(FILE, 200_000));
    try (LoopbackServer server = new LoopbackServer().file("a.gz", FILE)) {
      fetch(target, server.address("a.gz"));
      assertThat(server.requests).containsExactly("a.gz bytes=200000-");
    }
    checkWhole(target);
  }

  @Test
  @DisplayName("starts again where the server knows no ranges")
  void rangeIgnored(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    Samples.write(folder.resolve("a.gz.part"), Arrays.copyOf(FILE, 200_000));
    try (LoopbackServer server = new LoopbackServer().file("a.gz", FILE).ignoringRange()) {
      fetch(target, server.address("a.gz"));
      assertThat(server.requests).hasSize(1);
    }
    checkWhole(target);
  }

  @Test
  @DisplayName("that was complete but for its name is not fetched again")
  void completePart(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    Samples.write(folder.resolve("a.gz.part"), FILE);
    try (LoopbackServer server = new LoopbackServer().file("a.gz", FILE)) {
      fetch(target, server.address("a.gz"));
    }
    checkWhole(target);
  }

  @Test
  @DisplayName("starts again after a stale part, longer than the file or of other contents")
  void stalePart(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    try (LoopbackServer server = new LoopbackServer().file("a.gz", FILE)) {
      Samples.write(folder.resolve("a.gz.part"), Samples.bytes(400_000, 5));
      fetch(target, server.address("a.gz"));
      checkWhole(target);
      Samples.write(folder.resolve("a.gz.part"), Samples.bytes(1_000, 5));
      fetch(target, server.address("a.gz"));
      checkWhole(target);
    }
  }

  @Test
  @DisplayName("of the wrong bytes is deleted, and says so")
  void wrongDigest(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    try (LoopbackServer server = new LoopbackServer().file("a.gz", Samples.bytes(1_000, 2))) {
      assertThatThrownBy(() -> fetch(target, server.address("a.gz")))
          .isInstanceOf(Downloader.FailedException.class)
          .hasMessageContaining("the file has the wrong SHA-256")
          .hasMessageContaining(DIGEST)
          .hasMessageContaining("so it was deleted");
      assertThat(server.requests).hasSize(1);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("turns to the next server after a 404, wrong bytes or no server at all")
  void mirrors(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    LoopbackServer gone = new LoopbackServer();
    gone.close();
    try (LoopbackServer empty = new LoopbackServer();
        LoopbackServer wrong = new LoopbackServer().file("a.gz", new byte[10]);
        LoopbackServer right = new LoopbackServer().file("a.gz", FILE)) {
      fetch(
          target,
          gone.address("a.gz"),
          empty.address("a.gz"),
          wrong.address("a.gz"),
          right.address("a.gz"));
    }
    checkWhole(target);
    assertThat(failures).hasSize(3);
    assertThat(failures.get(0)).isEqualTo("no connection");
    assertThat(failures.get(1)).isEqualTo("the server answered 404");
  }

  @Test
  @DisplayName("gives up a server that sends no more, and continues elsewhere")
  void stalled(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.gz");
    try (LoopbackServer server =
        new LoopbackServer().file("a.gz", FILE).breakingAfter(50_000).stalling()) {
      fetch(target, server.address("a.gz"));
      assertThat(server.requests).hasSize(2);
    }
    checkWhole(target);
  }

  @Test
  @DisplayName("into a folder that cannot be written fails as such, not as the server's fault")
  void unwritable(@TempDir Path folder) {
    Path file = Samples.write(folder.resolve("file"), new byte[1]);
    try (LoopbackServer server = new LoopbackServer().file("a.gz", FILE)) {
      assertThatThrownBy(() -> fetch(file.resolve("a.gz"), server.address("a.gz")))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Downloader.FailedException.class);
    }
  }
}
