package io.github.jvae.data;

import io.github.jvae.tensor.HostTensor;
import java.util.Map;

/** Some images together, and which ones they are. */
public final class Batch {
  private final int number;
  private final HostTensor images;
  private final int[] indices;

  Batch(int number, HostTensor images, int[] indices) {
    this.number = number;
    this.images = images;
    this.indices = indices;
  }

  /** The place of the batch in its epoch, from 0. */
  public int number() {
    return number;
  }

  /**
   * The images: shape [batch, channels, height, width], from 0 to 1. Its array is nobody else's.
   */
  public HostTensor images() {
    return images;
  }

  /** The index of each image in its data set; a copy. */
  public int[] indices() {
    return indices.clone();
  }

  /** What is known of each image beside, by name, with one row each. */
  public Map<String, HostTensor> conditions() {
    return Map.of();
  }

  /** The number of images. */
  public int size() {
    return indices.length;
  }
}
