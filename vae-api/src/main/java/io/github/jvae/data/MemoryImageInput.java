package io.github.jvae.data;

import java.util.Objects;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, for ImageIO: its own streams of files ask the system for every few bytes, and
 * its caches keep what was read once more.
 */
final class MemoryImageInput extends ImageInputStreamImpl {
  private final byte[] content;

  MemoryImageInput(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < content.length ? content[(int) streamPos++] & 0xFF : -1;
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
      return -1;
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
