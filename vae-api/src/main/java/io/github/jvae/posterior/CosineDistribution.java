package io.github.jvae.posterior;

import io.github.jvae.model.UnitSphere;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * The distribution of the cosine w between a draw of a von Mises–Fisher distribution on the unit
 * sphere of L dimensions and its mean direction: {@code p(w) ∝ e^{κw} (1 - w²)^{(L-3)/2}}.
 *
 * <p>It is computed for {@code y = artanh w}, whose density {@code ∝ e^{κ tanh y} sech^{L-1} y} is
 * smooth and has one mode. Whatever κ, its width there lies between {@code 1/√(2L-2)} and
 * {@code 1/√(L-1)}, and its tails fall like {@code e^{-(L-1)|y|}}. So quadrature (Gauss and
 * Legendre's, in cells of one width about the mode) is as accurate as single precision for every κ
 * and L: no Bessel function is needed, and nothing overflows.
 */
final class CosineDistribution {
  private static final int CELLS = 48;

  /** What is left out on either side is less than this part of the density at its mode. */
  private static final double NEGLECTED = 1e-8;

  /**
   * A cell's width is a whole number of such parts of 1: cells begin at numbers without rounding.
   */
  private static final double GRAIN = 4096;

  private static final int NEWTON_STEPS = 5;

  /** One normal number in 1.7 million is farther out; such count as this. */
  private static final double FARTHEST_NOISE = 5;

  private final Tensor concentration;
  private final int power;
  private final int batch;
  private final double cell;
  private final Tensor edges;
  private final Tensor mode;
  private final Tensor peak;

  /** y at the nodes of all cells, [B, cells · nodes]. */
  private final Tensor nodes;

  /** Density at the nodes, of 1 at the mode, times the nodes' weights, [B, cells · nodes]. */
  private final Tensor masses;

  /** [B, 1]. */
  private final Tensor total;

  /**
   * @param concentration κ, [B, 1]
   * @param latent L, at least 2
   */
  CosineDistribution(Tensor concentration, int latent) {
    this.concentration = concentration;
    this.power = latent - 1;
    this.batch = concentration.shape().dimension(0);
    double halfWidth = -Math.log(NEGLECTED) / power + Math.log(2);
    this.cell = Math.ceil(2 * halfWidth / CELLS * GRAIN) / GRAIN;
    this.edges = edges();
    this.mode = mode().stopGradient();
    this.peak = logDensity(mode).stopGradient();
    Tensor places = edges
        .reshape(CELLS, 1)
        .add(constant(GaussLegendre.nodes()).multiply(cell))
        .reshape(1, CELLS * GaussLegendre.COUNT);
    this.nodes = mode.add(places);
    this.masses = logDensity(nodes)
        .subtract(peak)
        .exp()
        .reshape(batch, CELLS, GaussLegendre.COUNT)
        .multiply(constant(GaussLegendre.weights()).multiply(cell))
        .reshape(batch, CELLS * GaussLegendre.COUNT);
    this.total = sum(masses);
  }

  private Tensor constant(double... numbers) {
    HostTensor values = HostTensor.zeros(Shape.of(numbers.length));
    for (int i = 0; i < numbers.length; i++) {
      values.data()[i] = (float) numbers[i];
    }
    return concentration.trace().constant(values);
  }

  /** Returns where the cells begin, seen from the mode, [cells]. */
  private Tensor edges() {
    double[] edges = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      edges[i] = (i - CELLS / 2) * cell;
    }
    return constant(edges);
  }

  private static Tensor sum(Tensor rows) {
    return rows.reduce(Reduction.SUM, true, 1);
  }

  /**
   * Returns artanh of {@code 2κ / (a + r)} with {@code r = √(a² + 4κ²)} and a = L - 1, [B, 1],
   * written without differences of what may be large.
   */
  private Tensor mode() {
    Tensor twice = concentration.multiply(2);
    Tensor root = twice.square().add((double) power * power).sqrt();
    Tensor sum = root.add(twice);
    Tensor rest =
        concentration.trace().scalar((double) power * power).divide(sum).add(power);
    return sum.add(power).log().subtract(rest.log()).multiply(0.5);
  }

  /** Returns {@code tanh y - 1}, exact also where it is small. */
  private static Tensor shortfall(Tensor y) {
    return y.multiply(-2).sigmoid().multiply(-2);
  }

  private static Tensor logCosh(Tensor y) {
    return y.multiply(2).softplus().subtract(y).subtract(Math.log(2));
  }

  /** Returns {@code κ (tanh y - 1) - (L - 1) log cosh y}, [B, n]. */
  private Tensor logDensity(Tensor y) {
    return concentration.multiply(shortfall(y)).subtract(logCosh(y).multiply(power));
  }

  /** Returns the logarithm of the integral over y of what {@link #logDensity} says, [B, 1]. */
  private Tensor logIntegral() {
    return total.log().add(peak);
  }

  /**
   * Returns {@code log q(z|x)} on the sphere, [B].
   *
   * @param shortfall the cosine less 1, [B, 1]
   */
  Tensor logProb(Tensor shortfall) {
    return concentration
        .multiply(shortfall)
        .subtract(logIntegral())
        .subtract(UnitSphere.logArea(power))
        .reshape(-1);
  }

  /** Returns the divergence from the uniform distribution on the sphere, [B]. */
  Tensor klToUniform() {
    Tensor mean = sum(masses.multiply(shortfall(nodes))).divide(total);
    return logProb(mean).add(UnitSphere.logArea(power + 1));
  }

  /** A cosine, by what is made of it. */
  record Cosine(Tensor y) {
    Tensor value() {
      return y.tanh();
    }

    /** Returns the cosine less 1. */
    Tensor shortfall() {
      return CosineDistribution.shortfall(y);
    }

    /** Returns the sine, √(1 - w²). */
    Tensor sine() {
      return logCosh(y).negate().exp();
    }
  }

  /**
   * Draws by the inverse of the distribution function: its cell is looked up, and its place there
   * found by Newton's steps. The gradient by κ is the implicit one, {@code -∂F/∂κ / p} (Figurnov et
   * al., "Implicit reparameterization gradients", 2018).
   *
   * @param normal standard normal, [B, 1]
   */
  Cosine draw(Tensor normal) {
    Tensor within = normal.maximum(-FARTHEST_NOISE).minimum(FARTHEST_NOISE);
    Tensor probability = within.multiply(Math.sqrt(0.5)).erf().add(1).multiply(0.5);
    Tensor wanted = probability.multiply(total);
    Tensor cells = masses.reshape(batch, CELLS, GaussLegendre.COUNT).sum(2);
    Tensor before = cells.reshape(batch, 1, CELLS).multiply(earlier()).sum(2);
    Tensor chosen = last(before.greater(wanted).negate().add(1));
    Tensor start = sum(chosen.multiply(edges));
    Tensor reached = sum(chosen.multiply(before));
    Tensor way = place(start, wanted.subtract(reached), sum(chosen.multiply(cells)));
    Tensor y = mode.add(start).add(way).stopGradient();
    Tensor function = reached.add(mass(start, way.stopGradient())).divide(total);
    Tensor density = density(start.add(way)).divide(total).stopGradient();
    return new Cosine(y.subtract(function.subtract(function.stopGradient()).divide(density)));
  }

  /** Returns 1 where the second cell comes before the first, [cells, cells]. */
  private Tensor earlier() {
    HostTensor earlier = HostTensor.zeros(Shape.of(CELLS, CELLS));
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < row; column++) {
        earlier.data()[row * CELLS + column] = 1;
      }
    }
    return concentration.trace().constant(earlier);
  }

  /** Of 1 from the first to some cell, and then 0, leaves 1 in that cell. */
  private static Tensor last(Tensor started) {
    Tensor next = started.slice(1, 1, CELLS).concat(1, started.slice(1, 0, 1).multiply(0));
    return started.subtract(next);
  }

  /** Returns the density at places seen from the mode, of 1 there, [B, n]. */
  private Tensor density(Tensor place) {
    return logDensity(mode.add(place)).subtract(peak).exp();
  }

  /** Returns the integral of {@link #density} over a way from some place on, [B, 1]. */
  private Tensor mass(Tensor start, Tensor way) {
    Tensor inside = start.add(way.multiply(constant(GaussLegendre.nodes())));
    return sum(density(inside).multiply(constant(GaussLegendre.weights()))).multiply(way);
  }

  /** Returns how far into a cell its mass comes to what is wanted. */
  private Tensor place(Tensor start, Tensor wanted, Tensor whole) {
    Tensor way = bounded(wanted.divide(whole.maximum(Float.MIN_NORMAL)).multiply(cell));
    for (int step = 0; step < NEWTON_STEPS; step++) {
      Tensor excess = mass(start, way).subtract(wanted);
      way = bounded(way.subtract(excess.divide(density(start.add(way)))));
    }
    return way;
  }

  private Tensor bounded(Tensor way) {
    return way.maximum(0).minimum(cell);
  }
}
