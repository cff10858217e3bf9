package io.github.jvae.bench.report;

import java.awt.image.BufferedImage;
import java.util.List;

/** How much pictures that ought to be alike differ. */
final class PixelDifference {
  private static final int LEVELS = 255;

  private PixelDifference() {}

  /** How much several pictures differ, in a sentence; empty if there are not several. */
  static String sentence(List<BufferedImage> pictures) {
    if (pictures.size() < 2) {
      return "";
    }
    int greatest = 0;
    for (BufferedImage picture : pictures) {
      greatest = Math.max(greatest, greatest(pictures.get(0), picture));
    }
    return greatest == 0
        ? "The engines’ pictures are the same in every pixel."
        : "No pixel of an engine’s picture differs from the first’s by more than " + greatest
            + " of " + LEVELS + " levels.";
  }

  private static int greatest(BufferedImage a, BufferedImage b) {
    if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
      return LEVELS;
    }
    int greatest = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        int first = a.getRGB(x, y);
        int second = b.getRGB(x, y);
        for (int shift = 0; shift < 24; shift += 8) {
          int difference = Math.abs((first >> shift & LEVELS) - (second >> shift & LEVELS));
          greatest = Math.max(greatest, difference);
        }
      }
    }
    return greatest;
  }
}
