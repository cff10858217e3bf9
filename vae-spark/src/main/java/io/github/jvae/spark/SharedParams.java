package io.github.jvae.spark;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/** The parameters that estimator and model have in common; see {@link VaeParams}. */
public final class SharedParams implements Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> inputCol;
  final Param<String> conditionCol;
  final Param<String> latentCol;
  final Param<String> reconstructionCol;
  final Param<String> scoreCol;
  final IntParam scoreSamples;
  final Param<String> backend;
  final IntParam threadsPerTask;
  final IntParam batchSize;
  final LongParam seed;

  /** Declares them for a stage, without values. */
  SharedParams(VaeParams<?> owner) {
    inputCol = new Param<>(
        owner,
        "inputCol",
        "column of examples: an ML vector, an array of numbers, bytes (pixels from 0 to 255), or an"
            + " image of Spark's image source");
    conditionCol = new Param<>(
        owner,
        "conditionCol",
        "column of what a conditional model is told of each example: a vector, an array, or a"
            + " number (of a class, where the condition has several numbers); empty for none");
    latentCol = new Param<>(
        owner, "latentCol", "output column of the posterior's mean, a vector; empty for none");
    reconstructionCol = new Param<>(
        owner,
        "reconstructionCol",
        "output column of the example through the posterior's mean and back, a vector; empty for"
            + " none");
    scoreCol = new Param<>(
        owner,
        "scoreCol",
        "output column of the evidence lower bound of the example, in nats; empty for none");
    scoreSamples = new IntParam(
        owner,
        "scoreSamples",
        "draws of the posterior that the bound is the mean of",
        ParamValidators.<Object>gtEq(1));
    backend = new Param<>(
        owner,
        "backend",
        "name of the backend that computes; empty for the only one among the jars");
    threadsPerTask = new IntParam(
        owner,
        "threadsPerTask",
        "processor threads of the engine in each task; as spark.task.cpus says unless set",
        ParamValidators.<Object>gtEq(1));
    batchSize = new IntParam(
        owner, "batchSize", "examples computed together", ParamValidators.<Object>gtEq(1));
    seed = new LongParam(owner, "seed", "seed of all that is random");
  }
}
