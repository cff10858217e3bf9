package io.github.jvae.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Executable;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A codebook")
final class CodebookTest {
  private static final int CODES = 7;
  private static final int SIZE = 3;
  private static final int ROWS = 40;
  private static final double DECAY = 0.9;

  private static Backend with(Codebook codebook) {
    Backend backend = new ReferenceBackend(BackendOptions.defaults());
    codebook
        .parameters()
        .forEach(parameter -> backend.variables().create(parameter, parameter.initialValue(5)));
    return backend;
  }

  private static HostTensor rows(int seed, double scale) {
    HostTensor rows = HostTensor.zeros(Shape.of(ROWS, SIZE));
    RandomStream.of(seed).fillGaussian(rows.data());
    for (int i = 0; i < rows.data().length; i++) {
      rows.data()[i] *= (float) scale;
    }
    return rows;
  }

  private static int nearest(float[] rows, int row, double[][] vectors) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int code = 0; code < vectors.length; code++) {
      double distance = 0;
      for (int i = 0; i < SIZE; i++) {
        distance += Math.pow(rows[row * SIZE + i] - vectors[code][i], 2);
      }
      if (distance < least) {
        least = distance;
        best = code;
      }
    }
    return best;
  }

  private static double[][] vectors(double[] usage, double[][] sums) {
    double[][] vectors = new double[CODES][SIZE];
    for (int code = 0; code < CODES; code++) {
      for (int i = 0; i < SIZE; i++) {
        vectors[code][i] = sums[code][i] / usage[code];
      }
    }
    return vectors;
  }

  @Test
  @DisplayName("chooses the nearest vector and follows what it is chosen for, as computed by hand")
  void followsWhatIsEncoded() {
    Codebook codebook = new Codebook(CODES, SIZE, 2, CodebookRule.EMA, DECAY, false);
    try (Backend backend = with(codebook);
        Executable step = backend.compile((trace, in) -> {
          var chosen = codebook.nearest(in.get(0));
          codebook.learn(chosen, in.get(0), ROWS / 2);
          return List.of(chosen, trace.told().get(Codebook.USAGE), trace.told().get(Codebook.SUMS));
        })) {
      double[] usage = new double[CODES];
      double[][] sums = new double[CODES][SIZE];
      for (int code = 0; code < CODES; code++) {
        usage[code] = backend.variables().read(Codebook.USAGE).data()[code];
        for (int i = 0; i < SIZE; i++) {
          sums[code][i] = backend.variables().read(Codebook.SUMS).data()[code * SIZE + i];
        }
      }
      for (int t = 0; t < 6; t++) {
        HostTensor rows = rows(t, 0.3);
        List<HostTensor> told = step.run(rows);
        double[][] vectors = vectors(usage, sums);
        double[] counts = new double[CODES];
        double[][] totals = new double[CODES][SIZE];
        for (int row = 0; row < ROWS; row++) {
          int code = nearest(rows.data(), row, vectors);
          for (int k = 0; k < CODES; k++) {
            assertThat(told.get(0).data()[row * CODES + k]).isEqualTo(k == code ? 1 : 0);
          }
          counts[code]++;
          for (int i = 0; i < SIZE; i++) {
            totals[code][i] += rows.data()[row * SIZE + i];
          }
        }
        for (int code = 0; code < CODES; code++) {
          usage[code] = DECAY * usage[code] + (1 - DECAY) * counts[code] / (ROWS / 2.0);
          assertThat((double) told.get(1).data()[code]).isCloseTo(usage[code], within(1e-6));
          for (int i = 0; i < SIZE; i++) {
            sums[code][i] = DECAY * sums[code][i] + (1 - DECAY) * totals[code][i] / (ROWS / 2.0);
            assertThat((double) told.get(2).data()[code * SIZE + i])
                .isCloseTo(sums[code][i], within(1e-6));
          }
        }
        backend.variables().write(Codebook.USAGE, told.get(1));
        backend.variables().write(Codebook.SUMS, told.get(2));
      }
    }
  }

  @Test
  @DisplayName("chooses the first of several vectors that are equally near")
  void ties() {
    Codebook codebook = new Codebook(3, 1, 1, CodebookRule.LOSS, DECAY, false);
    try (Backend backend = with(codebook)) {
      backend.variables().write(Codebook.VECTORS, HostTensor.of(Shape.of(3, 1), 1, -1, 1));
      HostTensor chosen = backend
          .evaluate(
              (trace, in) -> List.of(codebook.nearest(in.get(0))),
              HostTensor.of(Shape.of(3, 1), 0, 5, -5))
          .get(0);
      assertThat(chosen.data()).containsExactly(1, 0, 0, 1, 0, 0, 0, 1, 0);
    }
  }

  @Test
  @DisplayName("has a perplexity of as many codes as are used alike, and counts those that died")
  void perplexity() {
    Codebook codebook = new Codebook(4, 1, 1, CodebookRule.LOSS, DECAY, false);
    try (Backend backend = with(codebook)) {
      assertThat(told(backend, codebook, 1, 1, 1, 1)).containsExactly(4, 0);
      assertThat(told(backend, codebook, 3, 3, 0, 0)).containsExactly(2, 2);
      assertThat(told(backend, codebook, 5, 0, 0, 0.001f)[1]).isEqualTo(3);
    }
  }

  private static double[] told(Backend backend, Codebook codebook, float... usage) {
    backend.variables().write(Codebook.USAGE, HostTensor.of(Shape.of(4), usage));
    List<HostTensor> outputs = backend.evaluate(
        (trace, in) -> {
          codebook.learn(codebook.nearest(in.get(0)), in.get(0), 1);
          return List.of(
              trace.told().get(QuantizedModel.PERPLEXITY),
              trace.told().get(QuantizedModel.DEAD_CODES));
        },
        HostTensor.of(Shape.of(1, 1), 0));
    return new double[] {
      Math.round(outputs.get(0).item() * 1e5) / 1e5, outputs.get(1).item()
    };
  }

  @Test
  @DisplayName("keeps the vector of a code that is never chosen, for ever")
  void deadCodes() {
    Codebook codebook = new Codebook(2, 1, 1, CodebookRule.EMA, 0.5, false);
    try (Backend backend = with(codebook);
        Executable step = backend.compile((trace, in) -> {
          codebook.learn(codebook.nearest(in.get(0)), in.get(0), 1);
          return List.of(trace.told().get(Codebook.USAGE), trace.told().get(Codebook.SUMS));
        })) {
      backend.variables().write(Codebook.SUMS, HostTensor.of(Shape.of(2, 1), 0, 5));
      for (int t = 0; t < 300; t++) {
        List<HostTensor> told = step.run(HostTensor.of(Shape.of(1, 1), 0.5f));
        backend.variables().write(Codebook.USAGE, told.get(0));
        backend.variables().write(Codebook.SUMS, told.get(1));
      }
      float[] vectors = backend
          .evaluate((trace, in) -> List.of(codebook.vectors(trace)))
          .get(0)
          .data();
      assertThat((double) vectors[0]).isCloseTo(0.5, within(1e-6));
      assertThat((double) vectors[1]).isCloseTo(100, within(1e-3));
    }
  }

  @Test
  @DisplayName("restarts a code that died where something of the batch is")
  void restarts() {
    Codebook codebook = new Codebook(3, 1, 1, CodebookRule.EMA, 0.9, true);
    try (Backend backend = with(codebook)) {
      backend.variables().write(Codebook.USAGE, HostTensor.of(Shape.of(3), 0.5f, 0.5f, 1e-4f));
      backend.variables().write(Codebook.SUMS, HostTensor.of(Shape.of(3, 1), 0.5f, 1, 1));
      List<HostTensor> told = backend.evaluate(
          (trace, in) -> {
            codebook.learn(codebook.nearest(in.get(0)), in.get(0), 2);
            return List.of(trace.told().get(Codebook.USAGE), trace.told().get(Codebook.SUMS));
          },
          HostTensor.of(Shape.of(2, 1), 1.25f, 1.75f));
      float[] usage = told.get(0).data();
      float[] sums = told.get(1).data();
      // The first two follow what is nearest to them; the third starts at a row, of 1.25.
      assertThat((double) usage[0]).isCloseTo(0.5, within(1e-6));
      assertThat((double) sums[0]).isCloseTo(0.45 + 0.1 * 1.25 / 2, within(1e-6));
      assertThat((double) sums[1] / usage[1]).isCloseTo((0.9 + 0.0875) / 0.5, within(1e-5));
      assertThat((double) usage[2]).isCloseTo(0.1 / 3, within(1e-6));
      assertThat((double) sums[2] / usage[2]).isCloseTo(1.25, within(1e-5));
    }
  }
}
