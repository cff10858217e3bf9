package io.github.jvae.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that an estimator and {@link VaeModel} have in common.
 *
 * @param <S> the stage, which setters return
 */
public interface VaeParams<S extends VaeParams<S>> extends Params {
  /** Returns the parameters as this stage has declared them. */
  SharedParams shared();

  /** Returns this stage. */
  S self();

  /** Sets what is usual; called once, when a stage is made. */
  default void setUsual() {
    setDefault(inputCol(), "features");
    setDefault(conditionCol(), "");
    setDefault(latentCol(), "latent");
    setDefault(reconstructionCol(), "");
    setDefault(scoreCol(), "");
    setDefault(scoreSamples(), 1);
    setDefault(backend(), "");
    setDefault(batchSize(), 128);
    setDefault(seed(), 1L);
  }

  /** The column of examples; {@code features} unless set. */
  default Param<String> inputCol() {
    return shared().inputCol;
  }

  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  default S setInputCol(String column) {
    set(inputCol(), column);
    return self();
  }

  /** The column of what a conditional model is told of each example; none unless set. */
  default Param<String> conditionCol() {
    return shared().conditionCol;
  }

  default String getConditionCol() {
    return getOrDefault(conditionCol());
  }

  default S setConditionCol(String column) {
    set(conditionCol(), column);
    return self();
  }

  /** The output column of the posterior's mean; {@code latent} unless set, empty for none. */
  default Param<String> latentCol() {
    return shared().latentCol;
  }

  default String getLatentCol() {
    return getOrDefault(latentCol());
  }

  default S setLatentCol(String column) {
    set(latentCol(), column);
    return self();
  }

  /** The output column of reconstructions; none unless set. */
  default Param<String> reconstructionCol() {
    return shared().reconstructionCol;
  }

  default String getReconstructionCol() {
    return getOrDefault(reconstructionCol());
  }

  default S setReconstructionCol(String column) {
    set(reconstructionCol(), column);
    return self();
  }

  /** The output column of the evidence lower bound, nats per example; none unless set. */
  default Param<String> scoreCol() {
    return shared().scoreCol;
  }

  default String getScoreCol() {
    return getOrDefault(scoreCol());
  }

  default S setScoreCol(String column) {
    set(scoreCol(), column);
    return self();
  }

  /** How many draws of the posterior the bound is the mean of; 1 unless set. */
  default IntParam scoreSamples() {
    return shared().scoreSamples;
  }

  default int getScoreSamples() {
    return (int) getOrDefault(scoreSamples());
  }

  default S setScoreSamples(int draws) {
    set(scoreSamples(), draws);
    return self();
  }

  /** The backend's name; the only one among the jars unless set. */
  default Param<String> backend() {
    return shared().backend;
  }

  default String getBackend() {
    return getOrDefault(backend());
  }

  default S setBackend(String name) {
    set(backend(), name);
    return self();
  }

  /** Processor threads of the engine in each task; {@code spark.task.cpus} unless set. */
  default IntParam threadsPerTask() {
    return shared().threadsPerTask;
  }

  default int getThreadsPerTask() {
    return (int) getOrDefault(threadsPerTask());
  }

  default S setThreadsPerTask(int threads) {
    set(threadsPerTask(), threads);
    return self();
  }

  /** Examples computed together; 128 unless set. */
  default IntParam batchSize() {
    return shared().batchSize;
  }

  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  default S setBatchSize(int examples) {
    set(batchSize(), examples);
    return self();
  }

  /** The seed of all that is random; 1 unless set. */
  default LongParam seed() {
    return shared().seed;
  }

  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  default S setSeed(long value) {
    set(seed(), value);
    return self();
  }
}
