package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.Interrupts;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.explore.Explorer;
import io.github.jvae.bench.explore.ModelSource;
import io.github.jvae.bench.explore.ShownExamples;
import io.github.jvae.bench.explore.TableText;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PageOptions;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.bench.option.TableOutput;
import io.github.jvae.bench.web.LocalServer;
import io.github.jvae.data.Part;
import io.github.jvae.error.VaeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae explore}. */
@Command(
    name = "explore",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Serves a page on this machine in which a model's latent space can be walked through: a map of"
          + " the data, sliders, samples, single examples with their bounds, models side by side."
          + " Only this machine's browsers reach it, with the address that is printed. Ctrl-C ends"
          + " it.",
      ""
    })
public final class ExploreCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      description = "The folders of saved models, such as the --out of 'vae train'.")
  private List<Path> folders = List.of();

  @Option(
      names = "--against",
      paramLabel = "NAME,...",
      split = ",",
      hideParamSyntax = true,
      description =
          "Open the models on these engines too, to see them side by side with --backend's.")
  private List<String> against = List.of();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Mixin
  private PageOptions page = new PageOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    Map<Path, Data> opened = new LinkedHashMap<>();
    try (Explorer explorer = Explorer.ofModels()) {
      List<EngineOptions> engines = new ArrayList<>(List.of(engine));
      new LinkedHashSet<>(against).forEach(name -> engines.add(engine.on(name.strip())));
      for (Path folder : folders) {
        for (EngineOptions each : engines) {
          explorer.add(() -> source(folder, each, opened, console));
        }
      }
      try (LocalServer server = LocalServer.start(page.port(), explorer)) {
        String address = server.address().toString();
        console.say("the page is at %s until Ctrl-C", address);
        console.result(new JsonResult().put("address", address));
        page.show(server.address(), console);
        Interrupts.await();
      }
    }
    return 0;
  }

  /** The data of a model: to look at, and to judge scores by. */
  private record Data(Optional<ShownExamples> shown, Optional<ShownExamples> usual) {}

  private ModelSource source(
      Path folder, EngineOptions on, Map<Path, Data> opened, Console console) {
    SavedModelOptions model = SavedModelOptions.of(folder);
    Vae vae = model.open(on, output);
    try {
      // On every engine, and after every change of the folder, the same data.
      Data data;
      synchronized (opened) {
        data = opened.computeIfAbsent(folder, any -> data(model, vae, console));
      }
      return new ModelSource(
          name(folder, vae),
          vae,
          Optional.of(folder),
          model.record().options().transforms(),
          data.shown(),
          data.usual(),
          TableOutput.writer(model, vae)
              .map(writer -> new TableText(vae.config().columns().orElseThrow(), writer)),
          () -> on.builder(output));
    } catch (RuntimeException e) {
      vae.close();
      throw e;
    }
  }

  private String name(Path folder, Vae vae) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    String name = last == null ? folder.toString() : last.toString();
    return against.isEmpty() ? name : name + " on " + vae.backend().name();
  }

  /** Without data that are named there is less to see, and no fault; but those must be there. */
  private Data data(SavedModelOptions model, Vae vae, Console console) {
    Supplier<ImageOptions.Images> shown =
        () -> imageOptions.open(model, console).requireFor(vae);
    Supplier<ImageOptions.Images> usual =
        () -> imageOptions.openTrained(model, null, Part.TRAIN, console).requireFor(vae);
    if (output.isGiven("--data")) {
      return new Data(Optional.of(examples(shown.get())), attempt(usual, console));
    }
    Optional<ShownExamples> found = attempt(shown, console);
    return new Data(found, found.flatMap(any -> attempt(usual, console)));
  }

  private static Optional<ShownExamples> attempt(
      Supplier<ImageOptions.Images> images, Console console) {
    try {
      return Optional.of(examples(images.get()));
    } catch (VaeException e) {
      console.note("without data: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static ShownExamples examples(ImageOptions.Images images) {
    return new ShownExamples(images.data(), images.words(), images.transforms(), images.seed());
  }
}
