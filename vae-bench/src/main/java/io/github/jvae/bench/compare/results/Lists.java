package io.github.jvae.bench.compare.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of records that come from files. */
final class Lists {
  private Lists() {}

  /** A copy, empty where a file has no such list. */
  static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
