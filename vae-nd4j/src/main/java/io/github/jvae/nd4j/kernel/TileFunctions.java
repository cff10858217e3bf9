package io.github.jvae.nd4j.kernel;

/**
 * The functions that training uses most, each a loop of its own: a shared one that calls a function
 * for each number would not become vector instructions.
 */
public final class TileFunctions {
  private TileFunctions() {}

  public static final TileFunction COPY = (in, out, n, e) -> System.arraycopy(in[0], 0, out, 0, n);
  public static final TileFunction ADD = (in, out, n, e) -> add(in[0], in[1], out, n);
  public static final TileFunction SUBTRACT = (in, out, n, e) -> subtract(in[0], in[1], out, n);
  public static final TileFunction MULTIPLY = (in, out, n, e) -> multiply(in[0], in[1], out, n);
  public static final TileFunction DIVIDE = (in, out, n, e) -> divide(in[0], in[1], out, n);
  public static final TileFunction NEGATE = (in, out, n, e) -> negate(in[0], out, n);
  public static final TileFunction SQUARE = (in, out, n, e) -> multiply(in[0], in[0], out, n);
  public static final TileFunction RELU = (in, out, n, e) -> relu(in[0], out, n);
  public static final TileFunction EXP = (in, out, n, e) -> e.of(in[0], out, n);
  public static final TileFunction SIGMOID = (in, out, n, e) -> {
    e.ofNegative(in[0], out, n);
    Exponential.sigmoid(in[0], out, out, n);
  };
  public static final TileFunction SOFTPLUS = (in, out, n, e) -> {
    e.ofNegative(in[0], out, n);
    Exponential.softplus(in[0], out, out, n);
  };
  public static final TileFunction LOG_SIGMOID = (in, out, n, e) -> {
    negate(in[0], in[0], n);
    SOFTPLUS.apply(in, out, n, e);
    negate(out, out, n);
  };

  public static final TileFunction TANH = (in, out, n, e) -> {
    add(in[0], in[0], out, n);
    e.ofNegativeMinusOne(out, out, n);
    Exponential.tanh(in[0], out, out, n);
  };
  public static final TileFunction ELU = (in, out, n, e) -> {
    e.ofNegativePartMinusOne(in[0], out, n);
    addPositivePart(in[0], out, n);
  };
  public static final TileFunction SILU = (in, out, n, e) -> {
    SIGMOID.apply(in, out, n, e);
    multiply(in[0], out, out, n);
  };

  /** {@code g · (s + x s (1 - s))} with s the sigmoid of x, which need not be kept for it. */
  public static final TileFunction SILU_GRADIENT = (in, out, n, e) -> {
    SIGMOID.apply(in, out, n, e);
    siluGradient(in[0], in[1], out, n);
  };

  /** {@code g · (min(y, 0) + 1)}. */
  public static final TileFunction ELU_GRADIENT =
      (in, out, n, e) -> eluGradient(in[0], in[1], out, n);

  /** The gradient (second operand) where relu's result (first) is above 0. */
  public static final TileFunction RELU_GRADIENT =
      (in, out, n, e) -> reluGradient(in[0], in[1], out, n);

  /** {@code g · (1 - y²)}. */
  public static final TileFunction TANH_GRADIENT =
      (in, out, n, e) -> tanhGradient(in[0], in[1], out, n);

  /** {@code g · y (1 - y)}. */
  public static final TileFunction SIGMOID_GRADIENT =
      (in, out, n, e) -> sigmoidGradient(in[0], in[1], out, n);

  /** {@code g · sigmoid(x)}. */
  public static final TileFunction SOFTPLUS_GRADIENT = (in, out, n, e) -> {
    SIGMOID.apply(in, out, n, e);
    multiply(out, in[1], out, n);
  };

  /** {@code g · sigmoid(-x)}. */
  public static final TileFunction LOG_SIGMOID_GRADIENT = (in, out, n, e) -> {
    negate(in[0], in[0], n);
    SOFTPLUS_GRADIENT.apply(in, out, n, e);
  };

  /** Computes {@code a + b}. */
  public static void add(float[] a, float[] b, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] + b[i];
    }
  }

  /** Computes {@code a - b}. */
  public static void subtract(float[] a, float[] b, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] - b[i];
    }
  }

  static void multiply(float[] a, float[] b, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] * b[i];
    }
  }

  private static void divide(float[] a, float[] b, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] / b[i];
    }
  }

  private static void negate(float[] a, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = -a[i];
    }
  }

  private static void relu(float[] a, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(a[i], 0f);
    }
  }

  private static void reluGradient(float[] y, float[] g, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      // 1 where y is above 0, without a branch.
      out[i] = g[i] * Math.min(y[i] * Float.MAX_VALUE, 1f);
    }
  }

  private static void addPositivePart(float[] x, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] += Math.max(x[i], 0f);
    }
  }

  private static void eluGradient(float[] y, float[] g, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = g[i] * (Math.min(y[i], 0f) + 1);
    }
  }

  private static void siluGradient(float[] x, float[] g, float[] sigmoid, int n) {
    for (int i = 0; i < n; i++) {
      sigmoid[i] = g[i] * (sigmoid[i] + x[i] * (sigmoid[i] * (1 - sigmoid[i])));
    }
  }

  private static void tanhGradient(float[] y, float[] g, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = g[i] * (1 - y[i] * y[i]);
    }
  }

  private static void sigmoidGradient(float[] y, float[] g, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = g[i] * (y[i] * (1 - y[i]));
    }
  }
}
