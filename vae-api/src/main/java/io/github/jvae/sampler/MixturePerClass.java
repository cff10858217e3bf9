package io.github.jvae.sampler;

import io.github.jvae.Vae;
import io.github.jvae.checkpoint.Safetensors;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Labels;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A {@link GaussianMixture} for each class of the label that a model is told, of the latent vectors
 * of its examples.
 */
final class MixturePerClass implements LatentSampler {
  private final String label;
  private final int classes;
  private final SortedMap<Integer, GaussianMixture> mixtures;

  private MixturePerClass(String label, int classes, SortedMap<Integer, GaussianMixture> mixtures) {
    this.label = label;
    this.classes = classes;
    this.mixtures = mixtures;
  }

  /**
   * Fits a mixture to the latent vectors of each class that there are examples of.
   *
   * @param codes examples of shape [L], with the label
   * @param components how many Gaussians for each class
   * @throws ConfigurationException if the model is told anything but one label, or a class has too
   *     few examples for as many
   */
  static MixturePerClass fit(Vae vae, Examples codes, int components, long seed) {
    String name = onlyCondition(vae);
    if (!(codes.condition(name) instanceof Labels labels)) {
      throw notLabel(Quote.of(name) + ", which is no label");
    }
    SortedMap<Integer, GaussianMixture> mixtures = new TreeMap<>();
    for (int number = 0; number < labels.classes(); number++) {
      int[] members = members(labels, number);
      if (members.length > 0) {
        mixtures.put(number, fit(codes, members, name + " " + number, components, seed));
      }
    }
    return new MixturePerClass(name, labels.classes(), mixtures);
  }

  private static GaussianMixture fit(
      Examples codes, int[] members, String where, int components, long seed) {
    try {
      return GaussianMixture.fit(codes.subset(members), components, seed);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(where + ": " + e.getMessage(), e);
    }
  }

  private static int[] members(Labels labels, int number) {
    return IntStream.range(0, labels.size())
        .filter(i -> labels.label(i) == number)
        .toArray();
  }

  private static String onlyCondition(Vae vae) {
    Map<String, Shape> told = vae.runtime().conditions();
    if (told.size() != 1) {
      throw notLabel(Quote.list(told.keySet()));
    }
    return told.keySet().iterator().next();
  }

  private static ConfigurationException notLabel(String told) {
    return new ConfigurationException("mixtures are fitted for the classes of one label, but this"
        + " model is told " + told + "; fit real-nvp, maf or two-stage, which follow any numbers");
  }

  @Override
  public HostTensor draw(int count, long seed, Map<String, HostTensor> conditions) {
    HostTensor rows = conditions.get(label);
    if (rows == null || !rows.shape().equals(Shape.of(count, classes))) {
      throw new ConfigurationException("a sampler of this model is told " + Quote.of(label)
          + " of each latent vector, [" + count + ", " + classes + "], not "
          + (rows == null ? "nothing" : rows.shape()) + "; give it, such as --condition " + label
          + "=0");
    }
    int[] chosen = IntStream.range(0, count).map(row -> number(rows, row)).toArray();
    int latent = mixtures.values().iterator().next().dimensions();
    HostTensor drawn = HostTensor.zeros(Shape.of(count, latent));
    mixtures.forEach((number, mixture) -> {
      int[] places = IntStream.range(0, count).filter(i -> chosen[i] == number).toArray();
      float[] z = places.length == 0
          ? new float[0]
          : mixture
              .draw(places.length, RandomStream.of(seed).child(label + " " + number))
              .data();
      for (int i = 0; i < places.length; i++) {
        System.arraycopy(z, i * latent, drawn.data(), places[i] * latent, latent);
      }
    });
    return drawn;
  }

  /** Returns the class that a one-hot row says. */
  private int number(HostTensor rows, int row) {
    for (int number = 0; number < classes; number++) {
      if (rows.data()[row * classes + number] == 1) {
        requireKnown(number);
        return number;
      }
    }
    throw new ConfigurationException("mixtures are of whole classes, but the " + Quote.of(label)
        + " of latent vector " + row + " is no one-hot vector; give it one class");
  }

  private GaussianMixture requireKnown(int number) {
    GaussianMixture mixture = mixtures.get(number);
    if (mixture == null) {
      throw new ConfigurationException("there is no mixture of " + label + " " + number
          + ", of which there was no example; there are "
          + Quote.list(mixtures.keySet().stream().map(String::valueOf).toList()));
    }
    return mixture;
  }

  /** Classes that were not fitted cannot be judged, and are an error. */
  @Override
  public double logLikelihood(Examples latents) {
    Labels labels = (Labels) latents.condition(label);
    double sum = 0;
    for (int number = 0; number < classes; number++) {
      int[] members = members(labels, number);
      if (members.length > 0) {
        sum += members.length * requireKnown(number).logLikelihood(latents.subset(members));
      }
    }
    return sum / latents.size();
  }

  @Override
  public void save(Path folder) {
    Map<String, HostTensor> tensors = new TreeMap<>();
    mixtures.forEach((number, mixture) -> tensors.putAll(mixture.tensors(prefix(number))));
    Safetensors.write(folder.resolve(GaussianMixture.FILE), tensors, Map.of());
  }

  private static String prefix(int number) {
    return number + ".";
  }

  /**
   * Opens mixtures that were saved.
   *
   * @throws io.github.jvae.error.VaeException if the file is missing or holds no such mixtures
   */
  static MixturePerClass open(Path folder, Vae vae, int dimensions) {
    String name = onlyCondition(vae);
    Path file = folder.resolve(GaussianMixture.FILE);
    Map<String, HostTensor> tensors = Safetensors.read(file);
    int classes = Objects.requireNonNull(vae.runtime().conditions().get(name)).size();
    SortedMap<Integer, GaussianMixture> mixtures = new TreeMap<>();
    for (int number = 0; number < classes; number++) {
      String prefix = prefix(number);
      if (tensors.keySet().stream().anyMatch(tensor -> tensor.startsWith(prefix))) {
        mixtures.put(number, GaussianMixture.of(tensors, prefix, dimensions, file));
      }
    }
    if (mixtures.isEmpty()) {
      throw FileFault.of(file, "holds no mixture of any " + name, "fit the sampler again");
    }
    return new MixturePerClass(name, classes, mixtures);
  }

  @Override
  public void close() {
    // All of it is Java's memory.
  }
}
