package io.github.jvae.column;

import java.util.Locale;

/** What the numbers of a column are. */
public enum ColumnKind {
  /** Any finite number. */
  NUMERIC,

  /** A whole number from 0. */
  COUNT,

  /** 0 or 1. */
  BINARY,

  /** The number of a category, from 0, without an order. */
  CATEGORICAL;

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
