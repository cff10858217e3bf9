package io.github.jvae.quantized;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Each code given those before it, {@code p(codes) = Π p(code_g | code_1 … code_(g-1))}: a masked
 * network of two layers on the one-hot codes (Germain et al., "MADE: masked autoencoder for
 * distribution estimation", 2015).
 */
final class AutoregressiveCodes implements CodePrior {
  private final int groups;
  private final int codes;
  private final Network network;

  /**
   * @param groups codes of an example, G
   * @param codes that each may be, K
   * @param hidden units of the hidden layer
   */
  AutoregressiveCodes(int groups, int codes, int hidden) {
    this.groups = groups;
    this.codes = codes;
    List<Integer> places = IntStream.range(0, groups * codes)
        .mapToObj(feature -> 1 + feature / codes)
        .toList();
    // The last code is before none, so no unit needs to know it.
    List<Integer> degrees = IntStream.range(0, hidden)
        .mapToObj(unit -> 1 + unit % Math.max(1, groups - 1))
        .toList();
    this.network = Network.named("prior")
        .input("codes", Shape.of(groups * codes))
        .layers(
            Layer.MaskedDense.ofDegrees(places, degrees, false),
            new Layer.Activate(Activation.RELU),
            Layer.MaskedDense.ofDegrees(degrees, places, true))
        .build();
  }

  @Override
  public List<Network> networks() {
    return List.of(network);
  }

  private Tensor logits(Tensor flat) {
    return flat.trace().apply(network, flat);
  }

  @Override
  public Tensor logProb(Tensor given) {
    Tensor logits = logits(given.reshape(-1, groups * codes)).reshape(given.shape());
    return IndependentCodes.logProb(logits, given);
  }

  @Override
  public Tensor sample(Tensor noise) {
    int batch = noise.shape().dimension(0);
    List<Tensor> drawn = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      Shape left = Shape.of(batch, (groups - group) * codes);
      Tensor unknown = noise.trace().constant(HostTensor.zeros(left));
      Tensor logits = logits(joined(drawn, unknown)).slice(1, group * codes, (group + 1) * codes);
      drawn.add(OneHot.draw(logits, noise.slice(1, group, group + 1)));
    }
    Tensor last = drawn.remove(drawn.size() - 1);
    return joined(drawn, last).reshape(batch, groups, codes);
  }

  private static Tensor joined(List<Tensor> first, Tensor last) {
    if (first.isEmpty()) {
      return last;
    }
    List<Tensor> others = new ArrayList<>(first.subList(1, first.size()));
    others.add(last);
    return first.get(0).concat(1, others.toArray(Tensor[]::new));
  }
}
