package io.github.jvae.data.image;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The blocks of a GIF file: how many frames there are, and where on the screen the first lies. */
final class GifBlocks {
  private static final int SCREEN = 6;
  private static final int HEADER = 13;
  private static final int FRAME_HEADER = 10;
  private static final int FRAME = 0x2C;
  private static final int EXTENSION = 0x21;
  private static final int END = 0x3B;

  private final Path file;
  private final ByteBuffer bytes;
  private int position = HEADER;
  private int frames;
  private int left;
  private int top;

  private GifBlocks(Path file, byte[] content) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Walks over all blocks.
   *
   * @throws VaeException if the file ends within one, or holds no frame
   */
  static GifBlocks of(Path file, byte[] content) {
    GifBlocks blocks = new GifBlocks(file, content);
    blocks.walk();
    return blocks;
  }

  /** The number of frames, at least 1. */
  int frames() {
    return frames;
  }

  int screenWidth() {
    return bytes.getShort(SCREEN) & 0xFFFF;
  }

  int screenHeight() {
    return bytes.getShort(SCREEN + 2) & 0xFFFF;
  }

  /** The first frame where it lies on the screen; what it leaves free is transparent. */
  BufferedImage onScreen(BufferedImage frame) {
    boolean fills = frame.getWidth() == screenWidth() && frame.getHeight() == screenHeight();
    if (fills || screenWidth() == 0 || screenHeight() == 0) {
      return frame;
    }
    BufferedImage screen =
        new BufferedImage(screenWidth(), screenHeight(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = screen.createGraphics();
    graphics.drawImage(frame, left, top, null);
    graphics.dispose();
    return screen;
  }

  private void walk() {
    require(HEADER);
    position += colours(byteAt(HEADER - 3));
    int kind = 0;
    // Some writers leave the end out; a file that ends between two blocks is whole enough.
    while (kind != END && position < bytes.limit()) {
      kind = byteAt(position);
      if (kind == FRAME) {
        frame();
      } else if (kind == EXTENSION) {
        position += 2;
        skipData();
      } else {
        position++;
      }
    }
    if (frames == 0) {
      throw FileFault.damaged(file, "is cut short: a GIF file without an image");
    }
  }

  private void frame() {
    require(position + FRAME_HEADER);
    if (frames == 0) {
      left = bytes.getShort(position + 1) & 0xFFFF;
      top = bytes.getShort(position + 3) & 0xFFFF;
    }
    frames++;
    position += FRAME_HEADER + colours(byteAt(position + 9)) + 1;
    skipData();
  }

  /** The bytes of a table of colours. */
  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private void skipData() {
    int length;
    do {
      require(position + 1);
      length = byteAt(position);
      position += 1 + length;
    } while (length > 0);
  }

  private int byteAt(int at) {
    return bytes.get(at) & 0xFF;
  }

  private void require(int end) {
    if (end > bytes.limit()) {
      throw FileFault.damaged(file, "is cut short: a GIF file that ends within a block");
    }
  }
}
