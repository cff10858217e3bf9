package io.github.jvae;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Component;
import io.github.jvae.model.FirstValues;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The training examples that first values are made of, where a component asks for some.
 *
 * @param data to choose from, at random by the seed
 * @param transforms what training does to them
 */
record FirstExamples(Examples data, Transforms transforms) {

  /**
   * Checks that there are as many as a model's parts ask for, of the model's shape.
   *
   * @param given null if there are none
   * @throws VaeException if one asks for more than there are, or the model cannot take them
   */
  static void require(ModelParts parts, @Nullable FirstExamples given) {
    for (Component component : parts.components()) {
      component.firstValues().ifPresent(values -> {
        if (given == null) {
          throw new ConfigurationException(component.name() + " starts from training examples, but"
              + " there are none; give them where the model is made (startingFrom), or have it start"
              + " at random");
        }
        if (values.examples() > given.data().size()) {
          throw new ConfigurationException(component.name() + " starts from " + values.examples()
              + " training examples, each another, but data set "
              + Quote.of(given.data().name())
              + " has " + given.data().size()
              + "; take fewer components, or have it start at random");
        }
        given.data().requireFor(parts.example(), parts.conditions());
      });
    }
  }

  /**
   * Gives a model the values that its parts make of examples.
   *
   * @param runtime whose variables have the first values that the seed gives
   */
  void start(ModelRuntime runtime, List<Component> components, long seed) {
    for (Component component : components) {
      component.firstValues().ifPresent(values -> start(runtime, values, seed));
    }
  }

  private void start(ModelRuntime runtime, FirstValues values, long seed) {
    Batch batch = chosen(runtime, values.examples(), seed);
    List<String> names = new ArrayList<>();
    Computation computation = (trace, inputs) -> {
      Map<String, Tensor> made = new TreeMap<>(
          values.recipe().of(runtime.inputs(inputs.get(0), inputs.subList(1, inputs.size()))));
      names.addAll(made.keySet());
      return List.copyOf(made.values());
    };
    List<HostTensor> results = runtime
        .backend()
        .evaluate(computation, runtime.withConditions(batch.conditions(), batch.x()));
    Map<String, HostTensor> written = new TreeMap<>();
    for (int i = 0; i < results.size(); i++) {
      written.put(names.get(i), results.get(i));
    }
    runtime.backend().variables().writeAll(written);
  }

  private Batch chosen(ModelRuntime runtime, int count, long seed) {
    int[] order = RandomStream.of(seed).child("first values").permutation(data.size());
    return Batches.of(data.subset(Arrays.copyOf(order, count)), count)
        .transformed(transforms, Pass.training(seed, 0))
        .withConditions(runtime.conditions().keySet())
        .iterator()
        .next();
  }
}
