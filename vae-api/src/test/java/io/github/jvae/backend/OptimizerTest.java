package io.github.jvae.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The numbers of optimizers")
class OptimizerTest {

  private static void refused(String what, double beta1, double beta2, double epsilon) {
    assertThatThrownBy(() -> new Adam(beta1, beta2, epsilon, GradientLimits.none()))
        .as("%s of %s, %s, %s", what, beta1, beta2, epsilon)
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith("Adam: ")
        .hasMessageContaining(what);
  }

  @Test
  @DisplayName("are PyTorch's by default")
  void defaults() {
    assertThat(Adam.defaults()).isEqualTo(new Adam(0.9, 0.999, 1e-8, GradientLimits.none()));
    assertThat(new Adam(0, 0, 1e-3, GradientLimits.none()).beta1()).isZero();
  }

  @Test
  @DisplayName("are refused out of range, each by name")
  void outOfRange() {
    for (double wrong : new double[] {-0.1, 1, Double.NaN}) {
      refused("beta1", wrong, 0.999, 1e-8);
      refused("beta2", 0.9, wrong, 1e-8);
      refused("epsilon", 0.9, 0.999, wrong);
    }
    refused("epsilon", 0.9, 0.999, 0);
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused("the gradient norm's limit", () -> GradientLimits.clipping(wrong));
      refused("the gradient norm above which steps", () -> new GradientLimits(1, wrong));
    }
  }

  @Test
  @DisplayName("of the others are PyTorch's by default, and in range")
  void others() {
    assertThat(AdamW.defaults()).isEqualTo(new AdamW(Adam.defaults(), 0.01));
    assertThat(Adamax.defaults()).isEqualTo(new Adamax(0.9, 0.999, 1e-8, 0, GradientLimits.none()));
    assertThat(Sgd.defaults()).isEqualTo(new Sgd(0, false, 0, GradientLimits.none()));
    refused("AdamW: weight decay", () -> new AdamW(Adam.defaults(), -0.1));
    refused("Adamax: beta1", () -> new Adamax(1, 0.999, 1e-8, 0, GradientLimits.none()));
    refused("Adamax: weight decay", () -> new Adamax(0.9, 0.999, 1e-8, 1, GradientLimits.none()));
    refused("SGD: momentum", () -> new Sgd(1, false, 0, GradientLimits.none()));
    refused("SGD: weight decay", () -> new Sgd(0, false, Double.NaN, GradientLimits.none()));
    refused("SGD: Nesterov", () -> new Sgd(0, true, 0, GradientLimits.none()));
  }

  private static void refused(String what, ThrowingCallable making) {
    assertThatThrownBy(making).isInstanceOf(VaeException.class).hasMessageStartingWith(what);
  }

  @Test
  @DisplayName("of gradients: what is too great is scaled down, and skipped if it is no number")
  void limits() {
    GradientLimits limits = new GradientLimits(2, 5);
    assertThat(limits.scale(1)).isEqualTo(1);
    assertThat(limits.scale(4)).isEqualTo(2 / (4 + 1e-6));
    assertThat(limits.skips(5)).isFalse();
    assertThat(limits.skips(5.1)).isTrue();
    assertThat(limits.skips(Double.NaN)).isTrue();
    assertThat(new GradientLimits(0, 1e300).skips(Double.POSITIVE_INFINITY)).isTrue();
    assertThat(GradientLimits.clipping(1).skips(Double.NaN)).isFalse();
    assertThat(GradientLimits.clipping(1).needNorm()).isTrue();
    assertThat(GradientLimits.none().needNorm()).isFalse();
    assertThat(GradientLimits.none().scale(1e30)).isEqualTo(1);
  }

  @Test
  @DisplayName("are found by name, and an unknown name lists them")
  void names() {
    for (Optimizer optimizer :
        List.of(Adam.defaults(), AdamW.defaults(), Adamax.defaults(), Sgd.defaults())) {
      assertThat(Optimizer.named("--optimizer", optimizer.name())).isEqualTo(optimizer);
      GradientLimits limits = new GradientLimits(3, 5);
      assertThat(optimizer.withLimits(limits).limits()).isEqualTo(limits);
    }
    refused(
        "--optimizer must be adam, adamw, adamax or sgd, not 'lion'",
        () -> Optimizer.named("--optimizer", "lion"));
  }

  @Test
  @DisplayName("and options of a backend: no negative number of threads, nor a senseless one")
  void threads() {
    assertThat(BackendOptions.defaults().threads()).isZero();
    assertThat(BackendOptions.defaults().precision()).isEqualTo(Precision.FLOAT32);
    for (String device : List.of("", "GPU", "gpu:", "gpu:x", "a b", "gpu:99999")) {
      refused(
          "a device must be a word",
          () -> BackendOptions.builder().device(device).build());
    }
    assertThat(BackendOptions.builder().device("gpu:1").property("a", "b").build())
        .satisfies(options -> assertThat(options.toBuilder().build()).isEqualTo(options))
        .satisfies(options -> assertThat(options.device()).isEqualTo("gpu:1"));
    assertThatThrownBy(() -> BackendOptions.builder().threads(-1).build())
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> BackendOptions.builder().threads(100_000).build())
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("100000", "1024");
  }
}
