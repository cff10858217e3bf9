package io.github.jvae.bench.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it, which grows at its end. Each event is a record of
 * TensorFlow's: its length, a checksum of that, the event, and a checksum of it, all little-endian.
 *
 * <p>A record is there as a whole or not at all: what was written of one that did not fit on the
 * disk is cut off again, so that a reader sees all that comes later.
 */
final class EventFile implements AutoCloseable {
  private static final int MASK_DELTA = 0xa282ead8;
  private static final String PREFIX = "events.out.tfevents.";
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "([0-9]{1,18})\\..*");

  /** No host's name, which nobody who publishes a file of his wants to tell. */
  private static final String SUFFIX = ".jvae";

  private static final int ATTEMPTS = 100;

  private final Path path;
  private final SeekableByteChannel channel;
  private long end;

  /**
   * @param path for people
   * @param channel at the end of what is in it
   */
  EventFile(Path path, SeekableByteChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.end = channel.position();
  }

  /**
   * Makes a new file in a folder. Readers take files in the order of their names, so it is called
   * later than all that are there.
   *
   * @param seconds now, since 1970
   */
  static EventFile create(Path folder, long seconds) throws IOException {
    long first = seconds;
    for (Path there : in(folder)) {
      first = Math.max(first, seconds(there).orElse(0) + 1);
    }
    for (long name = first; ; name++) {
      Path path = folder.resolve(PREFIX + name + SUFFIX);
      try {
        return new EventFile(
            path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      } catch (FileAlreadyExistsException e) {
        // Somebody else was quicker.
        if (name - first >= ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Returns the files of events in a folder. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> seconds(file).isPresent()).toList();
    }
  }

  private static OptionalLong seconds(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
  }

  Path path() {
    return path;
  }

  /** Adds an event; what cannot be written as a whole is not there afterwards. */
  void append(byte[] event) throws IOException {
    ByteBuffer record = record(event);
    try {
      channel.position(end);
      while (record.hasRemaining()) {
        channel.write(record);
      }
      end += record.capacity();
    } catch (IOException e) {
      try {
        channel.truncate(end);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static ByteBuffer record(byte[] event) {
    int size = Long.BYTES + Integer.BYTES + event.length + Integer.BYTES;
    ByteBuffer record = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(event.length);
    record.putInt(checksum(record.array(), Long.BYTES));
    record.put(event);
    record.putInt(checksum(event, event.length));
    return record.flip();
  }

  /** CRC-32C, masked as TensorFlow does, so that the checksum of checksums is none. */
  private static int checksum(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
