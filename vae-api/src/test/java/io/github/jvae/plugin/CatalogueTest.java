package io.github.jvae.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.google.inject.Guice;
import io.github.jvae.CorePlugin;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.objective.Elbo;
import io.github.jvae.prior.StandardNormal;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The catalogue")
class CatalogueTest {

  /** Claims a name that the core has. */
  private static final class Rival extends Plugin {
    @Override
    protected void configure() {
      likelihood("bernoulli", options -> Gaussian.fixed(1));
    }
  }

  /** A backend's own. */
  private static final class Own extends Plugin {
    @Override
    protected void configure() {
      nativeLikelihood("bernoulli", options -> Gaussian.fixed(1));
      nativePrior("standard-normal", options -> new StandardNormal());
    }
  }

  private static Catalogue catalogue(Plugin... plugins) {
    return Guice.createInjector(plugins).getInstance(Catalogue.class);
  }

  private static void fault(ThrowingCallable wrong, String... parts) {
    assertThatThrownBy(wrong).isInstanceOf(VaeException.class).hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("has the core's components by name, each with where it comes from")
  void core() {
    Catalogue catalogue = catalogue(new CorePlugin());
    assertThat(catalogue.prior("standard-normal", Map.of())).isInstanceOf(StandardNormal.class);
    assertThat(catalogue.likelihood("bernoulli", Map.of())).isInstanceOf(Bernoulli.class);
    assertThat(catalogue.objective("elbo", Map.of())).isInstanceOf(Elbo.class);
    assertThat(catalogue.architectures()).containsKeys("mlp", "conv", "layers");
    assertThat(catalogue.likelihoods().get("gaussian"))
        .matches("io\\.github\\.jvae\\.CorePlugin|vae-api.*\\.jar");
  }

  @Test
  @DisplayName("lists the known names and their origins where a name is unknown")
  void unknown() {
    Catalogue catalogue = catalogue(new CorePlugin());
    fault(
        () -> catalogue.likelihood("bernuli", Map.of()),
        "unknown likelihood 'bernuli'",
        "bernoulli (",
        "gaussian (",
        "plugin jar");
    fault(() -> catalogue.prior("", Map.of()), "unknown prior", "standard-normal (");
    fault(() -> catalogue.objective("x", Map.of()), "unknown objective", "elbo (");
    fault(() -> catalogue.architecture("x", Map.of()), "unknown architecture", "mlp (");
  }

  @Test
  @DisplayName("names both jars that claim one name, and serves the other names")
  void twoClaims() {
    Catalogue catalogue = catalogue(new CorePlugin(), new Rival());
    fault(
        () -> catalogue.likelihood("bernoulli", Map.of()),
        "several jars offer a likelihood named bernoulli",
        "CorePlugin",
        "Rival");
    assertThat(catalogue.likelihood("gaussian", Map.of())).isInstanceOf(Gaussian.class);
    assertThat(catalogue.likelihoods().get("bernoulli")).contains("CorePlugin", " and ", "Rival");
  }

  @Test
  @DisplayName("prefers the backend's own (R5), but has the portable one where asked")
  void ownBeforePortable() {
    Catalogue catalogue = catalogue(new CorePlugin(), new Own());
    assertThat(catalogue.likelihood("bernoulli", Map.of())).isInstanceOf(Gaussian.class);
    assertThat(catalogue.portableLikelihood("bernoulli", Map.of())).isInstanceOf(Bernoulli.class);
    assertThat(catalogue.portablePrior("standard-normal", Map.of()))
        .isInstanceOf(StandardNormal.class);
    assertThat(catalogue.likelihoods().get("bernoulli")).doesNotContain(" and ");
  }

  @Test
  @DisplayName("refuses an option that the component does not know")
  void unknownOption() {
    fault(
        () -> catalogue(new CorePlugin()).likelihood("gaussian", Map.of("sgima", new IntNode(1))),
        "likelihood gaussian",
        "unknown option sgima",
        "sigma");
  }

  @Test
  @DisplayName("works where a kind has no components at all")
  void emptyKinds() {
    assertThat(catalogue(new Rival()).priors()).isEmpty();
    fault(() -> catalogue(new Rival()).prior("x", Map.of()), "unknown prior 'x'");
  }
}
