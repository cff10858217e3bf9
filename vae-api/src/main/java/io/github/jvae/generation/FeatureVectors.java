package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.tensor.HostTensor;

/** The vectors of a set, [N, F], checked: as many as are needed, and each number finite. */
final class FeatureVectors {
  private final float[] data;
  private final int count;
  private final int extent;

  private FeatureVectors(float[] data, int count, int extent) {
    this.data = data;
    this.count = count;
    this.extent = extent;
  }

  /**
   * Checks a set.
   *
   * @param who what is measured, for the message
   * @param set what the set is called there, such as {@code real}
   * @param least how many vectors are needed
   * @throws DataException that says how many there are, or which number is not finite
   */
  static FeatureVectors of(String who, String set, HostTensor vectors, int least) {
    if (vectors.shape().rank() != 2 || vectors.shape().dimension(0) < least) {
      throw new DataException(
          who + " needs at least " + least + " " + set + " vectors, not " + vectors.shape());
    }
    int extent = vectors.shape().dimension(1);
    float[] data = vectors.data();
    for (int i = 0; i < data.length; i++) {
      if (!Float.isFinite(data[i])) {
        throw new DataException(who + " needs finite features, but number " + i % extent
            + " of the " + set + " vector " + i / extent + " is " + data[i]
            + "; look for what the features are made by");
      }
    }
    return new FeatureVectors(data, vectors.shape().dimension(0), extent);
  }

  /** @throws DataException if the other vectors are of another extent */
  void requireSameFeatures(FeatureVectors other) {
    if (extent != other.extent) {
      throw new DataException("vectors of " + extent + " and of " + other.extent
          + " numbers are not of the same features");
    }
  }

  int count() {
    return count;
  }

  int extent() {
    return extent;
  }

  double at(int row, int column) {
    return data[row * extent + column];
  }

  double squaredDistance(int row, FeatureVectors other, int otherRow) {
    int from = row * extent;
    int otherFrom = otherRow * extent;
    double sum = 0;
    for (int d = 0; d < extent; d++) {
      double difference = (double) data[from + d] - other.data[otherFrom + d];
      sum += difference * difference;
    }
    return sum;
  }

  double product(int row, FeatureVectors other, int otherRow) {
    int from = row * extent;
    int otherFrom = otherRow * extent;
    double sum = 0;
    for (int d = 0; d < extent; d++) {
      sum += (double) data[from + d] * other.data[otherFrom + d];
    }
    return sum;
  }
}
