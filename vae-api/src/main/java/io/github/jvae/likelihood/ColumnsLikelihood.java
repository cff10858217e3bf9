package io.github.jvae.likelihood;

import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.model.Places;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Independent columns of a table, each with the distribution of its kind: numbers are normal unless
 * told otherwise, counts negative binomial, zeros and ones Bernoulli's, and categories any of
 * theirs. What a distribution learns beside its mean, such as a width, it has for each column, and
 * for each latent vector.
 *
 * <p>Columns of one distribution are computed together. The decoder makes what those read, one
 * after the other.
 */
public final class ColumnsLikelihood implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "columns";

  private static final OptionDescription<ColumnDistribution> NUMERIC = OptionDescription.of(
      "numeric",
      OptionType.choice(ColumnDistribution.class),
      ColumnDistribution.GAUSSIAN,
      "What the numbers of numeric columns are distributed as: gaussian, gaussian-mixture,"
          + " student-t, laplace, log-normal or beta.");

  private static final OptionDescription<ColumnDistribution> COUNT = OptionDescription.of(
      "count",
      OptionType.choice(ColumnDistribution.class),
      ColumnDistribution.NEGATIVE_BINOMIAL,
      "What counts are distributed as: negative-binomial, poisson,"
          + " zero-inflated-negative-binomial or zero-inflated-poisson.");

  private static final OptionDescription<Integer> MODES = OptionDescription.of(
      "modes",
      OptionType.wholeNumber(1),
      5,
      "How many normal distributions a gaussian-mixture has.");

  private static final OptionDescription<List<String>> OVERRIDES = OptionDescription.of(
      "overrides",
      OptionType.texts(),
      List.of(),
      "What single columns are distributed as in place of that, such as"
          + " age=poisson,income=log-normal.");

  private final Columns columns;
  private final List<ColumnDistribution> distributions;
  private final List<Part> parts;

  /** The place of each column among those of all parts, one part after the other. */
  private final int[] order;

  /**
   * Columns that are computed together.
   *
   * @param likelihood of each
   * @param places of them among all columns
   * @param decodedFrom where what the decoder makes for them begins
   * @param noiseFrom where the noise of their draws begins
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Part(
      IndependentLikelihood likelihood, int[] places, int decodedFrom, int noiseFrom) {
    Shape example() {
      return Shape.of(places.length);
    }

    int decodedTo() {
      return decodedFrom + likelihood.decoded(example()).dimension(0);
    }

    int noiseTo() {
      return noiseFrom + likelihood.noise(example()).dimension(0);
    }

    Tensor decoded(Tensor all) {
      return all.slice(1, decodedFrom, decodedTo());
    }

    Tensor noise(Tensor all) {
      return all.slice(1, noiseFrom, noiseTo());
    }
  }

  private ColumnsLikelihood(
      Columns columns, List<ColumnDistribution> distributions, int components) {
    this.columns = columns;
    this.distributions = distributions;
    this.parts = parts(columns, distributions, components);
    this.order = new int[columns.size()];
    int next = 0;
    for (Part part : parts) {
      for (int place : part.places()) {
        order[place] = next++;
      }
    }
  }

  private static List<Part> parts(
      Columns columns, List<ColumnDistribution> distributions, int components) {
    record Alike(ColumnDistribution distribution, int categories) {}
    Map<Alike, List<Integer>> alike = new LinkedHashMap<>();
    for (int place = 0; place < columns.size(); place++) {
      ColumnDistribution distribution = distributions.get(place);
      int categories = distribution == ColumnDistribution.CATEGORICAL
          ? columns.get(place).categories().size()
          : 0;
      alike
          .computeIfAbsent(new Alike(distribution, categories), key -> new ArrayList<>())
          .add(place);
    }
    List<Part> parts = new ArrayList<>();
    alike.forEach((key, places) -> {
      Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      parts.add(new Part(
          key.distribution().of(columns.get(places.get(0)), components),
          places.stream().mapToInt(Integer::intValue).toArray(),
          last == null ? 0 : last.decodedTo(),
          last == null ? 0 : last.noiseTo()));
    });
    return parts;
  }

  /**
   * Reads {@code numeric} (default gaussian), {@code count} (default negative-binomial),
   * {@code components} of mixtures (default 5) and {@code overrides}, a list of texts such as
   * {@code age=poisson}.
   *
   * @throws VaeException if the examples are no table, there is no such column or distribution, or
   *     one does not fit the other
   */
  public static ColumnsLikelihood of(Options options, ModelContext context) {
    Columns columns = context
        .columns()
        .orElseThrow(() -> new ConfigurationException("likelihood " + NAME
            + " needs examples whose elements are the columns of a table; choose another"));
    List<ColumnDistribution> distributions = new ArrayList<>();
    for (Column column : columns.list()) {
      distributions.add(
          switch (column.kind()) {
            case NUMERIC -> fitting(column, NUMERIC.in(options));
            case COUNT -> fitting(column, COUNT.in(options));
            case BINARY -> ColumnDistribution.BERNOULLI;
            case CATEGORICAL -> ColumnDistribution.CATEGORICAL;
          });
    }
    for (String override : OVERRIDES.in(options)) {
      override(columns, distributions, override);
    }
    return new ColumnsLikelihood(columns, distributions, MODES.in(options));
  }

  private static ColumnDistribution fitting(Column column, ColumnDistribution distribution) {
    ColumnKind kind = column.kind();
    if (!distribution.fits(kind)) {
      throw new ConfigurationException("likelihood " + NAME + ": column "
          + Quote.of(column.name()) + " is " + kind + ", which " + distribution
          + " is no distribution of; choose one of "
          + names(Arrays.stream(ColumnDistribution.values())
              .filter(other -> other.fits(kind))
              .toList()));
    }
    return distribution;
  }

  private static String names(List<ColumnDistribution> distributions) {
    return distributions.stream()
        .map(ColumnDistribution::toString)
        .collect(Collectors.joining(", "));
  }

  /** A name may hold an equals sign; a distribution's does not. */
  private static void override(
      Columns columns, List<ColumnDistribution> distributions, String override) {
    int sign = override.lastIndexOf('=');
    String where = "likelihood " + NAME + ": overrides: ";
    if (sign < 0) {
      throw new ConfigurationException(where + Quote.of(override)
          + " must be a column and its distribution, such as age=poisson");
    }
    String name = override.substring(0, sign);
    String word = override.substring(sign + 1);
    int place = columns.names().indexOf(name);
    if (place < 0) {
      throw new ConfigurationException(where + "there is no column " + Quote.of(name)
          + "; there are " + Quote.list(columns.names()));
    }
    ColumnDistribution distribution = ColumnDistribution.named(word)
        .orElseThrow(() -> new ConfigurationException(
            where + "column " + Quote.of(name) + " cannot be distributed as " + Quote.of(word)
                + "; known are " + names(List.of(ColumnDistribution.values()))));
    distributions.set(place, fitting(columns.get(place), distribution));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {NUMERIC, COUNT, MODES, OVERRIDES};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean takesAnyNumber(int element) {
    return distributions.get(element).takesAnyNumber();
  }

  private Part lastPart() {
    return parts.get(parts.size() - 1);
  }

  @Override
  public Shape decoded(Shape example) {
    return example.with(0, lastPart().decodedTo());
  }

  @Override
  public Shape noise(Shape example) {
    return example.with(0, lastPart().noiseTo());
  }

  @Override
  public void check(HostTensor examples) {
    HostTensor all = HostTensor.zeros(examples.shape());
    Arrays.fill(all.data(), 1);
    check(examples, all);
  }

  @Override
  public void check(HostTensor examples, HostTensor mask) {
    for (Part part : parts) {
      for (int place : part.places()) {
        try {
          part.likelihood().check(column(examples, place), column(mask, place));
        } catch (VaeException e) {
          throw new DataException(
              "column " + Quote.of(columns.get(place).name()) + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /** A column, [B, 1]. */
  private HostTensor column(HostTensor rows, int place) {
    int count = rows.shape().dimension(0);
    HostTensor column = HostTensor.zeros(Shape.of(count, 1));
    for (int row = 0; row < count; row++) {
      column.data()[row] = rows.data()[row * columns.size() + place];
    }
    return column;
  }

  /** Whether there is a density among the columns' distributions. */
  @Override
  public boolean isDensity() {
    return parts.stream().anyMatch(part -> part.likelihood().isDensity());
  }

  /** What each part makes, [B, its columns], in the order of the columns. */
  private Tensor arranged(Function<Part, Tensor> of) {
    return Places.of(Places.joined(parts.stream().map(of).toList()), order);
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    return arranged(part ->
        part.likelihood().elementLogProb(Places.of(x, part.places()), part.decoded(decoded)));
  }

  /** The expected numbers; of categories, which have no order and so no mean, the likeliest. */
  @Override
  public Tensor mean(Tensor decoded) {
    return arranged(part -> part.likelihood().mean(part.decoded(decoded)));
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return arranged(part ->
        part.likelihood().sample(part.decoded(decoded), part.noise(uniform), part.noise(normal)));
  }

  @Override
  public double[] outputsFor(Shape example, double[] means, double[] standardDeviations) {
    return parts.stream()
        .flatMapToDouble(part -> Arrays.stream(part.likelihood()
            .outputsFor(
                part.example(), at(means, part.places()), at(standardDeviations, part.places()))))
        .toArray();
  }

  private static double[] at(double[] numbers, int... places) {
    return IntStream.of(places).mapToDouble(place -> numbers[place]).toArray();
  }
}
