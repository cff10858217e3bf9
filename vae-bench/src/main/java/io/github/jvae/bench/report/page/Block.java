package io.github.jvae.bench.report.page;

import io.github.jvae.bench.chart.Chart;
import java.util.List;
import java.util.Locale;

/** Something that stands in a section. */
public sealed interface Block {
  /** The name of the templates that show it. */
  default String template() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** A paragraph. */
  record Text(String text) implements Block {}

  /** Lines of a formula, each with what it says in words. */
  record Formula(List<Line> lines) implements Block {
    /** Keeps a copy of the list. */
    public Formula {
      lines = List.copyOf(lines);
    }

    /** A line and its meaning. */
    public record Line(String formula, String meaning) {}
  }

  /** Something to be typed. */
  record Code(String text) implements Block {}

  /** Names and what belongs to them. */
  record Facts(List<Page.Fact> facts) implements Block {
    /** Keeps a copy of the list. */
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /**
   * A chart with its numbers.
   *
   * @param id unique in the document, and the name of its picture's file
   * @param chart what is drawn
   * @param description what a reader sees who cannot look at it, in a sentence or two
   * @param caption what it means
   * @param table the same numbers
   */
  record Figure(String id, Chart chart, String description, String caption, Table table)
      implements Block {}

  /**
   * Rows of numbers.
   *
   * @param caption what they are
   * @param corner what the names of the rows are
   * @param columns their names, with units
   * @param rows one for each name
   */
  record Table(String caption, String corner, List<String> columns, List<Row> rows)
      implements Block {
    /** Keeps copies of the lists. */
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    /** A name and its numbers, one for each column. */
    public record Row(String name, List<String> cells) {
      /** Keeps a copy of the list. */
      public Row {
        cells = List.copyOf(cells);
      }
    }
  }

  /**
   * Pictures beside each other that show the same thing.
   *
   * @param title what they show
   * @param caption what to look for
   * @param pictures one for each
   */
  record Gallery(String title, String caption, List<Picture> pictures) implements Block {
    /** Keeps a copy of the list. */
    public Gallery {
      pictures = List.copyOf(pictures);
    }
  }

  /** Figures side by side where there is room. */
  record Pair(List<Figure> figures) implements Block {
    /** Keeps a copy of the list. */
    public Pair {
      figures = List.copyOf(figures);
    }
  }
}
