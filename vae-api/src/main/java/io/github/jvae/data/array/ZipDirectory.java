package io.github.jvae.data.array;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of files at the end of a ZIP archive, of 4 GB and more too. Unlike the JDK's own reader
 * it says where in the archive the bytes of a file lie, so that stored ones can be mapped.
 */
final class ZipDirectory {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MOST_COMMENT = 1 << 16;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_SIZE = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int EXTRA_64 = 1;

  /** What stands where a number takes more than 4 bytes and is elsewhere. */
  private static final long ELSEWHERE = 0xFFFFFFFFL;

  /** No archive of arrays has a list of so many bytes. */
  private static final int MOST = 1 << 24;

  /**
   * A file in the archive.
   *
   * @param name with the folders before it
   * @param method how it is compressed
   * @param encrypted whether it takes a password
   * @param crc of its bytes
   * @param packed how many bytes it has in the archive
   * @param size how many it unpacks to
   * @param header where in the archive it begins
   */
  record Member(
      String name, int method, boolean encrypted, int crc, long packed, long size, long header) {}

  private final Path file;
  private final FileChannel channel;
  private final List<Member> members = new ArrayList<>();

  private ZipDirectory(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Lists an archive.
   *
   * @throws VaeException if it is none, or damaged
   */
  static List<Member> list(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ZipDirectory directory = new ZipDirectory(file, channel);
      directory.read();
      return List.copyOf(directory.members);
    }
  }

  /**
   * Returns where the bytes of a member begin.
   *
   * @throws VaeException if they are not all in the file
   */
  static long start(Path file, Member member) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ZipDirectory directory = new ZipDirectory(file, channel);
      ByteBuffer local = directory.bytes(member.header(), LOCAL_SIZE);
      if (local.getInt(0) != LOCAL) {
        throw directory.damaged();
      }
      long start = member.header() + LOCAL_SIZE + unsigned(local, 26) + unsigned(local, 28);
      if (member.packed() > channel.size() - start) {
        throw FileFault.damaged(file, "is cut short within " + Quote.of(member.name()));
      }
      return start;
    }
  }

  private void read() throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_SIZE + MOST_COMMENT);
    ByteBuffer last = bytes(size - tail, tail);
    int end = tail - END_SIZE;
    while (end >= 0 && last.getInt(end) != END) {
      end--;
    }
    if (end < 0) {
      throw FileFault.damaged(file, "is cut short: a ZIP archive without its list of files");
    }
    long length = last.getInt(end + 12) & ELSEWHERE;
    long start = last.getInt(end + 16) & ELSEWHERE;
    if (end >= LOCATOR_SIZE && last.getInt(end - LOCATOR_SIZE) == LOCATOR) {
      ByteBuffer large = bytes(last.getLong(end - LOCATOR_SIZE + 8), END_64_SIZE);
      if (large.getInt(0) != END_64) {
        throw damaged();
      }
      length = large.getLong(40);
      start = large.getLong(48);
    }
    if (length < 0 || length > MOST) {
      throw damaged();
    }
    ByteBuffer list = bytes(start, (int) length);
    for (int at = 0; at < length; ) {
      at += readEntry(list, at);
    }
  }

  /** Reads an entry, and returns its length. */
  private int readEntry(ByteBuffer list, int at) {
    if (list.limit() - at < ENTRY_SIZE || list.getInt(at) != ENTRY) {
      throw damaged();
    }
    int name = unsigned(list, at + 28);
    int extra = unsigned(list, at + 30);
    int length = ENTRY_SIZE + name + extra + unsigned(list, at + 32);
    if (list.limit() - at < length) {
      throw damaged();
    }
    byte[] text = new byte[name];
    list.get(at + ENTRY_SIZE, text);
    // The sizes and the place, in the order in which the extra field has those that are elsewhere.
    long[] numbers = {number(list, at + 24), number(list, at + 20), number(list, at + 42)};
    fill(numbers, list.slice(at + ENTRY_SIZE + name, extra).order(ByteOrder.LITTLE_ENDIAN));
    members.add(new Member(
        new String(text, StandardCharsets.UTF_8),
        unsigned(list, at + 10),
        (list.getShort(at + 8) & 1) != 0,
        list.getInt(at + 16),
        numbers[1],
        numbers[0],
        numbers[2]));
    return length;
  }

  private void fill(long[] numbers, ByteBuffer extra) {
    for (int at = 0; at + 4 <= extra.limit(); at += 4 + unsigned(extra, at + 2)) {
      int from = at + 4;
      for (int i = 0; i < numbers.length && unsigned(extra, at) == EXTRA_64; i++) {
        if (numbers[i] == ELSEWHERE && from + 8 <= extra.limit()) {
          numbers[i] = extra.getLong(from);
          from += 8;
        }
      }
    }
    for (long number : numbers) {
      if (number < 0) {
        throw damaged();
      }
    }
  }

  private static long number(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & ELSEWHERE;
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xFFFF;
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    if (position < 0 || position > channel.size() - length) {
      throw damaged();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
      // Until all is there.
    }
    return bytes.flip();
  }

  private VaeException damaged() {
    return FileFault.damaged(file, "is no intact ZIP archive: its list of files is damaged");
  }
}
