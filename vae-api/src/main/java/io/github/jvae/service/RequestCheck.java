package io.github.jvae.service;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Inference;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Inputs;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes of a request what is computed, or says what is wrong with it. */
final class RequestCheck {
  private static final List<Integer> FIRST = List.of(0);

  private final ModelRuntime runtime;
  private final Inference inference;
  private final int queue;
  private final Shape oneExample;
  private final Shape oneLatent;

  /** @param queue how many examples may wait */
  RequestCheck(ModelRuntime runtime, Inference inference, int queue) {
    this.runtime = runtime;
    this.inference = inference;
    this.queue = queue;
    this.oneExample = runtime.example().prepend(1);
    this.oneLatent = Shape.of(1, runtime.model().latent());
  }

  /**
   * Returns what is to be computed.
   *
   * @param copied whether the numbers are copied, as they may change before it is
   * @throws VaeException if the model cannot take the request
   */
  Operation.Input input(Request<?> request, boolean copied) {
    Operation<?> operation = request.operation();
    requireCount(operation, request.count());
    HostTensor rows;
    if (operation == Operation.SAMPLE) {
      rows = inference.sampleNoise(request.count(), request.seed());
    } else {
      boolean latent = operation == Operation.DECODE;
      rows = rows(
          latent ? "latent vector" : "example",
          request.rows(),
          latent ? oneLatent : oneExample,
          copied);
    }
    Map<String, HostTensor> conditions = conditions(request);
    if (operation == Operation.SCORE) {
      requireProbability(rows, conditions);
    }
    return new Operation.Input(rows, conditions, places(request.count()));
  }

  private void requireCount(Operation<?> operation, int count) {
    if (count < 1) {
      throw new DataException(
          "a request to " + operation + " needs at least one example, not " + count);
    }
    if (count > queue) {
      throw new DataException("a request to " + operation + " has " + count
          + " examples, but the service's queue holds " + queue
          + "; ask for fewer at a time, or give the service a longer queue");
    }
  }

  private static List<Integer> places(int count) {
    return count == 1 ? FIRST : IntStream.range(0, count).boxed().toList();
  }

  private static HostTensor rows(String what, List<float[]> rows, Shape one, boolean copied) {
    int size = one.size();
    for (int i = 0; i < rows.size(); i++) {
      require(what, i, rows.get(i), size, one);
    }
    if (rows.size() == 1 && !copied) {
      return HostTensor.of(one, rows.get(0));
    }
    HostTensor all = HostTensor.zeros(one.with(0, rows.size()));
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all.data(), i * size, size);
    }
    return all;
  }

  private static void require(String what, int place, float @Nullable [] row, int size, Shape one) {
    if (row == null) {
      throw new DataException(what + " " + (place + 1) + " of the request is null");
    }
    if (row.length != size) {
      throw new DataException(what + " " + (place + 1) + " of the request has " + row.length
          + " numbers, but the model takes " + size + ", " + one.subShape(1, one.rank()));
    }
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(row[i])) {
        throw new DataException("number " + (i + 1) + " of " + what + " " + (place + 1)
            + " of the request is " + row[i] + ", which is not finite");
      }
    }
  }

  private Map<String, HostTensor> conditions(Request<?> request) {
    Map<String, List<float[]>> given = request.conditions();
    if (runtime.conditions().isEmpty() && given.isEmpty()) {
      return Map.of();
    }
    Map<String, HostTensor> all = new LinkedHashMap<>();
    given.forEach((name, values) -> {
      Shape shape = runtime.conditions().get(name);
      if (shape == null) {
        throw new DataException("the model has no condition " + Quote.of(name) + ", only "
            + (runtime.conditions().isEmpty()
                ? "none"
                : Quote.list(new TreeSet<>(runtime.conditions().keySet()))));
      }
      if (values.size() != request.count()) {
        throw new DataException("the condition " + Quote.of(name) + " is given for " + values.size()
            + " example(s) of " + request.count());
      }
      all.put(name, rows("condition " + Quote.of(name), values, shape.prepend(1), true));
    });
    // Tells which are missing, and makes up a mask.
    List<HostTensor> complete = runtime.conditionsOf(request.count(), all);
    int place = 0;
    for (String name : runtime.conditions().keySet()) {
      all.put(name, complete.get(place++));
    }
    return all;
  }

  private void requireProbability(HostTensor rows, Map<String, HostTensor> conditions) {
    HostTensor mask = conditions.get(Inputs.MASK);
    if (mask == null) {
      runtime.model().likelihood().check(rows);
    } else {
      runtime.model().likelihood().check(rows, mask);
    }
  }
}
