package io.github.jvae.evaluate;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Map;

/** Whether a model gives examples a probability at all: told before anything is computed. */
final class ExampleCheck {
  private static final int IMAGE_RANK = 3;

  private final ModelRuntime runtime;

  ExampleCheck(ModelRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Checks what any use of examples needs.
   *
   * @param examples [B, ...]
   * @throws VaeException if the shape is not the model's, or a number is not finite
   */
  void requireShape(HostTensor examples) {
    Shape wanted = runtime.example();
    boolean images = wanted.rank() == IMAGE_RANK;
    Shape shape = examples.shape();
    if (!isOf(shape, wanted)) {
      throw new DataException("the model takes "
          + (images ? "images [batch, channels, height, width]" : "examples [batch, ...]") + " of "
          + wanted + ", not " + shape);
    }
    if (!examples.isFinite()) {
      throw new DataException(
          images
              ? "the images hold a pixel that is not a finite number"
              : "the examples hold a number that is not finite");
    }
  }

  private static boolean isOf(Shape batch, Shape example) {
    boolean same = batch.rank() == example.rank() + 1;
    for (int axis = 0; same && axis < example.rank(); axis++) {
      same = batch.dimension(axis + 1) == example.dimension(axis);
    }
    return same;
  }

  /**
   * Checks what a probability of examples needs.
   *
   * @param examples [B, ...]
   * @throws VaeException as {@link #requireShape}, or if a number is outside of the likelihood's
   *     support
   */
  void require(HostTensor examples) {
    require(examples, Map.of());
  }

  /**
   * Checks what a probability of examples needs, of which a mask may say what was observed.
   *
   * @param examples [B, ...]
   * @param conditions that the model is told, by name
   * @throws VaeException as {@link #require(HostTensor)}
   */
  void require(HostTensor examples, Map<String, HostTensor> conditions) {
    requireShape(examples);
    HostTensor mask = conditions.get(Inputs.MASK);
    Likelihood likelihood = runtime.model().likelihood();
    if (mask == null) {
      likelihood.check(examples);
    } else {
      likelihood.check(examples, mask);
    }
  }
}
