package io.github.jvae.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Inject;
import io.github.jvae.CorePlugin;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Likelihood;
import io.github.jvae.objective.Elbo;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The catalogue")
class CatalogueTest {

  private static final ModelContext CONTEXT = ModelContext.of(Shape.of(1, 4, 4), 2);

  private static final OptionDescription<Double> SCALE =
      OptionDescription.of("scale", OptionType.number(Range.above(0)), 0.1, "A width.");

  private static final OptionDescription<Integer> UNDECLARED =
      OptionDescription.of("units", OptionType.wholeNumber(1), 3, "How many.");

  /** Claims a name that the core has. */
  private static final class Rival extends Plugin {
    @Override
    protected void configure() {
      likelihood("bernoulli", (options, context) -> Gaussian.fixed(1));
    }
  }

  /** A backend's own. */
  private static final class Own extends Plugin {
    @Override
    protected void configure() {
      nativeLikelihood("bernoulli", (options, context) -> Gaussian.fixed(1));
      nativePrior("standard-normal", (options, context) -> new StandardNormal());
    }
  }

  /** What Guice injects. */
  static final class Width {
    double value() {
      return 3;
    }
  }

  /** A factory that is given as a class. */
  static final class Injected implements ComponentFactory<Likelihood> {
    private final Width width;

    @Inject
    Injected(Width width) {
      this.width = width;
    }

    @Override
    public Likelihood create(Options options, ModelContext context) {
      return Gaussian.fixed(width.value() * SCALE.in(options) * context.latent());
    }
  }

  /** Reads what it does not declare, and what it does. */
  private static final class Extra extends Plugin {
    @Override
    protected void configure() {
      contribute(Kind.LIKELIHOOD, "injected", Injected.class, SCALE);
      likelihood("careless", (options, context) -> Gaussian.fixed(UNDECLARED.in(options)), SCALE);
      likelihood("foreign", (options, context) -> {
        throw new NoSuchMethodError("Tensor.fold");
      });
    }
  }

  private static Catalogue catalogue(Plugin... plugins) {
    return Guice.createInjector(plugins).getInstance(Catalogue.class);
  }

  private static <C> C make(Catalogue catalogue, Kind<C> kind, String name) {
    return catalogue.create(kind, name, Options.none(), CONTEXT);
  }

  private static void fault(ThrowingCallable wrong, String... parts) {
    assertThatThrownBy(wrong).isInstanceOf(VaeException.class).hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("has the core's components by name, each with where it comes from")
  void core() {
    Catalogue catalogue = catalogue(new CorePlugin());
    assertThat(make(catalogue, Kind.PRIOR, "standard-normal")).isInstanceOf(StandardNormal.class);
    assertThat(make(catalogue, Kind.LIKELIHOOD, "bernoulli")).isInstanceOf(Bernoulli.class);
    assertThat(make(catalogue, Kind.OBJECTIVE, "elbo")).isInstanceOf(Elbo.class);
    assertThat(catalogue.origins(Kind.ARCHITECTURE)).containsKeys("mlp", "conv", "layers");
    assertThat(catalogue.origins(Kind.LIKELIHOOD).get("gaussian"))
        .matches("io\\.github\\.jvae\\.likelihood\\.LikelihoodsPlugin|vae-api.*\\.jar");
  }

  @Test
  @DisplayName("lists the known names and their origins where a name is unknown")
  void unknown() {
    Catalogue catalogue = catalogue(new CorePlugin());
    fault(
        () -> make(catalogue, Kind.LIKELIHOOD, "bernuli"),
        "unknown likelihood 'bernuli'",
        "bernoulli (",
        "gaussian (",
        "plugin jar");
    fault(() -> make(catalogue, Kind.PRIOR, ""), "unknown prior", "standard-normal (");
    fault(() -> make(catalogue, Kind.OBJECTIVE, "x"), "unknown objective", "elbo (");
    fault(() -> make(catalogue, Kind.ARCHITECTURE, "x"), "unknown architecture", "mlp (");
  }

  @Test
  @DisplayName("names both jars that claim one name, and serves the other names")
  void twoClaims() {
    Catalogue catalogue = catalogue(new CorePlugin(), new Rival());
    fault(
        () -> make(catalogue, Kind.LIKELIHOOD, "bernoulli"),
        "several jars offer a likelihood named bernoulli",
        "LikelihoodsPlugin",
        "Rival");
    assertThat(make(catalogue, Kind.LIKELIHOOD, "gaussian")).isInstanceOf(Gaussian.class);
    assertThat(catalogue.origins(Kind.LIKELIHOOD).get("bernoulli"))
        .contains("LikelihoodsPlugin", " and ", "Rival");
  }

  @Test
  @DisplayName("prefers the backend's own (R5), but has the portable one where asked")
  void ownBeforePortable() {
    Catalogue catalogue = catalogue(new Own(), new CorePlugin());
    assertThat(make(catalogue, Kind.LIKELIHOOD, "bernoulli")).isInstanceOf(Gaussian.class);
    assertThat(catalogue.createPortable(Kind.LIKELIHOOD, "bernoulli", Options.none(), CONTEXT))
        .isInstanceOf(Bernoulli.class);
    assertThat(catalogue.createPortable(Kind.PRIOR, "standard-normal", Options.none(), CONTEXT))
        .isInstanceOf(StandardNormal.class);
    assertThat(catalogue.origins(Kind.LIKELIHOOD).get("bernoulli")).doesNotContain(" and ");
  }

  @Test
  @DisplayName("has Guice make and inject a factory that is given as a class")
  void injected() {
    Gaussian made = (Gaussian) make(catalogue(new Extra()), Kind.LIKELIHOOD, "injected");
    assertThat(made.sigma()).isEqualTo(3 * 0.1 * 2);
  }

  @Test
  @DisplayName("refuses an option that the component does not know")
  void unknownOption() {
    fault(
        () -> catalogue(new CorePlugin())
            .create(Kind.LIKELIHOOD, "gaussian", Options.none().with("sgima", 1), CONTEXT),
        "likelihood gaussian",
        "unknown option sgima",
        "sigma");
  }

  @Test
  @DisplayName("tells who wrote a component that it reads an option it does not declare")
  void undeclaredOption() {
    assertThatThrownBy(() -> make(catalogue(new Extra()), Kind.LIKELIHOOD, "careless"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("option units is read, but not declared");
  }

  @Test
  @DisplayName("says which plugin's component was made for another jvae")
  void foreign() {
    fault(
        () -> make(catalogue(new Extra()), Kind.LIKELIHOOD, "foreign"),
        "likelihood foreign of ",
        "Extra",
        "does not fit jvae " + JvaeVersion.current(),
        "NoSuchMethodError: Tensor.fold");
  }

  @Test
  @DisplayName("tells what a component can be told")
  void descriptions() {
    assertThat(catalogue(new CorePlugin()).options(Kind.LIKELIHOOD, "gaussian"))
        .extracting(OptionDescription::name)
        .containsExactly("sigma", "initial_sigma");
  }

  @Test
  @DisplayName("works where a kind has no components at all")
  void emptyKinds() {
    assertThat(catalogue(new Rival()).origins(Kind.PRIOR)).isEmpty();
    fault(() -> make(catalogue(new Rival()), Kind.PRIOR, "x"), "unknown prior 'x'");
  }
}
