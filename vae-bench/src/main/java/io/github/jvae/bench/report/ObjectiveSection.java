package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Formula;
import io.github.jvae.bench.report.page.Block.Formula.Line;
import io.github.jvae.bench.report.page.Block.Text;
import io.github.jvae.bench.report.page.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the numbers are: the formulas of bound and loss, with signs and units. */
final class ObjectiveSection {
  private final Setup setup;

  ObjectiveSection(Setup setup) {
    this.setup = setup;
  }

  Section section() {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(
        "log p(x) ≥ ELBO = E_q[log p(x|z)] − KL(q(z|x) ‖ p(z))",
        "The evidence lower bound of an image x, in nats per example: log-likelihood minus"
            + " divergence. Higher is better; that of a density, such as a Gaussian’s, may be above"
            + " 0."));
    lines.add(new Line(
        "loss = mean over the batch of −(E_q[log p(x|z)] − w · KL(q(z|x) ‖ p(z)))",
        "What training minimises, in nats per example, with w = "
            + NumberText.tick(setup.klWeight()) + " and one z per image."
            + (setup.klWeight() == 1 ? " So it is −ELBO, averaged over the batch." : "")));
    addLikelihood(lines);
    lines.add(new Line(
        "relative difference of a and b = |a − b| / max(|a|, |b|, m)",
        "How far two engines are apart at the same step; it has no unit. m is the median of the"
            + " losses’ sizes: a loss that changes its sign passes through 0."));
    return new Section(
        "objective",
        "What is computed",
        List.<Block>of(
            new Text("The model is " + setup.model() + ", with the likelihood " + setup.likelihood()
                + " and the prior " + setup.prior()
                + ". Logarithms are natural, so that bounds and losses are in nats."),
            new Formula(lines)));
  }

  private void addLikelihood(List<Line> lines) {
    String name = setup.likelihood().toLowerCase(Locale.ROOT);
    long numbers =
        setup.imageShape().stream().mapToLong(extent -> extent).reduce(1, (a, b) -> a * b);
    String of = "D = " + Words.count(numbers) + " numbers in an image";
    if (name.startsWith("gaussian")) {
      lines.add(new Line(
          "log p(x|z) = Σ over the " + Words.count(numbers)
              + " numbers of −½ log(2πσ²) − (x − x̂)² / (2σ²)",
          "The Gaussian log-likelihood in nats, normaliser included, with " + of
              + " and x̂ the decoder’s image."));
    } else if (name.startsWith("bernoulli")) {
      lines.add(new Line(
          "log p(x|z) = Σ over the " + Words.count(numbers)
              + " numbers of x log x̂ + (1 − x) log(1 − x̂)",
          "The Bernoulli log-likelihood in nats, with " + of + " and x̂ the decoder’s image."));
    }
  }
}
