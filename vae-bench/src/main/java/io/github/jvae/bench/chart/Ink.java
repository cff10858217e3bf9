package io.github.jvae.bench.chart;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/**
 * What a colour is for. A page's style sheet defines a class of this name; pictures have the
 * colours given here, on white. The first six of the series are told apart by readers who are
 * colour-blind, after Okabe and Ito, "Color universal design", 2008, darkened to be legible.
 */
public enum Ink {
  TEXT(0x1c2230),
  MUTED(0x5b6577),
  GRID(0xe4e8ef),
  AXIS(0xa9b2c1),
  SERIES_1(0x0b66c3),
  SERIES_2(0xd9730d),
  SERIES_3(0x0e8f6e),
  SERIES_4(0xb8407f),
  SERIES_5(0x6b57c8),
  SERIES_6(0x7a6a10),
  SERIES_7(0xc62828),
  SERIES_8(0x00838f),
  SERIES_9(0x7b3f00),
  SERIES_10(0x444b5a),
  PART_1(0x39415c),
  PART_2(0x6f7a9c),
  PART_3(0xa3acc8),
  PART_4(0xcdd3e4),
  PART_5(0xb79bd0);

  /** How many colours of series there are. */
  public static final int SERIES_COUNT = 10;

  private static final List<Ink> SERIES = List.of(
      SERIES_1, SERIES_2, SERIES_3, SERIES_4, SERIES_5, SERIES_6, SERIES_7, SERIES_8, SERIES_9,
      SERIES_10);

  private static final List<Ink> PARTS = List.of(PART_1, PART_2, PART_3, PART_4, PART_5);

  private final Color colour;

  Ink(int rgb) {
    this.colour = new Color(rgb);
  }

  /** The colour of a series, from 0; they repeat after ten. */
  public static Ink series(int index) {
    return SERIES.get(Math.floorMod(index, SERIES.size()));
  }

  /** The colour of a part of a whole, from 0; none is a series's. They repeat after five. */
  public static Ink part(int index) {
    return PARTS.get(Math.floorMod(index, PARTS.size()));
  }

  /** The class in a style sheet. */
  public String cssClass() {
    return "ink-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The colour in a picture. */
  Color colour() {
    return colour;
  }
}
