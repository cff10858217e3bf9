package io.github.jvae.data.table;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text with two threads: one finds its fields while the one that asks takes those found
 * before. To make numbers of fields takes about as long as to find them.
 */
final class RowsAhead {
  /** Below, the second thread gains less than it costs. */
  private static final long LEAST_BYTES = 1 << 20;

  /** How many blocks of rows may be found before they are taken. */
  private static final int BLOCKS = 4;

  private static final Block END = new Block(0);

  private final BlockingQueue<Block> empty = new LinkedBlockingQueue<>();
  private final BlockingQueue<Block> full = new LinkedBlockingQueue<>();

  /** Why the text could not be read to its end; written before the last block is handed over. */
  private volatile @Nullable Throwable failure;

  private RowsAhead(int blockSize) {
    for (int i = 0; i < BLOCKS; i++) {
      empty.add(new Block(blockSize));
    }
  }

  /** As {@link CsvText#read}, with a second thread if that is worth it. */
  static void read(CsvText text, CsvText.Rows rows) {
    if (text.bytes() < LEAST_BYTES) {
      text.read(rows);
    } else {
      read(text, rows, 1 << 16);
    }
  }

  /** @param blockSize how many characters are handed over at once, about */
  static void read(CsvText text, CsvText.Rows rows, int blockSize) {
    new RowsAhead(blockSize).handOver(text, rows);
  }

  private void handOver(CsvText text, CsvText.Rows rows) {
    Thread parser = new Thread(() -> parse(text), "vae-csv");
    parser.setDaemon(true);
    parser.start();
    try {
      Block block = next();
      while (block != END && block.hand(rows)) {
        empty.add(block);
        block = next();
      }
      if (block == END) {
        rethrow(failure);
      }
    } finally {
      // It has ended, or there is nobody to take what it would find.
      parser.interrupt();
    }
  }

  /** A table is read to its end: whoever called finds the flag of an interrupt afterwards. */
  private Block next() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return full.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  private void parse(CsvText text) {
    Writer writer = new Writer(empty.remove());
    try {
      text.read(writer);
    } catch (RuntimeException | Error e) {
      // Else a table for which memory does not suffice would seem to end early.
      failure = e;
    } finally {
      full.add(writer.block);
      full.add(END);
    }
  }

  /** Fills blocks with rows. */
  private final class Writer implements CsvText.Rows {
    private Block block;

    Writer(Block first) {
      this.block = first;
    }

    @Override
    public void begin(long line) {
      block.begin(line);
    }

    @Override
    public void field(int index, char[] text, int begin, int length) {
      block.field(text, begin, length);
    }

    @Override
    public boolean end(int fields) {
      if (!block.end()) {
        return true;
      }
      try {
        Block next = empty.take();
        full.add(block);
        block = next;
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }
  }

  /** Rows that follow each other; what belongs to one that has not ended is not handed on. */
  private static final class Block {
    private final int wanted;
    private char[] text;
    private int[] ends = new int[64];
    private int[] rowEnds = new int[64];
    private long[] lines = new long[64];
    private int rows;
    private int fields;

    Block(int wanted) {
      this.wanted = wanted;
      this.text = new char[wanted];
    }

    private int fieldsOfRows() {
      return rows == 0 ? 0 : rowEnds[rows - 1];
    }

    private int start(int field) {
      return field == 0 ? 0 : ends[field - 1];
    }

    void begin(long line) {
      fields = fieldsOfRows();
      lines = rows < lines.length ? lines : Arrays.copyOf(lines, 2 * rows);
      lines[rows] = line;
    }

    void field(char[] from, int begin, int length) {
      int start = start(fields);
      if (text.length - start < length) {
        text = Arrays.copyOf(text, Math.max(2 * text.length, start + length));
      }
      System.arraycopy(from, begin, text, start, length);
      ends = fields < ends.length ? ends : Arrays.copyOf(ends, 2 * fields);
      ends[fields] = start + length;
      fields++;
    }

    /** Ends a row; returns whether the block is full. */
    boolean end() {
      rowEnds = rows < rowEnds.length ? rowEnds : Arrays.copyOf(rowEnds, 2 * rows);
      rowEnds[rows] = fields;
      rows++;
      return start(fields) >= wanted;
    }

    /** Hands its rows on and is empty then; returns whether to go on. */
    boolean hand(CsvText.Rows taker) {
      int field = 0;
      boolean more = true;
      for (int row = 0; row < rows && more; row++) {
        taker.begin(lines[row]);
        int first = field;
        for (; field < rowEnds[row]; field++) {
          taker.field(field - first, text, start(field), ends[field] - start(field));
        }
        more = taker.end(field - first);
      }
      rows = 0;
      fields = 0;
      return more;
    }
  }
}
