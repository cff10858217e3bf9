package io.github.jvae.data;

import io.github.jvae.random.RandomStream;

/**
 * Adds uniform noise to the levels of images, {@code (255 x + u) / 256}, so that a density's mean
 * over a level's width bounds the probability of that level (Theis, van den Oord and Bethge, "A
 * note on the evaluation of generative models", 2016). A level is then 1/256 wide.
 */
public record Dequantization() implements Transform {
  /** The type that it is saved as. */
  public static final String TYPE = "dequantize";

  private static final float LEVELS = 255;

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ElementKind elements(ElementKind given) {
    if (given != ElementKind.BYTES) {
      throw given.refusedBy(this, "images of 256 levels");
    }
    return ElementKind.FLOATS;
  }

  @Override
  public Change in(Pass pass) {
    RandomStream test = RandomStream.of(pass.seed()).child("dequantization");
    RandomStream noise = pass.training() ? test.child("training").child(pass.epoch()) : test;
    return (index, values, begin, end) -> {
      RandomStream example = noise.child(index);
      for (int i = begin; i < end; i++) {
        values[i] = (values[i] * LEVELS + example.nextFloat()) / (LEVELS + 1);
      }
    };
  }

  @Override
  public String toString() {
    return TYPE;
  }
}
