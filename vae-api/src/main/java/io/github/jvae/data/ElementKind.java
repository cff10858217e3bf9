package io.github.jvae.data;

import io.github.jvae.error.VaeException;
import java.util.Locale;

/** What the numbers of an example are, whatever its shape. */
public enum ElementKind {
  /** One of 256 levels, read as a multiple of 1/255 from 0 to 1. */
  BYTES,

  /** 0 or 1. */
  BINARY,

  /** Any finite number. */
  FLOATS,

  /** A whole number from 0. */
  COUNTS,

  /** The number of a category, from 0, without an order. */
  CATEGORIES,

  /** Numbers of several kinds: {@link Examples#columns} says which. */
  MIXED;

  /** Returns whether a number is of this kind. */
  boolean holds(float value) {
    return switch (this) {
      case BYTES ->
        value >= 0 && value <= 1 && Math.abs(value - Math.round(value * 255) / 255f) < 1e-6;
      case BINARY -> value == 0 || value == 1;
      case FLOATS, MIXED -> Float.isFinite(value);
      case COUNTS, CATEGORIES -> value >= 0 && value == Math.rint(value) && Float.isFinite(value);
    };
  }

  /** Returns the refusal of a transform that cannot be done to such numbers, to be thrown. */
  VaeException refusedBy(Transform transform, String wanted) {
    return new VaeException(
        "the transform " + transform.type() + " needs " + wanted + ", not " + this);
  }

  /** Returns whether every number lies from 0 to 1. */
  public boolean isUnitInterval() {
    return this == BYTES || this == BINARY;
  }

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
