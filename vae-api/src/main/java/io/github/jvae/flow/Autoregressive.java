package io.github.jvae.flow;

import io.github.jvae.model.Network;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The map {@code y_i = e^{s_i} x_i + t_i}, where a {@link Made} makes {@code s_i} and {@code t_i}
 * of the elements of x before {@code x_i}: {@code log |det J| = Σ s_i}.
 *
 * <p>Forward takes the network once; the inverse takes it L times, as each element of x has to be
 * known before the next. From latent vectors to noise it is the masked autoregressive flow of
 * Papamakarios et al. ("Masked autoregressive flow for density estimation", 2017); from noise to
 * latent vectors, with a context, the inverse autoregressive flow of Kingma et al. ("Improving
 * variational inference with inverse autoregressive flow", 2016).
 */
public final class Autoregressive implements Bijection {
  private final Made made;
  private final Network network;
  private final @Nullable Tensor context;

  private Autoregressive(Made made, Network network, @Nullable Tensor context) {
    this.made = made;
    this.network = network;
    this.context = context;
  }

  /**
   * Returns such maps that take the elements of a vector in turns, from the first and from the
   * last.
   *
   * @param name of the networks' parameters, before a number
   * @param count how many, at least 1
   * @param latent L
   * @param context the extent of the context they are {@link #given}; 0 for none
   * @param hidden the units of the hidden layers of each network
   * @param form of the map of each element
   */
  public static List<Autoregressive> alternating(
      String name, int count, int latent, int context, List<Integer> hidden, AffineForm form) {
    return IntStream.range(0, count)
        .mapToObj(number -> {
          Made made = new Made(latent, context, hidden, number % 2 == 1, form);
          return new Autoregressive(made, made.network(name + "." + number), null);
        })
        .toList();
  }

  @Override
  public Autoregressive given(Tensor numbers) {
    return new Autoregressive(made, network, numbers);
  }

  @Override
  public List<Network> networks() {
    return List.of(network);
  }

  private Affine affine(Tensor x) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put(Made.X, x);
    if (context != null) {
      inputs.put(Made.CONTEXT, context);
    }
    return Affine.of(x.trace().apply(network, inputs), made.form());
  }

  @Override
  public Mapped forward(Tensor x) {
    Affine affine = affine(x);
    return new Mapped(affine.forward(x), affine::logDeterminant);
  }

  /**
   * Finds one element after another: what is not known yet is 0, and nothing that is made of it is
   * kept.
   */
  @Override
  public Mapped inverse(Tensor y) {
    Affine affine = affine(y.multiply(0));
    for (int known = 1; known < made.latent(); known++) {
      affine = affine(affine.inverse(y).multiply(first(known, y.trace())));
    }
    Affine last = affine;
    return new Mapped(last.inverse(y), () -> last.logDeterminant().negate());
  }

  /** Returns 1 for the first elements in order and 0 for the others, [L]. */
  private Tensor first(int known, Trace trace) {
    float[] mask = new float[made.latent()];
    List<Integer> places = made.places();
    for (int i = 0; i < mask.length; i++) {
      mask[i] = places.get(i) <= known ? 1 : 0;
    }
    return trace.constant(HostTensor.of(Shape.of(mask.length), mask));
  }
}
