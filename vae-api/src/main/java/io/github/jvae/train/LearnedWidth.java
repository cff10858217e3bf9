package io.github.jvae.train;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Variables;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How narrow a normal distribution of pixels has become in training, where its width is learned:
 * for all pixels together, or for each, and then told of what the decoder makes of the latent
 * vector 0. Nothing else has a width of that kind.
 */
final class LearnedWidth implements AutoCloseable {
  /** Half a step between the 256 levels of an image; closer than that no two numbers lie. */
  static final double LEAST = 1.0 / 510;

  private final ModelRuntime runtime;
  private @Nullable Executable decoder;
  private int narrow;
  private int pixels;

  LearnedWidth(ModelRuntime runtime) {
    this.runtime = runtime;
  }

  /** Whether it is below the levels now, of any pixel. */
  boolean isBelowLevels() {
    Likelihood likelihood = runtime.model().likelihood();
    if (!likelihood.name().equals(Gaussian.NAME)) {
      return false;
    }
    float[] logarithms = logarithms(likelihood);
    pixels = logarithms.length;
    narrow = 0;
    for (float logarithm : logarithms) {
      narrow += logarithm < Math.log(LEAST) ? 1 : 0;
    }
    return narrow > 0;
  }

  /** Which pixels that was. */
  String where() {
    return pixels == 1 ? "all pixels" : narrow + " of " + pixels + " pixel values";
  }

  private float[] logarithms(Likelihood likelihood) {
    Variables variables = runtime.backend().variables();
    if (variables.names().contains(Gaussian.SHARED_PARAMETER)) {
      return variables.read(Gaussian.SHARED_PARAMETER).data();
    }
    if (likelihood.decoded(runtime.example()).equals(runtime.example())) {
      return new float[0];
    }
    List<HostTensor> inputs = new ArrayList<>();
    inputs.add(HostTensor.zeros(Shape.of(1, runtime.model().latent())));
    runtime.conditions().values().forEach(shape -> inputs.add(HostTensor.zeros(shape.prepend(1))));
    HostTensor decoded = decoder().run(inputs.toArray(HostTensor[]::new)).get(0);
    int channels = decoded.shape().dimension(1);
    float[] both = decoded.data();
    // All means come first, then all logarithms.
    return Arrays.copyOfRange(both, both.length / channels * (channels / 2), both.length);
  }

  /** Opened when it is first needed and kept, as engines remember what they have recorded. */
  private Executable decoder() {
    if (decoder == null) {
      decoder = runtime
          .backend()
          .compile(Computation.of(
              Computation.Examples.APART,
              (trace, inputs) -> List.of(runtime
                  .model()
                  .decode(inputs.get(0), runtime.conditions(inputs.subList(1, inputs.size()))))));
    }
    return decoder;
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }
}
