package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;

/**
 * A DJL block that is run before a script, on one of the script's inputs.
 *
 * @param block what runs
 * @param input the input it takes
 * @param output the shape of what it makes
 */
record BlockCall(Block block, ScriptValue input, Shape output) {

  /** Runs the block. */
  void run(NDArray from, NDArray to) {
    // An operation's result belongs to the manager of its operand: here to one that goes at once.
    try (NDManager manager = from.getManager().newSubManager()) {
      from.setName(null);
      from.tempAttach(manager);
      NDList made = block.forward(new ParameterStore(manager, false), new NDList(from), false);
      made.attach(manager);
      if (made.size() != 1 || !made.head().getShape().equals(Memory.shape(output))) {
        throw new VaeException("encoder: the DJL block must make one array " + output + ", not "
            + Arrays.toString(made.getShapes()));
      }
      // A copy, as what a block makes without training must not take part in one.
      Memory.view(to).put(0, Memory.view(made.head()), 0, output.size());
    }
  }
}
