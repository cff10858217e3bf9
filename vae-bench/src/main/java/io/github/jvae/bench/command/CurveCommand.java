package io.github.jvae.bench.command;

import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.curve.CurveFolder;
import io.github.jvae.bench.curve.CurvePoint;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.bench.training.Resumption;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.error.Range;
import io.github.jvae.train.TrainingOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code vae curve}. */
@Command(
    name = "curve",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Trains a model at several weights of the divergence and shows how its rate, the divergence"
          + " KL(q(z|x) || p(z)), pays for its distortion, -E[log p(x|z)]: in nats per test example,"
          + " as a table, curve.csv, curve.json and curve.png. The ELBO is -(rate + distortion).",
      "",
      "All other options are those of 'vae train', such as --data, --epochs and --latent. Each weight"
          + " has a folder of its own in --out; the same command once more goes on where it was"
          + " stopped and keeps what is done.",
      ""
    })
public final class CurveCommand implements Callable<Integer> {
  private static final Range WEIGHTS = Range.from(0, 1e9);

  /** What this command decides, or what makes no sense for several trainings. */
  private static final Set<String> NOT_OF_TRAIN = Set.of(
      "--beta", "--resume", "--overwrite", "--watch", "--schedule", "--tensorboard", "--mlflow");

  @Option(
      names = "--betas",
      paramLabel = "BETA,...",
      hideParamSyntax = true,
      split = ",",
      description = "The weights of the divergence, each from 0 to 1e9, such as 0.25,0.5,1,2,4.")
  private List<Double> betas = List.of();

  @Option(
      names = "--models",
      paramLabel = "DIR,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "In place of --betas: models that were trained before, each with the weight that"
              + " its training ended with.")
  private List<Path> models = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder of the curve, and of the models that are trained for it.")
  private Path out = Path.of("");

  @SuppressWarnings("MismatchedQueryAndUpdateOfCollection") // picocli fills it.
  @Unmatched
  private List<String> trainOptions = new ArrayList<>();

  @Mixin
  private OutputOptions output = new OutputOptions();

  private final Program program;

  /** @param program whose other commands are run */
  public CurveCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    if (betas.isEmpty() == models.isEmpty()) {
      throw output.usage("name the weights of the divergence with --betas, such as"
          + " 0.25,0.5,1,2,4, or trained models with --models");
    }
    CalledCommand train = new CalledCommand(program, "train", output);
    CalledCommand evaluate = new CalledCommand(program, "evaluate", output);
    return betas.isEmpty() ? ofModels(train, evaluate) : train(train, evaluate);
  }

  private int ofModels(CalledCommand train, CalledCommand evaluate) {
    // Data and engine are told as to 'vae train', and those alone are of use here.
    train.parse(trainOptions);
    List<String> shared = train.shared();
    CurveFolder folder = CurveFolder.of(out);
    List<CurvePoint> points = new ArrayList<>();
    for (Path model : models) {
      TrainingOptions trained = SavedModelOptions.of(model).record().options();
      double beta = trained.klWeight().at(trained.epochs());
      points.add(measured(evaluate, model, beta, shared));
    }
    return finish(folder.with(points), output.console());
  }

  private int train(CalledCommand train, CalledCommand evaluate) {
    Set<Double> seen = new HashSet<>();
    for (double beta : betas) {
      output.require(WEIGHTS, "--betas", beta);
      if (!seen.add(beta)) {
        throw output.usage("--betas has " + text(beta) + " twice");
      }
    }
    train.parse(trainOptions);
    train.given().keySet().stream().filter(NOT_OF_TRAIN::contains).findFirst().ifPresent(name -> {
      throw output.usage(
          name + " is not for 'vae curve', which trains several models; leave it out");
    });
    List<String> shared = train.shared();
    CurveFolder folder = CurveFolder.of(out).begunWith(train.identity());
    Console console = output.console();
    for (double beta : othersThanOneFirst()) {
      Path model = out.resolve("beta-" + text(beta));
      if (folder.has(beta)) {
        console.say("beta %s: done before, in %s", text(beta), model);
        continue;
      }
      int code = trained(train, beta, model, console);
      if (code != 0) {
        console.say("stopped; the same command goes on");
        return code;
      }
      folder = folder.with(measured(evaluate, model, beta, shared));
      folder.write();
    }
    return finish(folder, console);
  }

  /** An objective without such a weight takes 1 without a word, and is told of at any other. */
  private List<Double> othersThanOneFirst() {
    return betas.stream().sorted(Comparator.comparing(beta -> beta == 1)).toList();
  }

  private int trained(CalledCommand train, double beta, Path model, Console console) {
    List<String> words = new ArrayList<>();
    if (!new ModelFolder(model).exists()) {
      words.addAll(trainOptions);
      words.addAll(List.of("--beta", text(beta), "--out", model.toString()));
    } else {
      Resumption before = Resumption.of(model);
      if (before.state().epoch() >= before.options().epochs()) {
        return 0;
      }
      words.addAll(List.of("--resume", model.toString()));
    }
    console.say("beta %s:", text(beta));
    return train.run(words);
  }

  private static CurvePoint measured(
      CalledCommand evaluate, Path model, double beta, List<String> shared) {
    List<String> words = new ArrayList<>(List.of(model.toString()));
    words.addAll(shared);
    return CurvePoint.of(beta, model, evaluate.result(words));
  }

  private int finish(CurveFolder folder, Console console) {
    folder.write();
    console.say("%8s  %12s  %12s  %12s", "beta", "rate", "distortion", "ELBO");
    for (CurvePoint point : folder.points()) {
      console.say(
          "%8s  %12.3f  %12.3f  %12.3f",
          text(point.beta()), point.rate(), point.distortion(), point.elbo());
    }
    folder
        .rising()
        .ifPresent(pair -> console.note("the rate rises from beta "
            + text(pair.get(0).beta()) + " to " + text(pair.get(1).beta())
            + ", where that of the best model of each would fall; train longer"));
    console.say("%s: rate and distortion, in nats per example", folder.picture());
    console.result(new JsonResult().put("out", out.toString()).put("points", folder.json()));
    return 0;
  }

  private static String text(double beta) {
    return new BigDecimal(Double.toString(beta)).stripTrailingZeros().toPlainString();
  }
}
