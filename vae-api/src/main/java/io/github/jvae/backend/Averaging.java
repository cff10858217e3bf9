package io.github.jvae.backend;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An optimizer that beside moving variables keeps an exponential moving average of each: after each
 * step {@code a ← a + (1 - d) · (θ - a)}, from {@code a = 0} on. {@code a / (1 - dᵗ)}, the bias
 * correction of Adam's moments, then is the weighted mean of the t values that a variable has had
 * after a step, the first values that training begins with left out.
 *
 * <p>Averages are kept in single precision, as PyTorch keeps them: with a decay of 0.9999 they
 * follow a weight to about 3e-4 of its size.
 *
 * @param base what moves the variables
 * @param decay {@code d}, above 0 and below 1
 */
public record Averaging(Optimizer base, double decay) implements Optimizer {
  /** What decays may be. */
  public static final Range DECAYS = Range.between(0, 1);

  /**
   * @throws io.github.jvae.error.VaeException if the decay is out of range, or averages are kept
   */
  public Averaging {
    DECAYS.require("the decay of averaged weights", decay);
    if (base instanceof Averaging) {
      throw new ConfigurationException("weights are averaged once, not twice");
    }
  }

  /** Returns the part of the way to a variable's value that its average takes in a step. */
  public float take() {
    return (float) (1 - decay);
  }

  /**
   * Returns the averages, corrected as said above. A variable that no step has moved is its own
   * average, and before the first step that is each of them.
   *
   * @param state of this optimizer
   * @param values of the variables, by name
   */
  public Map<String, HostTensor> averages(OptimizerState state, Map<String, HostTensor> values) {
    double weights = 1 - Math.pow(1.0 - take(), (double) state.step());
    Map<String, HostTensor> kept = state.slot(OptimizerSlot.AVERAGE);
    Map<String, HostTensor> averages = new LinkedHashMap<>();
    values.forEach((name, value) ->
        averages.put(name, average(Objects.requireNonNull(kept.get(name)).data(), value, weights)));
    return averages;
  }

  private static HostTensor average(float[] kept, HostTensor value, double weights) {
    HostTensor average = HostTensor.zeros(value.shape());
    boolean moved = false;
    for (int i = 0; i < kept.length; i++) {
      average.data()[i] = (float) (kept[i] / weights);
      moved |= kept[i] != 0;
    }
    return moved ? average : value;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.averaging(this);
  }

  /** Returns the name of what moves the variables. */
  @Override
  public String name() {
    return base.name();
  }

  @Override
  public List<OptimizerSlot> slots() {
    return Stream.concat(base.slots().stream(), Stream.of(OptimizerSlot.AVERAGE))
        .toList();
  }

  @Override
  public GradientLimits limits() {
    return base.limits();
  }

  @Override
  public Averaging withLimits(GradientLimits limits) {
    return new Averaging(base.withLimits(limits), decay);
  }
}
