package io.github.jvae.bench.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder for TensorBoard")
final class TensorBoardFolderTest {
  @TempDir
  Path folder;

  /** A file on a disk that gets full. */
  private static final class FullDisk implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private long room;

    FullDisk(Path path, long room) throws IOException {
      this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.room = room;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      long left = room - file.position();
      if (left <= 0) {
        throw new IOException("No space left on device");
      }
      int count = (int) Math.min(left, source.remaining());
      int written = file.write(source.slice().limit(count));
      source.position(source.position() + written);
      return written;
    }

    @Override
    public int read(ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private Tracking on(long room) {
    return new Tracking(List.of(new TensorBoardFolder(folder, (path, seconds) -> {
      Path file = path.resolve("events.out.tfevents." + seconds + ".full");
      return new EventFile(file, new FullDisk(file, room));
    })));
  }

  @Test
  @DisplayName("has the numbers of steps and epochs, pictures, histograms and how it ended")
  void whole() throws IOException {
    Tracking tracking = new Tracking(List.of(new TensorBoardFolder(folder)));
    assertThat(SmallTraining.run(tracking, 2)).isEmpty();
    List<EventReader.Event> events = EventReader.readAll(folder);
    assertThat(events).first().satisfies(event -> {
      assertThat(event.version()).isEqualTo("brain.Event:2");
      assertThat(event.wallTime()).isGreaterThan(1.7e9);
    });
    assertThat(events).noneMatch(EventReader.Event::restart);
    assertThat(EventReader.numbers(events, "step/elbo").keySet()).containsExactly(2L, 4L, 6L);
    assertThat(EventReader.numbers(events, "validation/kl_z").keySet()).containsExactly(3L, 6L);
    for (String tag : List.of("samples", "reconstructions", "posterior/mean")) {
      assertThat(EventReader.values(events, tag)).as(tag).hasSize(2);
    }
    // Two latent dimensions of each of twelve examples.
    assertThat(EventReader.values(events, "posterior/log_variance"))
        .allSatisfy(value -> assertThat(value.histogram().orElseThrow().count()).isEqualTo(24));
    assertThat(EventReader.values(events, "_hparams_/session_end_info"))
        .singleElement()
        .satisfies(value -> assertThat(value.metadata().orElseThrow().status()).isEqualTo(1));
  }

  @Test
  @DisplayName(
      "on a disk that gets full is noted once, has whole events only, and costs no training")
  void fullDisk() throws IOException {
    List<String> notes = SmallTraining.run(on(8000), 1);
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0))
        .contains("cannot write", "No space left", "free some space", "training goes on");
    assertThat(notes.get(1)).containsPattern("[1-9] of 1[0-9] events could not be written");
    assertThat(Files.size(EventReader.files(folder).get(0))).isBetween(1L, 8000L);
    // The pictures had no room, and what came after them and was small had.
    assertThat(EventReader.values(EventReader.readAll(folder), "samples")).isEmpty();
    assertThat(EventReader.numbers(EventReader.readAll(folder), "validation/elbo"))
        .isNotEmpty();
  }

  @Test
  @DisplayName("on a full disk is refused, and no file is left of it")
  void fullFromTheBeginning() throws IOException {
    assertThatThrownBy(() -> SmallTraining.run(on(10), 0))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("No space left")
        .hasMessageContaining("--tensorboard");
    assertThat(EventReader.files(folder)).isEmpty();
  }

  @Test
  @DisplayName("has the file of a later training after the earlier ones in the order of names")
  void order() throws IOException {
    try (EventFile first = EventFile.create(folder, 1000);
        EventFile second = EventFile.create(folder, 1000);
        EventFile third = EventFile.create(folder, 5)) {
      assertThat(List.of(first, second, third))
          .extracting(file -> String.valueOf(file.path().getFileName()))
          .containsExactly(
              "events.out.tfevents.1000.jvae",
              "events.out.tfevents.1001.jvae",
              "events.out.tfevents.1002.jvae");
    }
  }

  @Test
  @DisplayName("of another training is told to be mixed with this one")
  void another() throws IOException {
    SmallTraining.run(new Tracking(List.of(new TensorBoardFolder(folder))), 0);
    assertThat(SmallTraining.run(new Tracking(List.of(new TensorBoardFolder(folder))), 0))
        .singleElement()
        .asString()
        .contains("already has events of another training", "folder of its own");
    assertThat(EventReader.read(EventReader.files(folder).get(1)))
        .filteredOn(EventReader.Event::restart)
        .singleElement()
        .satisfies(event -> assertThat(event.step()).isEqualTo(1));
  }
}
