package io.github.jvae.bench.tracking;

import io.github.jvae.Vae;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.option.Options;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A training that takes no time, of two epochs with three steps each. */
final class SmallTraining {
  static final DataParts DATA = Shapes.generate(3, 24, 12);
  static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(2).withBatchSize(8);

  private SmallTraining() {}

  /** Trains, and returns what was noted. */
  static List<String> run(Tracking tracking, int historySteps) {
    List<String> notes = new ArrayList<>();
    with(vae -> {
      try (tracking) {
        tracking.prepare();
        tracking.begin(tracked(vae, historySteps), line -> {}, notes::add);
        vae.trainer(OPTIONS).listener(tracking).train(DATA.train(), DATA.test());
        tracking.end(TrainingEnd.FINISHED);
      }
    });
    return notes;
  }

  /** Does something with a model. */
  static void with(Consumer<Vae> use) {
    try (Vae vae = Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .gaussian(0.1)
        .mlp(4)
        .latent(2)
        .build()) {
      use.accept(vae);
    }
  }

  static TrackedTraining tracked(Vae vae, int historySteps) {
    return new TrackedTraining(
        vae,
        DATA.test(),
        OPTIONS,
        Options.none().with("model", vae.config().toOptions()).with("options", OPTIONS.toOptions()),
        0,
        historySteps,
        "small");
  }
}
