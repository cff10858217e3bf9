package io.github.jvae.nd4j.kernel;

/** Threads that share a pass, and room for each to compute in. */
public interface Workers {
  /** How many threads may share a pass. */
  int threads();

  /** Room for one of them. */
  Tiles tiles(int thread);

  /** Room for a pass of one. */
  default Tiles tiles() {
    return tiles(0);
  }
}
