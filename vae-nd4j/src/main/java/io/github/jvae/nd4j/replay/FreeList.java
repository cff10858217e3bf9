package io.github.jvae.nd4j.replay;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Gives out parts of a memory that is as long as it needs to be, and takes them back. */
final class FreeList {
  private final TreeMap<Long, Long> free = new TreeMap<>();
  private long end;

  /** The length of memory in which everything fits that was ever there at once. */
  long end() {
    return end;
  }

  /** The beginning of a part; the smallest that is free and large enough. */
  long take(long size) {
    Map.Entry<Long, Long> best = null;
    for (Map.Entry<Long, Long> part : free.entrySet()) {
      if (part.getValue() >= size && (best == null || part.getValue() < best.getValue())) {
        best = part;
      }
    }
    if (best == null) {
      return extend(size);
    }
    // Read before the removal, which may put another part into this entry.
    long begin = best.getKey();
    long rest = best.getValue() - size;
    free.remove(begin);
    if (rest > 0) {
      free.put(begin + size, rest);
    }
    return begin;
  }

  private long extend(long size) {
    Map.Entry<Long, Long> last = free.lastEntry();
    long begin = last != null && last.getKey() + last.getValue() == end ? last.getKey() : end;
    free.remove(begin);
    end = begin + size;
    return begin;
  }

  void giveBack(long begin, long size) {
    long from = begin;
    long to = begin + size;
    Map.Entry<Long, Long> before = free.lowerEntry(begin);
    if (before != null && before.getKey() + before.getValue() == begin) {
      from = before.getKey();
    }
    if (free.containsKey(to)) {
      to += Objects.requireNonNull(free.remove(to));
    }
    free.put(from, to - from);
  }
}
