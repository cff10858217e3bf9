package io.github.jvae.model;

/** The vectors of length 1. */
public final class UnitSphere {
  private UnitSphere() {}

  /**
   * Returns the logarithm of the area of the unit sphere among vectors of an extent: of 2 for 1, of
   * 2π for 2 and of 4π for 3.
   *
   * @param extent at least 1
   */
  public static double logArea(int extent) {
    double logArea = Math.log(extent % 2 == 1 ? 2 : 2 * Math.PI);
    for (int lower = extent - 2; lower > 0; lower -= 2) {
      logArea += Math.log(2 * Math.PI / lower);
    }
    return logArea;
  }
}
