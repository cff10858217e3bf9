package io.github.jvae.bench.option;

import io.github.jvae.bench.tracking.MlflowPlace;
import io.github.jvae.bench.tracking.Tracking;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a training is told while it runs, as flags. */
public final class TrackingOptions {
  private static final String MLFLOW = "--mlflow";
  private static final String MLFLOW_EXPERIMENT = "--mlflow-experiment";

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Also write events for TensorBoard into DIR: numbers and, after each epoch,"
          + " samples, reconstructions and histograms of the posteriors. A folder for each training,"
          + " such as runs/first; a resume goes on in the same one.")
  private @Nullable Path tensorBoard;

  @Option(
      names = MLFLOW,
      paramLabel = "URI",
      description = "Also tell the MLflow tracking server at URI, such as http://localhost:5000: a"
          + " run with all options and the numbers of each epoch. Who asks is taken from"
          + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.")
  private @Nullable String mlflow;

  @Option(
      names = MLFLOW_EXPERIMENT,
      paramLabel = "NAME",
      description = "The experiment of --mlflow that the run belongs to; made if there is none."
          + " Default: ${DEFAULT-VALUE}.")
  private String mlflowExperiment = "vae";

  /**
   * Returns where to tell it; nothing is looked at yet.
   *
   * @throws picocli.CommandLine.ParameterException if an address is none, or flags do not go
   *     together
   */
  public Tracking tracking(OutputOptions output) {
    if (mlflow == null && output.isGiven(MLFLOW_EXPERIMENT)) {
      throw output.usage(MLFLOW_EXPERIMENT + " goes with " + MLFLOW + "; add that or leave it out");
    }
    String address = mlflow;
    MlflowPlace place = address == null
        ? null
        : Typed.value(output, () -> MlflowPlace.of(address, mlflowExperiment));
    return Tracking.in(tensorBoard, place, System.getenv());
  }
}
