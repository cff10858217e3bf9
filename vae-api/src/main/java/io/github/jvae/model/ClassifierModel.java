package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A classifier, for the features it learns: generated examples are compared with real ones by them.
 * Its latent vector is the layer before the last, and what stands for its ELBO is the
 * log-probability of an example's class, {@code log p(y|x)}, in nats. It cannot make examples.
 */
public final class ClassifierModel implements LatentModel {
  /** The name in configurations. */
  public static final String NAME = "classifier";

  /** The condition that holds the class, one-hot. */
  public static final String LABEL = "label";

  private static final String FEATURES = "features";
  private static final String CLASSES = "classes";
  private static final int IMAGE_RANK = 3;
  private static final int UNITS = 256;
  private static final int CHANNELS = 32;
  private static final int KERNEL = 4;

  private final int latent;
  private final Network network;

  private ClassifierModel(int latent, Network network) {
    this.latent = latent;
    this.network = network;
  }

  /**
   * Makes a classifier: of images with two convolutions of stride 2, of other examples with one
   * hidden layer.
   *
   * @param example the shape of one example
   * @param latent how many features there are
   * @param conditions the shapes of what is known of each example beside
   * @throws ConfigurationException if no class is among that
   */
  public static ClassifierModel of(Shape example, int latent, SortedMap<String, Shape> conditions) {
    Shape classes = conditions.get(LABEL);
    if (classes == null || classes.rank() != 1) {
      throw new ConfigurationException(
          "a classifier has to be told the classes it learns; add the condition " + LABEL);
    }
    Network network = Network.named("classifier")
        .input("x", example)
        .layers(trunk(example))
        .layers(new Layer.Dense(latent))
        .head(FEATURES)
        .head(CLASSES, new Layer.Activate(Activation.RELU), new Layer.Dense(classes.size()))
        .build();
    return new ClassifierModel(latent, network);
  }

  private static List<Layer> trunk(Shape example) {
    Layer active = new Layer.Activate(Activation.RELU);
    return example.rank() == IMAGE_RANK
        ? List.of(
            new Layer.Conv2d(CHANNELS, KERNEL, 2, 1),
            active,
            new Layer.Conv2d(2 * CHANNELS, KERNEL, 2, 1),
            active,
            new Layer.Flatten())
        : List.of(new Layer.Flatten(), new Layer.Dense(UNITS), active);
  }

  /** What owns the network. */
  private record Part(String name, List<Network> networks) implements Component {}

  @Override
  public List<Component> components() {
    return List.of(new Part(NAME, List.of(network)));
  }

  @Override
  public List<LatentGroup> groups() {
    return List.of(new LatentGroup(Model.GROUP, latent));
  }

  @Override
  public Likelihood likelihood() {
    return new Nothing();
  }

  @Override
  public int noiseSize() {
    return 1;
  }

  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    return BoundTerms.withoutPosterior(in, noise, this::logProb);
  }

  /** Records the log-probability of the examples' classes, [B]. */
  private Tensor logProb(Inputs in) {
    Tensor logits = output(in, CLASSES);
    Tensor label = in.conditions().get(LABEL);
    return logits.multiply(label).sum(1).subtract(logits.logSumExp(1));
  }

  private Tensor output(Inputs in, String head) {
    Map<String, Tensor> outputs = in.x().trace().apply(network, Map.of("x", in.x()));
    return Optional.ofNullable(outputs.get(head)).orElseThrow();
  }

  /** Records the features, [B, L]. */
  @Override
  public Encoded encode(Inputs in) {
    return new Encoded(output(in, FEATURES), Optional.empty(), Optional.empty());
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    throw none();
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    throw none();
  }

  private static ConfigurationException none() {
    return new ConfigurationException(
        "a classifier makes no examples; take a model of another kind");
  }

  /** What a classifier has in place of a distribution of examples. */
  private record Nothing() implements Likelihood {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void check(HostTensor examples) {
      // Whatever is finite can be classified.
    }

    @Override
    public boolean isDensity() {
      return false;
    }

    /** What is told of an example is its class, of which bits per dimension mean nothing. */
    @Override
    public boolean isProbability(HostTensor examples) {
      return false;
    }

    @Override
    public Tensor logProb(Inputs in, Tensor decoded) {
      throw none();
    }

    @Override
    public Tensor mean(Tensor decoded) {
      throw none();
    }

    @Override
    public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
      throw none();
    }
  }
}
