package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Bad input is told in one line, with a cure")
class BadInputTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--backend quantum | unknown backend 'quantum'",
        "--likelihood cauchy | unknown likelihood 'cauchy'; known: bernoulli",
        "--prior flat | unknown prior 'flat'",
        "--objective luck | unknown objective 'luck'",
        "--arch cathedral | unknown architecture 'cathedral'",
        "--activation spike | activation must be one of relu",
        "--latent 0 | must be a whole number from 1 to 2147483647, not '0'",
        "--latent many | '--latent'",
        "--sigma 0 | sigma must be above 0 and finite, not 0.0",
        "--sigma -1 | sigma must be above 0 and finite, not -1.0",
        "--sigma abc | --sigma must be a number above 0 and finite, learned or shared",
        "--scale 0 | scale must be from 0.00045594 to 10, not 0.0",
        "--scale wide | --scale must be a number from 0.00045594 to 10, learned or shared",
        "--scale 99 | scale must be from 0.00045594 to 10, not 99",
        "--likelihood laplace --scale 0 | likelihood laplace: scale must be above 0",
        "--likelihood student-t --likelihood.degrees-of-freedom 1 | must be above 1 and finite",
        "--likelihood logistic-mixture --likelihood.components 0 | whole number from 1",
        "--prior mixture --prior.components 0 | --prior.components must be a whole number from 1",
        "--prior vamp --prior.start here | start must be one of random, data",
        "--prior conditional | prior conditional needs a model that is told something of each",
        "--prior vamp --condition label | prior vamp cannot say which label its pseudo-inputs have",
        "--scale 0.1 --sigma 0.1 | likelihood discretized-logistic: unknown option sigma",
        "--init zero | init must be one of fan-in, glorot",
        "--output-bias mean | '--output-bias'",
        "--adam-beta1 1 | beta1 must be at least 0 and below 1, not 1",
        "--adam-beta2 -0.1 | beta2 must be at least 0 and below 1, not -0.1",
        "--adam-epsilon 0 | epsilon must be above 0 and below 1, not 0",
        "--device 7 | a device must be a word such as cpu, gpu or gpu:1, not '7'",
        "--optimizer lion | --optimizer must be adam, adamw, adamax or sgd, not 'lion'",
        "--momentum 0.9 | --momentum is for --optimizer sgd, not for adam; leave it out",
        "--optimizer adamax --nesterov | --nesterov is for --optimizer sgd, not for adamax",
        "--weight-decay 0.1 | --weight-decay is for --optimizer adamw, adamax, sgd, not for adam",
        "--optimizer sgd --adam-beta1 0.5 | --adam-beta1 is for --optimizer adam, adamw, adamax",
        "--average-weights 1 | --average-weights must be above 0 and below 1, not 1",
        "--optimizer sgd --nesterov | needs a momentum",
        "--beta iwae | --beta 'iwae' is no schedule",
        "--kernel 64 | larger than its image",
        "--epochs 0 | '--epochs'",
        "--batch-size 0 | '--batch-size'",
        "--threads 0 | '--threads'",
        "--limit 0 | '--limit'",
        "--hidden 0 | '--hidden'",
        "--hidden 8,,8 | '--hidden'",
        "--seed 1.5 | '--seed'",
        "--lr 0 | learning rate must be from 1e-30 to 1000, not 0",
        "--lr fast | --lr 'fast' is no schedule",
        "--lr NaN | --lr 'NaN' is no schedule",
        "--beta -1 | KL weight must be from 0 to 1e9, not -1",
        "--clip-norm 0 | --clip-norm must be above 0",
        "--clip-norm NaN | --clip-norm must be above 0",
        "--patience -1 | must be a whole number from 0",
        "--history-steps -1 | must be a whole number from 0",
        "--precision float16 | must be float32 or bf16",
        "--binarize maybe | must be none, threshold, stochastic or fixed",
        "--elbo-form guessed | form must be one of closed-form, sampled",
        "--likelihood-option scale=1 | unknown option scale",
        "--config no-such-file.json | no-such-file.json",
        "--colour | Unknown option: '--colour'",
        "red | Unmatched argument",
        "--latent | Missing required parameter",
      })
  void onTheCommandLineOfTrain(String typed, String told) {
    String[] words = ("train --backend tensorflow " + typed).split(" ", -1);
    if (typed.startsWith("--backend")) {
      words = ("train " + typed).split(" ", -1);
    }
    Outcome outcome = Outcome.of(words);
    assertThat(outcome.err()).startsWith("vae train: ").contains(told).hasLineCount(1);
    assertThat(outcome.err()).contains("see 'vae help train'");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  void severalFaultsAreToldAtOnce() {
    Outcome outcome = Outcome.of(
        "train",
        "--backend",
        "tensorflow",
        "--sigma",
        "0",
        "--prior",
        "flat",
        "--arch",
        "cathedral");
    assertThat(outcome.err()).contains("3 faults", "sigma", "flat", "cathedral").hasLineCount(1);
  }

  @Test
  void aDeviceThatTheEngineDoesNotHave() {
    Outcome outcome = Outcome.of("train", "--backend", "nd4j", "--device", "gpu:1");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("backend nd4j has no device gpu:1 here; it has cpu")
        .hasLineCount(1);
  }

  @Test
  void anUnknownDataSet() {
    Outcome outcome = Outcome.of("train", "--backend", "tensorflow", "--data", "nothing");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("'nothing'", "shapes, mnist").hasLineCount(1);
  }

  @Test
  void dataThatCannotBeDownloaded() {
    // Not --offline alone: the cache of whoever runs this may hold digits.
    Outcome outcome = Outcome.of(
        "data", "mnist", "--offline", "--data-dir", folder.resolve("none").toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("--data-dir").hasLineCount(1);
  }

  @Test
  void anUnknownCommandAndNone() {
    Outcome unknown = Outcome.of("trian");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("'trian'", "did you mean train").hasLineCount(1);
    Outcome none = Outcome.of();
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("Missing required subcommand", "vae --help").hasLineCount(1);
  }

  @Test
  void anOutputFolderBelowAFileBeforeAnyTraining() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    Path out = folder.resolve("file/model");
    Outcome outcome = Outcome.ofTraining("--out", out.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(out.toString(), "--out").hasLineCount(1);
  }

  @Test
  void aFolderWithoutAModelToResume() {
    Outcome outcome = Outcome.of("train", "--resume", folder.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("no model in it").hasLineCount(1);
  }

  @Test
  void showsTheStackTraceOnlyWhenAsked() {
    assertThat(Outcome.of("data", "nothing").err()).doesNotContain("\tat ");
    assertThat(Outcome.of("data", "nothing", "--stacktrace").err()).contains("\tat ");
  }
}
