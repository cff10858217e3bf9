package io.github.jvae.data.image;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, for ImageIO: its own streams of files ask the system for every few bytes, and
 * its caches keep what was read once more.
 */
final class MemoryImageInput extends ImageInputStreamImpl {
  /** Decoders look ahead, but not further than this. */
  private static final int MOST_PAST_END = 1 << 10;

  private final byte[] content;
  private int pastEnd;

  MemoryImageInput(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < content.length ? content[(int) streamPos++] & 0xFF : end();
  }

  /**
   * The end of the file; not for ever, as the reader of WebP takes what is missing for zeros, one
   * exception for each.
   */
  private int end() {
    pastEnd++;
    if (pastEnd > MOST_PAST_END) {
      throw new UncheckedIOException(new EOFException("the data end early"));
    }
    return -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, content.length - streamPos);
    if (count <= 0) {
      return end();
    }
    System.arraycopy(content, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return content.length;
  }
}
