package io.github.jvae.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Sgd;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The catalogue's objectives compute what they do on the reference. */
abstract class ObjectivesGroup extends CompatibilityGroup {
  private static final int BATCH = 6;
  private static final int SHARED_BATCH = 41;
  private static final int STEPS = 4;

  ObjectivesGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @Test
  @DisplayName("Every objective of the catalogue is among those that are compared")
  void complete() {
    try (OpenBackend reference = reference()) {
      Set<String> compared = ObjectiveSample.all().stream()
          .map(sample -> ComponentSpec.of(sample.json()).type())
          .collect(Collectors.toCollection(TreeSet::new));
      assertThat(reference.catalogue().origins(Kind.OBJECTIVE).keySet()).isEqualTo(compared);
    }
  }

  @TestFactory
  @DisplayName("Loss, terms and gradients of each objective")
  Stream<DynamicTest> gradients() {
    return ObjectiveSample.all().stream()
        .map(sample -> dynamicTest(sample.toString(), () -> compare(sample)));
  }

  private void compare(ObjectiveSample sample) {
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      ModelRuntime runtime = sample.start(engine);
      HostTensor[] inputs = sample.inputs(runtime, BATCH, 0);
      List<HostTensor> actual = engine.gradients(runtime.trainingLoss(), inputs);
      List<double[]> expected = exact(reference)
          .compileGradients(sample.start(reference).trainingLoss())
          .runExactly(inputs);
      List<String> names = new ArrayList<>(List.of("loss"));
      names.addAll(runtime.objective().terms(runtime.model()));
      engine.backend().variables().names().forEach(name -> names.add("gradient of " + name));
      assertThat(expected).hasSameSizeAs(names);
      for (int i = 0; i < names.size(); i++) {
        Closeness.checkVector(
            names.get(i), actual.get(i), expected.get(i), Closeness.TRAINING, 1e-2);
      }
      try (Executable apart = engine
          .backend()
          .compile(runtime.exampleTerms(runtime.objective().terms(runtime.model())))) {
        assertThat(apart.run(inputs))
            .allSatisfy(term -> assertThat(term.shape().size()).isEqualTo(BATCH));
      }
    }
  }

  @TestFactory
  @DisplayName("Threads that share a batch of several draws compute what one would")
  Stream<DynamicTest> shared() {
    return Stream.of(
            "{'type':'iwae','draws':3}",
            "{'type':'dreg','draws':2}",
            "{'type':'piwae','sets':2,'draws':2}",
            "{'type':'rae','lambda':0.1}")
        .map(json -> new ObjectiveSample(json, ModelSpec.mlp()))
        .map(sample -> dynamicTest(sample.toString(), () -> follow(sample)));
  }

  private void follow(ObjectiveSample sample) {
    try (OpenBackend engine = open(BackendOptions.builder().threads(2).build());
        OpenBackend reference = reference()) {
      ModelRuntime runtime = sample.start(engine);
      assertThat(runtime.objective().averagesExamples()).isTrue();
      try (TrainingStep actual = runtime.compileTraining(Sgd.defaults());
          TrainingStep expected = sample.start(reference).compileTraining(Sgd.defaults())) {
        for (int step = 0; step < STEPS; step++) {
          HostTensor[] inputs = sample.inputs(runtime, SHARED_BATCH, step);
          check(
              "loss " + step,
              actual.run(0.01, inputs).get(0),
              expected.run(0.01, inputs).get(0));
        }
        reference
            .backend()
            .variables()
            .readAll()
            .forEach((name, value) -> check(name, engine.backend().variables().read(name), value));
      }
    }
  }

  @Test
  @DisplayName("A model and its adversary, in turn, follow the reference's steps")
  void adversary() {
    ObjectiveSample sample = new ObjectiveSample(
        "{'type':'factor','discriminator_hidden':[6],'discriminator_rate':0.5}", ModelSpec.mlp());
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      ModelRuntime runtime = sample.start(engine);
      try (TrainingStep actual = runtime.compileTraining(Adam.defaults());
          TrainingStep expected = sample.start(reference).compileTraining(Adam.defaults())) {
        for (int step = 0; step < STEPS; step++) {
          HostTensor[] inputs = sample.inputs(runtime, BATCH, step);
          check(
              "loss " + step,
              actual.run(0.01, inputs).get(0),
              expected.run(0.01, inputs).get(0));
        }
        reference
            .backend()
            .variables()
            .readAll()
            .forEach((name, value) -> check(name, engine.backend().variables().read(name), value));
        expected
            .state()
            .slots()
            .forEach((slot, values) -> values.forEach((name, value) -> check(
                slot + " of " + name, requireNonNull(actual.state().slot(slot).get(name)), value)));
      }
    }
  }

  private static void check(String what, HostTensor actual, HostTensor expected) {
    Closeness.checkVector(what, actual, Closeness.doubles(expected), 1e-3, 1e-5);
  }
}
