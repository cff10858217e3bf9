package io.github.jvae.nd4j.kernel;

import java.util.List;

/** Threads that share a pass, and room for each to compute in. */
public interface Workers {
  /** How many threads may share a pass. */
  int threads();

  /** Room for one of them. */
  Tiles tiles(int thread);

  /** Returns groups of as many threads each as one. */
  static Workers together(List<? extends Workers> groups) {
    int each = groups.get(0).threads();
    return new Workers() {
      @Override
      public int threads() {
        return groups.size() * each;
      }

      @Override
      public Tiles tiles(int thread) {
        return groups.get(thread / each).tiles(thread % each);
      }
    };
  }

  /** Room for a pass of one. */
  default Tiles tiles() {
    return tiles(0);
  }
}
