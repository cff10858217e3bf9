package io.github.jvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Covariates;
import io.github.jvae.data.Labels;
import io.github.jvae.error.VaeException;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A configuration")
final class VaeConfigTest {

  private static VaeConfig read(String json) {
    return VaeConfig.of(JsonFile.value(json).orElseThrow());
  }

  @Test
  @DisplayName("survives being written and read")
  void roundTrip() {
    VaeConfig config = VaeConfig.defaults()
        .withInput(List.of(3, 32, 32))
        .withLatent(5)
        .with(
            Kind.ARCHITECTURE,
            ComponentConfig.of("conv").with("channels", new int[] {8, 16}).with("dense", 32))
        .with(Kind.LIKELIHOOD, ComponentConfig.of("gaussian").with("sigma", "learned"))
        .with(Kind.OBJECTIVE, ComponentConfig.of("elbo").with("form", "sampled"));
    assertThat(VaeConfig.of(config.toOptions())).isEqualTo(config);
    assertThat(config.toOptions().names())
        .containsExactly("input", "architecture", "latent", "likelihood", "prior", "objective");
    assertThat(config.faults(Vae.catalogue())).isEmpty();
    VaeConfig told = config.withConditions(Map.of("label", List.of(10)));
    assertThat(VaeConfig.of(told.toOptions())).isEqualTo(told);
    assertThat(told.faults(Vae.catalogue())).isEmpty();
    VaeConfig named = config.withConditions(List.of(
        Labels.of("label", new int[] {0, 1}, List.of("cat", "dog")),
        Labels.of("place", new int[] {2, 1}, 3),
        Covariates.of("pose", Shape.of(2), new float[4])));
    assertThat(named.conditions())
        .isEqualTo(Map.of("label", List.of(2), "place", List.of(3), "pose", List.of(2)));
    assertThat(named.conditionClasses())
        .isEqualTo(Map.of("label", List.of("cat", "dog"), "pose", List.of()));
    assertThat(VaeConfig.of(named.toOptions())).isEqualTo(named);
    assertThat(named.faults(Vae.catalogue())).isEmpty();
    assertThat(named.withConditions(Map.of("label", List.of(2))).conditionClasses())
        .containsOnlyKeys("label");
  }

  @Test
  @DisplayName(
      "refuses classes of no condition, of another number, or without names, and data whose"
          + " classes are others")
  void conditionClasses() {
    VaeConfig config = VaeConfig.defaults()
        .withConditions(List.of(Labels.of("label", new int[] {0, 1}, List.of("cat", "dog"))));
    assertThat(config
            .withConditionClasses(Map.of("label", List.of("cat"), "nose", List.of("wet", "dry")))
            .faults(Vae.catalogue()))
        .containsExactly(
            "condition_classes has 1 classes of 'label', but conditions has [2]",
            "condition_classes names 'nose', which is no condition");
    assertThatThrownBy(() -> read("{\"input\": [4], \"condition_classes\": {\"label\": [1]}}"))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("condition_classes: label must be a list of names of classes");
    ArrayExamples data = ArrayExamples.floats("pets", Shape.of(1), new float[2]);
    config.requireClasses(data.with(Labels.of("label", new int[] {0, 1}, 2)));
    config.requireClasses(data.with(Labels.of("label", new int[2], List.of("cat", "dog"))));
    ArrayExamples others = data.with(Labels.of("label", new int[] {0, 1}, List.of("dog", "cat")));
    assertThatThrownBy(() -> config.requireClasses(others))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("has the classes dog, cat, but the model knows cat, dog");
  }

  @Test
  @DisplayName("refuses conditions that are no shapes, and networks that join what is not told")
  void conditions() {
    assertThatThrownBy(() -> read("{\"input\": [4], \"conditions\": [\"label\"]}"))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("conditions must be an object such as {\"label\": [10]}");
    assertThat(VaeConfig.defaults()
            .withConditions(Map.of("label", List.of(0)))
            .faults(Vae.catalogue()))
        .singleElement()
        .asString()
        .contains("conditions: label", "[0]");
    VaeConfig joins = read("""
        {"input": [4], "latent": 2, "architecture": {"type": "layers",
         "encoder": [{"layer": "join", "input": "label"}, {"layer": "dense", "units": 3}],
         "decoder": [{"layer": "dense", "units": 4}]}}""");
    assertThat(joins.faults(Vae.catalogue()))
        .singleElement()
        .asString()
        .contains("encoder layer 0", "label");
    assertThat(joins.withConditions(Map.of("label", List.of(10))).faults(Vae.catalogue()))
        .isEmpty();
  }

  @Test
  @DisplayName("takes components by name alone, and fills in what is not said")
  void shorthand() {
    VaeConfig config = read("{\"input\": [1, 8, 8], \"likelihood\": \"gaussian\"}");
    assertThat(config.likelihood().type()).isEqualTo("gaussian");
    assertThat(config.prior().type()).isEqualTo("standard-normal");
  }

  @Test
  @DisplayName("names unknown keys and values of the wrong kind all at once")
  void namesMalformedValues() {
    assertThatThrownBy(
            () -> read("{\"input\": \"big\", \"latnet\": 3, \"latent\": 1.5, \"prior\": 7}"))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("4 faults")
        .hasMessageContaining("unknown key latnet")
        .hasMessageContaining("architecture, columns, condition_classes, conditions, decoder")
        .hasMessageContaining("input must be a list of extents [ … ], not \"big\"")
        .hasMessageContaining("latent must be a whole number from 1 to 2147483647, not 1.5")
        .hasMessageContaining("prior must be");
  }

  @Test
  @DisplayName("names impossible sizes, options and components all at once")
  void namesImpossibleValues() {
    VaeConfig config = read("""
            {"input": [1, 6, 6], "latent": 0,
             "architecture": {"type": "conv", "kernel": 9, "padding": 0, "kernels": 2},
             "likelihood": {"type": "gaussian", "sigma": 0},
             "prior": {"type": "vampire"}}""");
    assertThat(config.faults(Vae.catalogue()))
        .anyMatch(fault -> fault.contains("latent must be at least 1, not 0"))
        .anyMatch(fault -> fault.contains("unknown option kernels"))
        .anyMatch(fault -> fault.contains("sigma must be above 0 and finite, not 0"))
        .anyMatch(fault ->
            fault.contains("unknown prior 'vampire'; known: ") && fault.contains("standard-normal"))
        .hasSize(4);
  }

  @Test
  @DisplayName("says when a kernel is larger than the image")
  void namesLargeKernel() {
    VaeConfig config = read("""
            {"input": [1, 6, 6], "latent": 2,
             "architecture": {"type": "conv", "kernel": 9, "padding": 1}}""");
    assertThat(config.faults(Vae.catalogue()))
        .singleElement()
        .asString()
        .contains("kernel of 9 is larger than its image of 6x6 with padding 1");
  }

  @Test
  @DisplayName("says which of its layers has an output padding that is none")
  void namesWrongOutputPadding() {
    VaeConfig config = read("""
            {"input": [1, 3, 4], "latent": 2,
             "architecture": {"type": "layers", "encoder": [{"layer": "flatten"}],
              "decoder": [{"layer": "unflatten", "channels": 2, "height": 1, "width": 1},
               {"layer": "transposed_conv2d", "channels": 1, "kernel": 3, "stride": 2,
                "padding": 0, "outputPadding": [0, 1, 0]}]}}""");
    assertThat(config.faults(Vae.catalogue()))
        .singleElement()
        .asString()
        .startsWith("architecture layers: decoder layer 1 ")
        .endsWith("outputPadding is one number, or [rows, columns], not [0,1,0]")
        .doesNotContain("\n");
  }
}
