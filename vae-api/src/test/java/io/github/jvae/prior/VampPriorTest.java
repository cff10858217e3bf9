package io.github.jvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Model;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.objective.Elbo;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A VampPrior")
class VampPriorTest {
  private static final int BATCH = 3;
  private static final int COMPONENTS = 5;
  private static final int LATENT = 2;
  private static final Shape EXAMPLE = Shape.of(LATENT);

  /** Remembers how many examples it was asked to encode, at each call. */
  private record Counting(List<Integer> calls) implements Encoder {
    @Override
    public Posterior encode(Inputs in) {
      calls.add(in.size());
      Tensor mean = in.mask().map(in.x()::multiply).orElse(in.x()).multiply(2);
      return new DiagonalGaussian(mean, mean.multiply(0.5).negate());
    }
  }

  private record Identity() implements Decoder {
    @Override
    public Tensor decode(Tensor z, Conditions conditions) {
      return z;
    }
  }

  private static Model model(Encoder encoder) {
    return new Model(
        LATENT,
        encoder,
        new Identity(),
        new VampPrior(COMPONENTS, EXAMPLE, encoder),
        Gaussian.fixed(0.5));
  }

  private static HostTensor normal(String name, int... extents) {
    HostTensor result = HostTensor.zeros(Shape.of(extents));
    RandomStream.of(1).child(name).fillGaussian(result.data());
    return result;
  }

  private static List<double[]> run(Model model, Computation computation, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      model.parameters().forEach(p -> backend.variables().create(p, p.initialValue(7)));
      return backend.compile(computation).runExactly(inputs);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  @DisplayName("has its pseudo-inputs encoded in the one pass of the batch, for any draws")
  void onePass(int draws) {
    List<Integer> calls = new ArrayList<>();
    Model model = model(new Counting(calls));
    run(
        model,
        (trace, in) -> List.of(model
            .bound(new Inputs(in.get(0)), in.get(1), DivergenceForm.CLOSED_FORM)
            .kl()),
        normal("x", BATCH, LATENT),
        normal("noise", BATCH * draws, LATENT));
    assertThat(calls).containsExactly(BATCH + COMPONENTS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("gives the bound that it gives when it encodes them by itself, masked or not")
  void sameBound(DivergenceForm form) {
    Counting encoder = new Counting(new ArrayList<>());
    Model model = model(encoder);
    HostTensor mask = HostTensor.of(Shape.of(BATCH, LATENT), 1, 0, 1, 1, 0, 1);
    for (boolean masked : new boolean[] {false, true}) {
      List<double[]> both = run(
          model,
          (trace, in) -> {
            Conditions known =
                masked ? Conditions.of(Map.of(Inputs.MASK, in.get(2))) : Conditions.none();
            Inputs inputs = new Inputs(in.get(0), known);
            Posterior posterior = encoder.encode(inputs);
            Draw draw = posterior.draw(in.get(1));
            Tensor apart = model.prior().kl(posterior, draw, known);
            return List.of(model.bound(inputs, in.get(1), form).kl(), apart);
          },
          normal("x", BATCH, LATENT),
          normal("noise", BATCH, LATENT),
          mask);
      assertThat(both.get(0)).containsExactly(both.get(1), within(1e-12));
    }
  }

  @Test
  @DisplayName("keeps a batch together, as each part would encode all pseudo-inputs again")
  void together() {
    Model model = model(new Counting(new ArrayList<>()));
    Model plain = new Model(
        LATENT, model.encoder(), model.decoder(), new StandardNormal(), model.likelihood());
    assertThat(use(model)).isEqualTo(Computation.Examples.TOGETHER);
    assertThat(use(plain)).isEqualTo(Computation.Examples.AVERAGED);
  }

  private static Computation.Examples use(Model model) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      Elbo elbo = new Elbo(DivergenceForm.CLOSED_FORM);
      return new ModelRuntime(backend, EXAMPLE, model, elbo).trainingLoss().examples();
    }
  }

  private static void refused(ModelContext context, String... parts) {
    Options options =
        new DeclaredOptions("prior vamp", List.of(VampPrior.options())).complete(Options.none());
    assertThatThrownBy(() -> VampPrior.of(options, context))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("refuses a model whose pseudo-inputs would need a label, or whose density is none")
  void refusals() {
    ModelContext context = ModelContext.of(EXAMPLE, LATENT)
        .with(Kind.ENCODER, new Counting(new ArrayList<>()))
        .with(Kind.POSTERIOR, new Flow());
    refused(context, "prior vamp", "diagonal-gaussian", "not flow");
    refused(
        context.withConditions(Map.of("label", Shape.of(3))),
        "prior vamp",
        "label",
        "take prior conditional");
    assertThatThrownBy(
            () -> new VampPrior(2, EXAMPLE, new Counting(new ArrayList<>())).madeOf(new Unknown()))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("prior vamp", "Unknown");
  }

  /** A family of another name. */
  private record Flow() implements PosteriorFamily {
    @Override
    public String name() {
      return "flow";
    }

    @Override
    public Map<String, Integer> heads(int latent) {
      return Map.of();
    }

    @Override
    public Posterior of(Map<String, Tensor> heads, Inputs in) {
      return new Unknown();
    }
  }

  private record Unknown() implements Posterior {
    @Override
    public Tensor mean() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public Draw draw(Tensor noise) {
      throw new AssertionError("nobody asks");
    }
  }
}
