package io.github.jvae.nd4j;

/** Tells operations where the numbers of values are, and lends them room to compute in. */
interface Placement {
  Memory memory(Value value);

  /** How many threads may share a pass. */
  int threads();

  /** Room for one of them. */
  Tiles tiles(int thread);

  /** Room for a pass of one. */
  default Tiles tiles() {
    return tiles(0);
  }
}
