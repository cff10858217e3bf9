package io.github.jvae.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Different texts, numbered as they come, found by characters of a buffer. */
final class TextIndex {
  private static final int NONE = -1;

  private final List<String> texts = new ArrayList<>();
  private int[] table = new int[64];
  private int[] counts = new int[64];
  private long[] lines = new long[64];

  TextIndex() {
    Arrays.fill(table, NONE);
  }

  /** Returns the texts of a list by their places in it. */
  static TextIndex of(List<String> texts) {
    TextIndex index = new TextIndex();
    texts.forEach(text -> index.add(text.toCharArray(), 0, text.length(), 0));
    return index;
  }

  int size() {
    return texts.size();
  }

  /** Returns the texts in the order of their numbers. */
  List<String> texts() {
    return Collections.unmodifiableList(texts);
  }

  /** Returns how often a text came. */
  int count(int number) {
    return counts[number];
  }

  /** Returns the line where a text came first. */
  long line(int number) {
    return lines[number];
  }

  /** Returns the number of a text; below 0 if it never came. */
  int find(char[] text, int begin, int length) {
    return table[slot(text, begin, length)];
  }

  /** Returns the number of a text, which is a new one where it comes for the first time. */
  int add(char[] text, int begin, int length, long line) {
    int slot = slot(text, begin, length);
    int number = table[slot];
    if (number == NONE) {
      number = texts.size();
      table[slot] = number;
      texts.add(new String(text, begin, length));
      if (number == counts.length) {
        counts = Arrays.copyOf(counts, 2 * number);
        lines = Arrays.copyOf(lines, 2 * number);
      }
      lines[number] = line;
      if (2 * texts.size() > table.length) {
        grow();
      }
    }
    counts[number]++;
    return number;
  }

  private int slot(char[] text, int begin, int length) {
    int hash = 0;
    for (int i = begin; i < begin + length; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (table.length - 1);
    while (table[slot] != NONE && !equal(texts.get(table[slot]), text, begin, length)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private static boolean equal(String known, char[] text, int begin, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != text[begin + i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, NONE);
    for (int number = 0; number < texts.size(); number++) {
      char[] text = texts.get(number).toCharArray();
      table[slot(text, 0, text.length)] = number;
    }
  }
}
