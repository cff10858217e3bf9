package io.github.jvae.bench.report.page;

import io.github.jvae.bench.chart.Ink;
import java.util.List;

/**
 * A document.
 *
 * @param title of the window
 * @param kicker what this is, in two or three words
 * @param verdict what came out, in a sentence
 * @param summary what was done, in a sentence or two
 * @param notices what a reader must know before the numbers
 * @param cards the results at a glance
 * @param sections the rest
 * @param colophon what made it
 */
public record Page(
    String title,
    String kicker,
    String verdict,
    String summary,
    List<Notice> notices,
    List<Card> cards,
    List<Section> sections,
    String colophon) {
  /** Keeps copies of the lists. */
  public Page {
    notices = List.copyOf(notices);
    cards = List.copyOf(cards);
    sections = List.copyOf(sections);
  }

  /** What a reader must know before the numbers. */
  public record Notice(String text) {}

  /**
   * A result at a glance.
   *
   * @param name whose
   * @param detail what that is, such as a version
   * @param colour its number among the colours of series
   * @param value the main number with its unit, or why there is none
   * @param note how it stands to the others
   * @param facts further numbers
   * @param failed whether there is no result
   */
  public record Card(
      String name,
      String detail,
      int colour,
      String value,
      String note,
      List<Fact> facts,
      boolean failed) {
    /** Keeps a copy of the list. */
    public Card {
      facts = List.copyOf(facts);
    }

    /** The colour as the style sheet counts it. */
    public int colourNumber() {
      return Math.floorMod(colour, Ink.SERIES_COUNT) + 1;
    }
  }

  /** A name and what belongs to it. */
  public record Fact(String name, String value) {}

  /**
   * A part of the document.
   *
   * @param id of its anchor
   * @param title its heading
   * @param blocks what it holds
   */
  public record Section(String id, String title, List<Block> blocks) {
    /** Keeps a copy of the list. */
    public Section {
      blocks = List.copyOf(blocks);
    }
  }
}
