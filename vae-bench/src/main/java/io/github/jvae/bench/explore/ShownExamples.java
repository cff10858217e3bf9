package io.github.jvae.bench.explore;

import io.github.jvae.Vae;
import io.github.jvae.bench.web.WebFault;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Examples that a model can be shown.
 *
 * @param data the examples
 * @param words which they are
 * @param transforms what is done to them
 * @param seed of what is random in that
 */
public record ShownExamples(Examples data, String words, Transforms transforms, long seed) {

  /** Returns some examples as the model sees them, [indices, ...]. */
  HostTensor examples(int... indices) {
    for (int index : indices) {
      if (index < 0 || index >= data.size()) {
        throw new WebFault(
            400, "there is no example " + index + "; they are numbered 0 to " + (data.size() - 1));
      }
    }
    HostTensor block = data.tensor(indices);
    int size = data.shape().size();
    for (int row = 0; row < indices.length; row++) {
      transforms.in(Pass.test(seed)).apply(indices[row], block.data(), row * size, size);
    }
    return block;
  }

  /** Returns what a model is told of examples, [indices, ...] each. */
  Map<String, HostTensor> conditions(Vae vae, int... indices) {
    Map<String, HostTensor> told = new LinkedHashMap<>();
    vae.runtime().conditions().forEach((name, shape) -> {
      HostTensor value = HostTensor.zeros(shape.prepend(indices.length));
      for (int row = 0; row < indices.length; row++) {
        data.condition(name).read(indices[row], value.data(), row * shape.size());
      }
      told.put(name, value);
    });
    return told;
  }

  /** Returns at most so many places, evenly over all examples. */
  int[] places(int most) {
    int stride = (data.size() - 1) / most + 1;
    return IntStream.iterate(0, place -> place < data.size(), place -> place + stride)
        .toArray();
  }
}
