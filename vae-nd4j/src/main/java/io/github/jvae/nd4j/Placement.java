package io.github.jvae.nd4j;

/** Tells operations where the numbers of values are, and lends them room to compute in. */
interface Placement extends Workers {
  Memory memory(Value value);
}
