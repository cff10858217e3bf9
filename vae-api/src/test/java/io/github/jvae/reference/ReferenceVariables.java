package io.github.jvae.reference;

import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named arrays of doubles. They are read as floats, but kept as trained. */
final class ReferenceVariables implements Variables {
  private final Lifetime lifetime;
  private final Map<String, Variable> variables = new LinkedHashMap<>();

  private static final class Variable {
    private final Shape shape;
    private final double[] values;

    Variable(Shape shape, double[] values) {
      this.shape = shape;
      this.values = values;
    }
  }

  ReferenceVariables(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  static double[] widen(HostTensor tensor) {
    float[] data = tensor.data();
    double[] result = new double[data.length];
    for (int i = 0; i < data.length; i++) {
      result[i] = data[i];
    }
    return result;
  }

  static HostTensor narrow(Shape shape, double[] values) {
    float[] data = new float[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) values[i];
    }
    return HostTensor.of(shape, data);
  }

  /** The array itself, for the optimizer to change. */
  double[] values(String name) {
    return find(name).values;
  }

  private Variable find(String name) {
    lifetime.requireOpen();
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new VaeException("unknown parameter '"
          + name
          + "'; declared: "
          + (variables.isEmpty() ? "none" : String.join(", ", variables.keySet())));
    }
    return variable;
  }

  @Override
  public void create(Parameter parameter, HostTensor value) {
    lifetime.inTurn(() -> put(parameter, value));
  }

  private Variable put(Parameter parameter, HostTensor value) {
    lifetime.requireOpen();
    String name = parameter.name();
    if (variables.containsKey(name)) {
      throw new VaeException("variable " + name + " exists already");
    }
    if (!value.shape().equals(parameter.shape())) {
      throw new VaeException(
          "variable " + name + " has shape " + parameter.shape() + ", not " + value.shape());
    }
    Variable variable = new Variable(parameter.shape(), widen(value));
    variables.put(name, variable);
    return variable;
  }

  @Override
  public List<String> names() {
    return lifetime.inTurn(() -> {
      lifetime.requireOpen();
      return List.copyOf(variables.keySet());
    });
  }

  @Override
  public Shape shape(String name) {
    return find(name).shape;
  }

  @Override
  public HostTensor read(String name) {
    return lifetime.inTurn(() -> narrow(find(name).shape, find(name).values));
  }

  @Override
  public void write(String name, HostTensor value) {
    lifetime.inTurn(() -> {
      requireFit(name, value);
      System.arraycopy(widen(value), 0, values(name), 0, value.shape().size());
      return value;
    });
  }
}
