package io.github.jvae.bench.reproduce;

import io.github.jvae.bench.training.Resumption;
import io.github.jvae.bench.training.RunSettings;
import io.github.jvae.checkpoint.HistoryFile;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.JvaeVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * What a reproduction ran on, and how long.
 *
 * @param backend the engine's name
 * @param engine the engine and its version
 * @param device where it computed
 * @param threads processor threads for one operation
 * @param epochs of the training
 * @param steps of the training
 * @param trainingSeconds of all epochs together, those before an interruption too
 * @param evaluationSeconds of the evaluation
 * @param jvae the version of jvae
 * @param java the version of Java
 * @param system the operating system and its architecture
 * @param commands that give the same, as one types them
 */
public record Circumstances(
    String backend,
    String engine,
    String device,
    long threads,
    long epochs,
    long steps,
    double trainingSeconds,
    double evaluationSeconds,
    String jvae,
    String java,
    String system,
    List<String> commands) {
  public Circumstances {
    commands = List.copyOf(commands);
  }

  /**
   * Returns those of a training that has come to its end.
   *
   * @param model the training's folder
   * @throws io.github.jvae.error.VaeException if it holds no training, or a damaged one
   */
  public static Circumstances of(Path model, double evaluationSeconds, List<String> commands) {
    Resumption training = Resumption.of(model);
    RunSettings settings = training.settings();
    Integer threads = settings.threads();
    return new Circumstances(
        String.valueOf(settings.backend()),
        String.valueOf(settings.engine()),
        String.valueOf(settings.device()),
        threads == null ? 0 : threads,
        training.state().epoch(),
        training.state().step(),
        seconds(new ModelFolder(model).history()),
        evaluationSeconds,
        JvaeVersion.current(),
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        commands);
  }

  /** The seconds of all epochs that a history tells of. */
  private static double seconds(HistoryFile history) {
    double seconds = 0;
    for (Options entry : history.read()) {
      if (entry.has("epoch") && entry.get("seconds") instanceof OptionValue.Real epoch) {
        seconds += epoch.value();
      }
    }
    return seconds;
  }
}
