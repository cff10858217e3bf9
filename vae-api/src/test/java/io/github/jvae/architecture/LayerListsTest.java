package io.github.jvae.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.OutputPadding;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Layers in a configuration")
public final class LayerListsTest {
  private static final LayerLists LISTS = new LayerLists();

  private static String json(Layer layer) {
    return JsonFile.toLine(Options.none().with("l", LISTS.write(List.of(layer))));
  }

  private static List<Layer> read(String json) {
    return LISTS.read("architecture layers: encoder", JsonFile.value(json).orElseThrow());
  }

  @Test
  @DisplayName("are written as they always were, and come back")
  void written() {
    List<Layer> layers = List.of(
        new Layer.Dense(3),
        new Layer.Conv2d(2, 3, 1, 1),
        new Layer.TransposedConv2d(2, 3, 2, 1, 1),
        new Layer.TransposedConv2d(2, 3, 3, 1, new OutputPadding(0, 2)),
        new Layer.Activate(Activation.LEAKY_RELU),
        new Layer.Flatten(),
        new Layer.Unflatten(1, 2, 3),
        new Layer.MaskedDense(2, List.of(1, 0)),
        new Layer.Residual(
            List.of(new Layer.GroupNorm(2), new Layer.Residual(List.of(new Layer.Gated()))),
            List.of(new Layer.Join("label"))));
    List<String> texts = List.of(
        "{\"layer\":\"dense\",\"units\":3}",
        "{\"layer\":\"conv2d\",\"channels\":2,\"kernel\":3,\"stride\":1,\"padding\":1}",
        "{\"layer\":\"transposed_conv2d\",\"channels\":2,\"kernel\":3,\"stride\":2,\"padding\":1,"
            + "\"outputPadding\":1}",
        "{\"layer\":\"transposed_conv2d\",\"channels\":2,\"kernel\":3,\"stride\":3,\"padding\":1,"
            + "\"outputPadding\":[0,2]}",
        "{\"layer\":\"activate\",\"function\":\"LEAKY_RELU\"}",
        "{\"layer\":\"flatten\"}",
        "{\"layer\":\"unflatten\",\"channels\":1,\"height\":2,\"width\":3}",
        "{\"layer\":\"masked_dense\",\"units\":2,\"mask\":[1,0]}",
        "{\"layer\":\"residual\",\"body\":[{\"layer\":\"group_norm\",\"groups\":2},"
            + "{\"layer\":\"residual\",\"body\":[{\"layer\":\"gated\"}],\"shortcut\":[]}],"
            + "\"shortcut\":[{\"layer\":\"join\",\"input\":\"label\"}]}");
    for (int i = 0; i < layers.size(); i++) {
      assertThat(json(layers.get(i))).isEqualTo("{\"l\":[" + texts.get(i) + "]}");
      assertThat(read("[" + texts.get(i) + "]")).containsExactly(layers.get(i));
    }
  }

  @Test
  @DisplayName("know every layer there is")
  void complete() {
    long records = permitted(Layer.class).filter(Class::isRecord).distinct().count();
    assertThat(LayerCodec.names())
        .hasSize((int) records)
        .contains("conv2d", "transposed_conv2d", "dense", "flatten");
  }

  private static Stream<Class<?>> permitted(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(LayerListsTest::permitted)
        : Stream.of(sealed);
  }

  @Test
  @DisplayName("have an output padding of 0 where none is given")
  void outputPadding() {
    String start = "[{\"layer\":\"transposed_conv2d\",\"channels\":2,\"kernel\":3,\"stride\":3,"
        + "\"padding\":1";
    for (String end : List.of("}]", ",\"outputPadding\":null}]", ",\"outputPadding\":[0,0]}]")) {
      assertThat(read(start + end)).containsExactly(new Layer.TransposedConv2d(2, 3, 3, 1, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7 | encoder must be a list of layers",
        "[[]] | encoder layer 0 must be {\"layer\": \"…\", …}, not []",
        "[{\"layer\":\"flatten\"},{\"layer\":\"flat\"}] | encoder layer 1 {\"layer\":\"flat\"}: layer must be one of activate, average_pool, conv1d",
        "[{}] | layer must be one of activate",
        "[{\"layer\":\"dense\"}] | encoder layer 0 {\"layer\":\"dense\"}: units is missing; it must be a whole number",
        "[{\"layer\":\"dense\",\"units\":2.5}] | units must be a whole number from -2147483648 to 2147483647, not 2.5",
        "[{\"layer\":\"dense\",\"units\":null}] | units is missing",
        "[{\"layer\":\"dense\",\"units\":0}] | a dense layer needs at least 1 unit, not 0",
        "[{\"layer\":\"dense\",\"unit\":3}] | a dense layer has no unit; it has units",
        "[{\"layer\":\"residual\"}] | at least one layer",
        "[{\"layer\":\"join\"}] | input is missing",
        "[{\"layer\":\"flatten\",\"to\":3}] | a flatten layer has no to, nor any other member",
        "[{\"layer\":\"activate\",\"function\":\"spike\"}] | function must be one of RELU, TANH",
        "[{\"layer\":\"activate\",\"function\":1}] | function must be one of RELU, TANH",
        "[{\"layer\":\"transposed_conv2d\",\"channels\":2,\"kernel\":3,\"stride\":3,\"padding\":1,\"outputPadding\":[1]}] | outputPadding is one number, or [rows, columns], not [1]",
        "[{\"layer\":\"transposed_conv2d\",\"channels\":2,\"kernel\":3,\"stride\":3,\"padding\":1,\"outputPadding\":\"one\"}] | outputPadding must be a whole number",
      })
  @DisplayName("that are none are told with their place, the member and what it must be")
  void faults(String json, String told) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith("architecture layers: encoder ")
        .hasMessageContaining(told)
        .message()
        .doesNotContain("\n");
  }

  /** What other layers are made of. */
  record Probe(
      List<Layer> body,
      String input,
      double rate,
      boolean open,
      List<Integer> degrees,
      List<String> names,
      Activation gate) {}

  @Test
  @DisplayName("may hold lists of layers, words, numbers and flags")
  void members() {
    OptionValue body = JsonFile.value("[{\"layer\":\"dense\",\"units\":2}]").orElseThrow();
    Object[] expected = {
      List.of(new Layer.Dense(2)), "label", 0.5, true, List.of(3, 1), List.of("a"), Activation.ELU
    };
    OptionValue[] values = {
      body,
      OptionValue.of("label"),
      OptionValue.of(0.5),
      OptionValue.of(true),
      OptionValue.of(List.of(3, 1)),
      new OptionValue.Items(List.of(OptionValue.of("a"))),
      OptionValue.of("ELU")
    };
    for (int i = 0; i < values.length; i++) {
      LayerMember member = LayerMember.of(Probe.class.getRecordComponents()[i]);
      OptionType<Object> type = member.type();
      assertThat(member.read("", values[i])).isEqualTo(expected[i]);
      assertThat(type.write(expected[i])).isEqualTo(values[i]);
    }
    assertThat(LayerMember.of(Probe.class.getRecordComponents()[0]).read("", null))
        .isEqualTo(List.of());
    assertThatThrownBy(() -> LayerMember.of(Probe.class.getRecordComponents()[4])
            .read("layer 0: ", JsonFile.value("[1,2.5]").orElseThrow()))
        .hasMessageStartingWith("layer 0: degrees 1 must be a whole number");
  }
}
