package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.Interrupts;
import io.github.jvae.bench.explore.Explorer;
import io.github.jvae.bench.explore.ModelSource;
import io.github.jvae.bench.explore.ShownExamples;
import io.github.jvae.bench.explore.TableText;
import io.github.jvae.bench.explore.TrainingWatch;
import io.github.jvae.bench.option.PageOptions;
import io.github.jvae.bench.option.TableOutput;
import io.github.jvae.bench.training.ProcessMemory;
import io.github.jvae.bench.training.TrainingJob;
import io.github.jvae.bench.web.LocalServer;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.train.TrainingListener;
import java.util.Optional;
import java.util.function.Supplier;

/** The page of a training: it shows it while it runs, and then the model that came of it. */
final class WatchedPage implements AutoCloseable {
  private final TrainingJob job;
  private final Supplier<Vae.Builder> engine;
  private final DataParts parts;
  private final TrainingWatch watch;
  private final Explorer explorer;
  private final LocalServer server;

  /**
   * Serves the page, from before the training begins.
   *
   * @param engine describes the engine that a fitted sampler would run on
   * @throws io.github.jvae.error.VaeException if the port is in use
   */
  WatchedPage(TrainingJob job, PageOptions page, Supplier<Vae.Builder> engine, Console console) {
    this.job = job;
    this.engine = engine;
    this.parts = job.options().parts(job.data());
    this.watch = new TrainingWatch(
        job.vae(),
        shown(parts.validation().orElse(parts.test()), "what it is judged by"),
        ProcessMemory::peakMebibytes);
    this.explorer = Explorer.of(watch);
    this.server = LocalServer.start(page.port(), explorer);
    console.say("watch it at %s", server.address());
    page.show(server.address(), console);
  }

  private ShownExamples shown(Examples examples, String words) {
    return new ShownExamples(
        examples, words, job.options().transforms(), job.options().seed());
  }

  /** Returns what hears of the training. */
  TrainingListener listener() {
    return watch;
  }

  /** Shows the trained model until Ctrl-C, or until the thread is interrupted. */
  void stay(Console console) {
    explorer.add(this::trained);
    console.say("the page stays at %s until Ctrl-C, with the trained model", server.address());
    Interrupts.await();
  }

  private ModelSource trained() {
    Vae vae = job.vae();
    String source = job.source();
    return new ModelSource(
        source,
        vae,
        // As it is here and not as it is saved, so that a change of the folder is no matter.
        Optional.empty(),
        job.options().transforms(),
        Optional.of(shown(parts.test(), source + ", its test part")),
        Optional.of(shown(parts.train(), source + ", its train part")),
        TableOutput.writer(parts.reading(), vae)
            .map(writer -> new TableText(vae.config().columns().orElseThrow(), writer)),
        engine);
  }

  @Override
  public void close() {
    server.close();
    explorer.close();
  }
}
