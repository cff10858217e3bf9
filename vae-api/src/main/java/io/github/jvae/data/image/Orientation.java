package io.github.jvae.data.image;

/**
 * How an image lies in its file, as EXIF and TIFF number it from 1 (upright) to 8: mirrored, turned
 * or both.
 *
 * @param number from 1 to 8
 */
record Orientation(int number) {
  static final Orientation UPRIGHT = new Orientation(1);

  private static final int LARGEST = 8;

  /** What a file says; what is no orientation counts as upright. */
  static Orientation of(int number) {
    return number < 1 || number > LARGEST ? UPRIGHT : new Orientation(number);
  }

  boolean isUpright() {
    return number == 1;
  }

  /** Whether rows are columns. */
  boolean swapsSides() {
    return number > 4;
  }

  private boolean isFromBottom() {
    return number == 3 || number == 4 || number == 6 || number == 7;
  }

  private boolean isFromRight() {
    return number == 2 || number == 3 || number == 7 || number == 8;
  }

  /**
   * The image upright.
   *
   * @param stored as it lies in the file: plane after plane, row after row
   * @param height the rows in the file
   * @param width the columns in the file
   * @return planes of the same size, with as many rows as there were columns if {@link #swapsSides}
   */
  byte[] upright(byte[] stored, int height, int width) {
    if (isUpright()) {
      return stored;
    }
    byte[] result = new byte[stored.length];
    int rows = swapsSides() ? width : height;
    int columns = swapsSides() ? height : width;
    int i = 0;
    for (int plane = 0; plane < stored.length; plane += height * width) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int y = swapsSides() ? column : row;
          int x = swapsSides() ? row : column;
          y = isFromBottom() ? height - 1 - y : y;
          x = isFromRight() ? width - 1 - x : x;
          result[i++] = stored[plane + y * width + x];
        }
      }
    }
    return result;
  }
}
