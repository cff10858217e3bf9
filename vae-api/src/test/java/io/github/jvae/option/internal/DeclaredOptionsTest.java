package io.github.jvae.option.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The options that a component declares")
class DeclaredOptionsTest {
  private static final OptionDescription<Double> RATE =
      OptionDescription.of("rate", OptionType.number(Range.above(0)), 0.5, "A number.");
  private static final OptionDescription<Integer> COUNT =
      OptionDescription.of("count", OptionType.wholeNumber(1), 7, "A whole number.");
  private static final OptionDescription<List<Integer>> SIZES =
      OptionDescription.of("sizes", OptionType.wholeNumbers(1), List.of(9, 8), "A list.");
  private static final OptionDescription<String> WORD =
      OptionDescription.of("word", OptionType.text(), "w", "A text.");
  private static final OptionDescription<Boolean> OPEN =
      OptionDescription.of("open", OptionType.flag(), false, "True or false.");
  private static final OptionDescription<Activation> CHOICE = OptionDescription.of(
      "choice", OptionType.choice(Activation.class), Activation.ELU, "A constant.");
  private static final OptionDescription<OptionValue> WIDTH = OptionDescription.of(
      "width",
      OptionType.numberOr(Range.above(0), "learned", "shared"),
      OptionValue.of(0.1),
      "A number or a word.");
  private static final OptionDescription<Double> START = OptionDescription.of(
          "start", OptionType.number(Range.above(0)), 0.1, "A number.")
      .onlyWhere(WIDTH, OptionValue.of("shared"));

  private static final DeclaredOptions DECLARED = new DeclaredOptions(
      "prior probe", List.of(RATE, COUNT, SIZES, WORD, OPEN, CHOICE, WIDTH, START));

  private static Options complete(Options given) {
    return DECLARED.complete(given);
  }

  private static void fault(Options given, String... parts) {
    assertThatThrownBy(() -> complete(given))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith("prior probe: ")
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("have their defaults where they are left out")
  void defaults() {
    Options none = complete(Options.none());
    assertThat(none.names())
        .containsExactly("choice", "count", "open", "rate", "sizes", "width", "word");
    assertThat(RATE.in(none)).isEqualTo(0.5);
    assertThat(COUNT.in(none)).isEqualTo(7);
    assertThat(SIZES.in(none)).containsExactly(9, 8);
    assertThat(WORD.in(none)).isEqualTo("w");
    assertThat(OPEN.in(none)).isFalse();
    assertThat(CHOICE.in(none)).isEqualTo(Activation.ELU);
    assertThat(WIDTH.in(none)).isEqualTo(OptionValue.of(0.1));
    assertThat(complete(none)).isEqualTo(none);
  }

  @Test
  @DisplayName("are read by type, and kept as they were given")
  void given() {
    Options given = Options.none()
        .with("rate", 3)
        .with("count", 4)
        .with("sizes", OptionValue.of(List.of(1, 2)))
        .with("word", "x")
        .with("open", true)
        .with("choice", "leaky_relu")
        .with("width", "shared");
    Options complete = complete(given);
    assertThat(RATE.in(complete)).isEqualTo(3);
    assertThat(complete.get("rate")).isEqualTo(OptionValue.of(3));
    assertThat(COUNT.in(complete)).isEqualTo(4);
    assertThat(SIZES.in(complete)).containsExactly(1, 2);
    assertThat(OPEN.in(complete)).isTrue();
    assertThat(CHOICE.in(complete)).isEqualTo(Activation.LEAKY_RELU);
    assertThat(CHOICE.in(complete(given.with("choice", "leaky-relu"))))
        .isEqualTo(Activation.LEAKY_RELU);
    assertThat(START.in(complete)).isEqualTo(0.1);
  }

  @Test
  @DisplayName("of another type or out of range are errors that say what is expected and was given")
  void wrong() {
    fault(Options.none().with("rate", "x"), "rate must be a number above 0", "not \"x\"");
    fault(Options.none().with("rate", 0), "rate must be above 0 and finite, not 0.0");
    fault(Options.none().with("count", 2.5), "count must be a whole number from 1", "2.5");
    fault(Options.none().with("count", 3_000_000_000L), "count must be", "3000000000");
    fault(Options.none().with("sizes", 4), "sizes must be a list of whole numbers", "4");
    fault(
        Options.none().with("sizes", OptionValue.of(List.of(0))),
        "sizes must be a list of whole numbers",
        "[0]");
    fault(Options.none().with("word", 4), "word must be text", "4");
    fault(Options.none().with("open", "yes"), "open must be true or false", "yes");
    fault(Options.none().with("choice", 4), "choice must be one of relu, tanh", "4");
    fault(
        Options.none().with("width", "big"), "width must be a number", "learned or shared", "big");
    fault(Options.none().with("word", OptionValue.Nothing.NOTHING), "word must be text, not null");
  }

  @Test
  @DisplayName("that are unknown, missing or out of place are errors that say so")
  void misplaced() {
    fault(Options.none().with("rta", 1), "unknown option rta", "it knows rate, count, sizes");
    fault(Options.none().with("start", 1), "start goes with width \"shared\" only");
    DeclaredOptions needy = new DeclaredOptions(
        "prior needy", List.of(OptionDescription.required("size", OptionType.text(), "A text.")));
    assertThatThrownBy(() -> needy.complete(Options.none()))
        .hasMessage("prior needy: size is missing; it must be text");
    assertThatThrownBy(() ->
            new DeclaredOptions("prior none", List.of()).complete(Options.none().with("x", 1)))
        .hasMessageContaining("it knows none");
  }

  @Test
  @DisplayName("that are read undeclared, or declared twice, are errors of who wrote the component")
  void careless() {
    assertThatThrownBy(() -> RATE.in(Options.none()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("option rate is read, but not declared");
    assertThatThrownBy(() -> START.in(complete(Options.none())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only where the component has width \"shared\"");
    assertThatThrownBy(() -> new DeclaredOptions("prior probe", List.of(RATE, COUNT, RATE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prior probe declares its option rate twice");
  }
}
