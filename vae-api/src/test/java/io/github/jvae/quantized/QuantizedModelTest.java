package io.github.jvae.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.ForwardingPrior;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.train.Checkpoints;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.Trainer;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingNotes;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import io.github.jvae.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The vector-quantised model")
final class QuantizedModelTest {
  private static final DataParts DATA = Shapes.generate(7, 24, 8);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(2).withBatchSize(8);

  private static ComponentConfig vq() {
    return ComponentConfig.of(QuantizedModel.NAME)
        .with("codes", 5)
        .with("groups", 3)
        .with("prior_hidden", 6);
  }

  private static Vae.Builder builder(ComponentConfig model) {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .gaussian(1)
        .component(Kind.MODEL, model);
  }

  private static HostTensor gaussian(Shape shape) {
    HostTensor noise = HostTensor.zeros(shape);
    RandomStream.of(9).fillGaussian(noise.data());
    return noise;
  }

  @Test
  @DisplayName("has a code at each place of a map of features, or as many as are asked for")
  void groups() {
    try (Vae vector = builder(vq()).build();
        Vae map = builder(vq()).conv(4, 6).build()) {
      assertThat(vector.runtime().model().latent()).isEqualTo(2 * 3);
      assertThat(map.runtime().model().latent()).isEqualTo(2 * 8 * 8);
      for (Vae vae : List.of(vector, map)) {
        assertThat(vae.sample(3, 1).shape()).isEqualTo(Shape.of(3, 3, 32, 32));
        HostTensor image = HostTensor.zeros(Shape.of(1, 3, 32, 32));
        assertThat(vae.reconstruct(image).shape()).isEqualTo(image.shape());
      }
    }
  }

  @Test
  @DisplayName("has a divergence of log K for each code where all are alike likely")
  void uniformPrior() {
    try (Vae vae = builder(vq().with("code_prior", "uniform")).build()) {
      Metrics metrics = vae.evaluate(DATA.test(), 8, OPTIONS.transforms(), 1);
      assertThat(metrics.kl()).isCloseTo(3 * Math.log(5), within(1e-5));
      assertThat(metrics.elbo()).isCloseTo(metrics.logLikelihood() - metrics.kl(), within(1e-3));
    }
  }

  @Test
  @DisplayName("passes the decoder's gradient straight through to the encoder")
  void straightThrough() {
    for (String rule : List.of("ema", "loss")) {
      try (Vae vae =
          builder(vq().with("commitment", 0.0).with("codebook", rule)).build()) {
        ModelRuntime runtime = vae.runtime();
        Backend backend = runtime.backend();
        Shape shape = Shape.of(runtime.model().latent());
        backend
            .variables()
            .create(
                new Parameter("delta", shape, new Initializer.Constant(0)),
                HostTensor.zeros(shape));
        HostTensor images = gaussian(Shape.of(4, 3, 32, 32));
        Computation loss = (trace, in) -> List.of(runtime
            .model()
            .bound(runtime.inputs(in.get(0), List.of()), in.get(1), DivergenceForm.CLOSED_FORM)
            .logLikelihood()
            .sum());
        Computation decoding = (trace, in) -> {
          Tensor z =
              runtime.model().encode(runtime.inputs(in.get(0), List.of())).mean();
          Tensor moved = z.stopGradient().add(trace.parameter("delta"));
          Tensor decoded = runtime.model().decode(moved, Conditions.of(Map.of()));
          return List.of(runtime
              .model()
              .logLikelihood(runtime.inputs(in.get(0), List.of()), decoded)
              .sum());
        };
        // The last bias is added to what is quantised, as delta is to what is decoded.
        String bias = backend.variables().names().stream()
            .filter(name -> name.startsWith("encoder.") && name.endsWith(".bias"))
            .reduce((first, second) -> second)
            .orElseThrow();
        HostTensor noise = gaussian(Shape.of(4, 1));
        float[] actual = gradient(backend, loss, bias, images, noise);
        float[] expected = gradient(backend, decoding, "delta", images);
        for (int i = 0; i < actual.length; i++) {
          assertThat((double) actual[i])
              .isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
        }
        assertThat(expected).isNotEqualTo(new float[expected.length]);
      }
    }
  }

  private static float[] gradient(
      Backend backend, Computation loss, String variable, HostTensor... inputs) {
    try (Executable gradients = backend.compileGradients(loss)) {
      return gradients
          .run(inputs)
          .get(1 + backend.variables().names().indexOf(variable))
          .data();
    }
  }

  @Test
  @DisplayName("learns, reports how codes are used, and keeps the bound free of what pulls to them")
  void learns() {
    for (String rule : List.of("ema", "loss")) {
      List<EpochReport> epochs = new ArrayList<>();
      try (Vae vae = builder(vq().with("codebook", rule)).build()) {
        vae.trainer(OPTIONS.withEpochs(12))
            .listener(new TrainingListener() {
              @Override
              public void stepped(TrainingRun run, StepReport report) {
                Map<String, Double> terms = report.terms();
                assertThat(report.loss())
                    .isCloseTo(-Objects.requireNonNull(terms.get("elbo")), within(1e-2));
                assertThat(terms.get("perplexity")).isBetween(1.0, 5.001);
                assertThat(terms.get("dead_codes")).isBetween(0.0, 4.0);
              }

              @Override
              public void epochEnded(TrainingRun run, EpochReport report) {
                epochs.add(report);
              }
            })
            .train(DATA.train(), DATA.test());
      }
      assertThat(epochs.get(11).loss()).isLessThan(epochs.get(0).loss() - 5);
    }
  }

  @Test
  @DisplayName("goes on after a resume as if it had not stopped, its codebook included")
  void resumes(@TempDir Path directory) {
    ModelFolder whole = new ModelFolder(directory.resolve("whole"));
    ModelFolder parts = new ModelFolder(directory.resolve("parts"));
    train(whole, 0, null);
    train(parts, 4, null);
    train(parts, 0, TrainingState.of(parts.load()));
    Map<String, HostTensor> expected = whole.load().model();
    parts.load().model().forEach((name, value) -> {
      float[] wanted = Objects.requireNonNull(expected.get(name)).data();
      for (int i = 0; i < wanted.length; i++) {
        assertThat((double) value.data()[i]).as(name).isCloseTo(wanted[i], within(1e-4));
      }
    });
    float[] usage = Objects.requireNonNull(expected.get(Codebook.USAGE)).data();
    assertThat(usage).isNotEqualTo(new float[] {0.06f, 0.06f, 0.06f, 0.06f, 0.06f});
  }

  private static void train(ModelFolder folder, long stopAt, @Nullable TrainingState from) {
    try (Vae vae = builder(vq()).build()) {
      Trainer trainer = vae.trainer(OPTIONS)
          .checkpoints(new Checkpoints(folder, state -> vae.folderConfig(Options.none()), 1))
          .listener(new TrainingListener() {
            @Override
            public void stepped(TrainingRun run, StepReport report) {
              if (report.step() == stopAt) {
                run.stop("enough");
              }
            }
          });
      if (from != null) {
        trainer.resumeFrom(from);
      }
      trainer.train(DATA.train(), DATA.test());
    }
  }

  /** The reference backend, and a prior that is not the usual one. */
  private static final class WithOtherPrior extends BackendModule {
    @Override
    protected void configure() {
      bind(Backend.class).to(ReferenceBackend.class);
      prior("other", (options, context) -> new ForwardingPrior(new StandardNormal()) {
        @Override
        public String name() {
          return "other";
        }
      });
    }

    @Override
    public String name() {
      return "reference";
    }

    @Override
    public String description() {
      return "the reference backend";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }
  }

  @Test
  @DisplayName("refuses a prior over vectors, for which it has no use")
  void refusesPrior() {
    assertThatThrownBy(() -> builder(vq())
            .backend(new WithOtherPrior())
            .prior(ComponentConfig.of("other"))
            .build())
        .hasMessageContaining("model vq draws codes from its own code_prior; leave out the prior");
  }

  @Test
  @DisplayName("says at the end of a training how many codes died")
  void tellsOfDeadCodes() {
    List<String> notes = new ArrayList<>();
    try (Vae vae = builder(
            vq().with("codes", 60).with("decay", 0.3).with("restart", OptionValue.of(false)))
        .build()) {
      vae.trainer(OPTIONS)
          .listener(new TrainingNotes(vae.runtime(), notes::add))
          .train(DATA.train(), null);
    }
    assertThat(notes).singleElement().asString().containsPattern("[1-9][0-9]* codes .* are dead");
  }

  @Test
  @DisplayName("refuses conditions and options that make no sense, in a sentence")
  void refused() {
    assertThatThrownBy(() -> builder(vq()).condition("label", 10).build())
        .hasMessageContaining("model vq is told nothing but the examples")
        .hasMessageContaining("label");
    assertThatThrownBy(() -> builder(vq().with("codes", 1)).build()).hasMessageContaining("codes");
    assertThatThrownBy(() -> builder(vq().with("decay", 1.0)).build())
        .hasMessageContaining("decay");
    assertThatThrownBy(() -> builder(vq().with("commitment", -1.0)).build())
        .hasMessageContaining("commitment");
  }
}
