package io.github.jvae.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Component;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Network;
import io.github.jvae.model.Parameter;
import io.github.jvae.reference.Evaluation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every map against its numerical Jacobian, there and back. */
@DisplayName("A flow")
class FlowTest {
  private static final int ROWS = 12;
  private static final int CONTEXT = 2;
  private static final List<Integer> HIDDEN = List.of(7, 9);

  /** A flow for vectors of an extent; its weights are random, its scale far from the identity's. */
  private record Flow(String name, int latent, ConditionalFlow conditional) {
    HostTensor x() {
      return Evaluation.normal(name + " x", 1.3, ROWS, latent);
    }

    HostTensor numbers() {
      return Evaluation.normal(name + " numbers", 1.5, ROWS, conditional.size(latent));
    }

    @Override
    public String toString() {
      return name + " of " + latent;
    }
  }

  /** A map that is the same for all examples. */
  private record Unconditional(Bijection bijection) implements ConditionalFlow {
    @Override
    public List<Network> networks() {
      return bijection.networks();
    }

    @Override
    public int size(int latent) {
      return 1;
    }

    @Override
    public Bijection given(Tensor numbers) {
      return bijection;
    }
  }

  /** A map that is told of a context. */
  private record Given(Bijection bijection) implements ConditionalFlow {
    @Override
    public List<Network> networks() {
      return bijection.networks();
    }

    @Override
    public int size(int latent) {
      return CONTEXT;
    }

    @Override
    public Bijection given(Tensor numbers) {
      return bijection.given(numbers);
    }
  }

  static Stream<Flow> invertible() {
    return IntStream.of(2, 3, 4, 5)
        .boxed()
        .flatMap(latent -> Stream.of(
            new Flow("householder", latent, new HouseholderFlow(3)),
            new Flow(
                "inverse autoregressive",
                latent,
                new InverseAutoregressiveFlow(
                    CONTEXT,
                    Autoregressive.alternating("f", 3, latent, CONTEXT, HIDDEN, AffineForm.FREE))),
            masked(latent, AffineForm.FREE),
            masked(latent, AffineForm.BOUNDED),
            coupling(latent, AffineForm.FREE),
            coupling(latent, AffineForm.BOUNDED),
            new Flow(
                "coupling with a context",
                latent,
                new Given(new Composition(
                    Coupling.alternating("f", 3, latent, CONTEXT, HIDDEN, AffineForm.BOUNDED))))));
  }

  private static Flow masked(int latent, AffineForm form) {
    return new Flow(
        "masked autoregressive " + form,
        latent,
        new Unconditional(
            new Composition(Autoregressive.alternating("f", 3, latent, 0, HIDDEN, form))));
  }

  private static Flow coupling(int latent, AffineForm form) {
    return new Flow(
        "coupling " + form,
        latent,
        new Unconditional(new Composition(Coupling.alternating("f", 3, latent, 0, HIDDEN, form))));
  }

  static Stream<Flow> all() {
    return Stream.concat(
        Stream.of(
            new Flow("planar", 1, new PlanarFlow(3)),
            new Flow("planar", 4, new PlanarFlow(3)),
            masked(1, AffineForm.FREE),
            masked(1, AffineForm.BOUNDED)),
        invertible());
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("changes volumes by the determinant of its Jacobian")
  void determinant(Flow flow) {
    List<double[]> values = Evaluation.of(
        flow.conditional(),
        in -> {
          Bijection map = flow.conditional().given(in.get(1));
          List<Tensor> outputs = new ArrayList<>();
          outputs.add(map.forward(in.get(0)).logDeterminant());
          outputs.addAll(Jacobian.record(x -> map.forward(x).vectors(), in.get(0)));
          return outputs;
        },
        flow.x(),
        flow.numbers());
    double[] known = values.get(0);
    assertThat(known).hasSize(ROWS);
    for (int row = 0; row < ROWS; row++) {
      double measured = Jacobian.of(values.subList(1, values.size()), row).logDeterminant();
      assertThat(known[row]).isCloseTo(measured, within(1e-6));
    }
    boolean changesVolumes = !flow.conditional().isOrthogonal();
    assertThat(Math.abs(known[0]) > 1e-3).isEqualTo(changesVolumes);
  }

  @ParameterizedTest
  @MethodSource("invertible")
  @DisplayName("comes back by its inverse, whose determinant is the other way round")
  void inverse(Flow flow) {
    List<double[]> values = Evaluation.of(
        flow.conditional(),
        in -> {
          Bijection map = flow.conditional().given(in.get(1));
          Mapped there = map.forward(in.get(0));
          Mapped back = map.inverse(there.vectors());
          return List.of(
              in.get(0),
              there.vectors(),
              back.vectors(),
              there.logDeterminant().add(back.logDeterminant()));
        },
        flow.x(),
        flow.numbers());
    assertThat(values.get(1)).isNotEqualTo(values.get(0));
    for (int i = 0; i < values.get(0).length; i++) {
      assertThat(values.get(2)[i]).isCloseTo(values.get(0)[i], within(1e-9));
    }
    assertThat(values.get(3)).containsOnly(new double[1], within(1e-9));
  }

  @Test
  @DisplayName("that has no inverse in closed form says so")
  void noInverse() {
    HostTensor x = Evaluation.normal("x", 1, ROWS, 3);
    HostTensor numbers = Evaluation.normal("numbers", 1, ROWS, new PlanarFlow(2).size(3));
    assertThatThrownBy(() -> Evaluation.of(
            new PlanarFlow(2),
            in -> List.of(new PlanarFlow(2).given(in.get(1)).inverse(in.get(0)).vectors()),
            x,
            numbers))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("Planar", "no inverse");
  }

  @Test
  @DisplayName("of planar maps never folds, however much u points against w")
  void planarFolds() {
    HostTensor x = HostTensor.of(Shape.of(2, 2), 0, 0, 1e-3f, 0);
    HostTensor numbers = HostTensor.of(Shape.of(2, 5), -30, 0, 1, 0, 0, -30, 0, 1, 0, 0);
    double[] known = Evaluation.of(
            new PlanarFlow(1),
            in -> List.of(new PlanarFlow(1).given(in.get(1)).forward(in.get(0)).logDeterminant()),
            x,
            numbers)
        .get(0);
    // Where the slope of tanh is 1 the determinant is all but 0.
    assertThat(known[0]).isCloseTo(-30 + Math.log(Math.expm1(1)), within(1e-6));
    assertThat(known[1]).isCloseTo(Math.log(1e-6), within(1e-3));
  }

  @Test
  @DisplayName("of planar maps along nothing shifts, and changes no volume")
  void planarAlongNothing() {
    HostTensor x = Evaluation.normal("x", 1, 2, 2);
    HostTensor numbers = HostTensor.of(Shape.of(2, 5), 1, 2, 0, 0, 0.5f, 1, 2, 0, 0, 0.5f);
    List<double[]> values = Evaluation.of(
        new PlanarFlow(1),
        in -> {
          Mapped mapped = new PlanarFlow(1).given(in.get(1)).forward(in.get(0));
          return List.of(mapped.vectors().subtract(in.get(0)), mapped.logDeterminant());
        },
        x,
        numbers);
    double bend = Math.tanh(0.5);
    assertThat(values.get(0))
        .containsExactly(new double[] {bend, 2 * bend, bend, 2 * bend}, within(1e-6));
    assertThat(values.get(1)).containsOnly(new double[1], within(1e-9));
  }

  @Test
  @DisplayName("of reflections about nothing changes nothing")
  void reflectionAboutNothing() {
    HostTensor x = Evaluation.normal("x", 1, 2, 3);
    List<double[]> values = Evaluation.of(
        new HouseholderFlow(1),
        in -> List.of(
            in.get(0),
            new HouseholderFlow(1)
                .given(in.get(0).multiply(0))
                .forward(in.get(0))
                .vectors()),
        x);
    assertThat(values.get(1)).isEqualTo(values.get(0));
  }

  @ParameterizedTest
  @MethodSource("networks")
  @DisplayName("of masked networks makes nothing of what comes later, exactly")
  void autoregressive(Made made) {
    Network network = made.network("made");
    Component owner = new Component() {
      @Override
      public List<Network> networks() {
        return List.of(network);
      }
    };
    int size = made.latent();
    for (String head : network.outputs().keySet()) {
      List<double[]> values = Evaluation.of(
          owner,
          in -> {
            Tensor context = in.get(1);
            return Jacobian.record(
                x -> x.trace()
                    .apply(
                        network,
                        made.context() == 0
                            ? Map.of(Made.X, x)
                            : Map.of(Made.X, x, Made.CONTEXT, context))
                    .get(head),
                in.get(0));
          },
          Evaluation.normal("x", 1, ROWS, size),
          Evaluation.normal("context", 1, ROWS, CONTEXT));
      for (int row = 0; row < ROWS; row++) {
        Jacobian jacobian = Jacobian.of(values, row);
        for (int to = 0; to < size; to++) {
          for (int from = 0; from < size; from++) {
            boolean earlier = made.places().get(from) < made.places().get(to);
            assertThat(jacobian.of(to, from) != 0).as("%s of %s", to, from).isEqualTo(earlier);
          }
        }
      }
    }
  }

  static Stream<Made> networks() {
    return Stream.of(0, CONTEXT)
        .flatMap(context -> Stream.of(true, false)
            .flatMap(descending -> Stream.of(List.of(16), List.of(16, 12))
                .map(hidden -> new Made(5, context, hidden, descending, AffineForm.FREE))));
  }

  static Stream<Flow> given() {
    return Stream.of(
        new Flow(
            "masked autoregressive",
            3,
            new Given(new Composition(
                Autoregressive.alternating("f", 1, 3, CONTEXT, HIDDEN, AffineForm.BOUNDED)))),
        new Flow(
            "inverse autoregressive",
            3,
            new InverseAutoregressiveFlow(
                CONTEXT, Autoregressive.alternating("f", 1, 3, CONTEXT, HIDDEN, AffineForm.FREE))),
        new Flow(
            "coupling",
            3,
            new Given(new Composition(
                Coupling.alternating("f", 2, 3, CONTEXT, HIDDEN, AffineForm.BOUNDED)))));
  }

  @ParameterizedTest
  @MethodSource("given")
  @DisplayName("tells its context to every element, the first too")
  void context(Flow flow) {
    ConditionalFlow conditional = flow.conditional();
    List<double[]> values = Evaluation.of(
        conditional,
        in -> List.of(
            conditional.given(in.get(1)).forward(in.get(0)).vectors(),
            conditional.given(in.get(1).add(1)).forward(in.get(0)).vectors()),
        flow.x(),
        flow.numbers());
    for (int i = 0; i < values.get(0).length; i++) {
      assertThat(values.get(0)[i]).isNotEqualTo(values.get(1)[i]);
    }
  }

  /** A component with first weights that are larger by a factor. */
  private record Enlarged(Component component, double factor) implements Component {
    @Override
    public List<Parameter> parameters() {
      return component.parameters().stream()
          .map(one -> new Parameter(
              one.name(),
              one.shape(),
              new Initializer.Uniform(
                  factor / Math.sqrt(one.shape().dimension(one.shape().rank() - 1)))))
          .toList();
    }
  }

  @Test
  @DisplayName("that is bounded draws no further than its weights reach, however many elements it"
      + " finds one after another; one that is not strays by orders of magnitude")
  void straying() {
    int units = HIDDEN.get(1);
    double weight = 6 / Math.sqrt(units);
    double reach = 0;
    HostTensor noise = Evaluation.normal("noise", 1, 200, 20);
    for (float number : noise.data()) {
      reach = Math.max(reach, Math.abs(number));
    }
    for (int map = 0; map < 3; map++) {
      reach = Math.E * reach + (units + 1) * weight;
    }
    assertThat(farthest(AffineForm.BOUNDED, noise)).isBetween(10.0, reach);
    assertThat(farthest(AffineForm.FREE, noise)).isGreaterThan(1e6 * reach);
  }

  private static double farthest(AffineForm form, HostTensor noise) {
    ConditionalFlow flow = masked(20, form).conditional();
    double[] drawn = Evaluation.of(
            new Enlarged(flow, 6),
            in -> List.of(flow.given(in.get(0)).inverse(in.get(0)).vectors()),
            noise)
        .get(0);
    return Arrays.stream(drawn).map(Math::abs).max().orElseThrow();
  }
}
