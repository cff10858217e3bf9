package io.github.jvae.bench.command;

import io.github.jvae.data.Dataset;

/**
 * Mean and spread of all pixel values of a data set, scaled to [0, 1].
 *
 * @param mean the mean
 * @param standardDeviation the standard deviation
 */
record PixelStatistics(double mean, double standardDeviation) {
  private static final double WHITE = 255;

  static PixelStatistics of(Dataset images) {
    // Sums of bytes and their squares are exact in a long for any data set that fits a disk.
    long sum = 0;
    long squares = 0;
    byte[] image = new byte[images.imageShape().size()];
    for (int i = 0; i < images.size(); i++) {
      images.readBytes(i, image, 0);
      for (byte value : image) {
        int level = value & 0xFF;
        sum += level;
        squares += (long) level * level;
      }
    }
    double count = (double) images.size() * image.length;
    double mean = sum / count;
    double variance = Math.max(0, squares / count - mean * mean);
    return new PixelStatistics(mean / WHITE, Math.sqrt(variance) / WHITE);
  }
}
