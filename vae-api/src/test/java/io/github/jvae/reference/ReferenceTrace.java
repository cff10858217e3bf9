package io.github.jvae.reference;

import io.github.jvae.model.Network;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.NativeUnit;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes down the steps of a computation in the order they are written. */
final class ReferenceTrace extends Trace {
  private final ReferenceVariables variables;
  private final List<ReferenceTensor> steps = new ArrayList<>();
  private final Map<String, ReferenceTensor> parameters = new LinkedHashMap<>();

  ReferenceTrace(ReferenceVariables variables) {
    this.variables = variables;
  }

  ReferenceTensor add(Shape shape, Operation operation, List<ReferenceTensor> operands) {
    ReferenceTensor step =
        new ReferenceTensor(this, steps.size(), shape, operation, List.copyOf(operands));
    steps.add(step);
    return step;
  }

  private ReferenceTensor source(Shape shape, Operation.Source source) {
    return add(shape, source, List.of());
  }

  ReferenceTensor input(int index, Shape shape) {
    return source(shape, feed -> feed.input(index));
  }

  @Override
  public Tensor parameter(String name) {
    ReferenceTensor parameter = trained(name);
    return isFrozen() ? parameter.stopGradient() : parameter;
  }

  private ReferenceTensor trained(String name) {
    // Asked for in any case: it refuses after closing.
    Shape shape = variables.shape(name);
    ReferenceTensor known = parameters.get(name);
    if (known != null) {
      return known;
    }
    ReferenceTensor parameter = source(shape, feed -> feed.variable(name));
    parameters.put(name, parameter);
    return parameter;
  }

  @Override
  public ReferenceTensor scalar(double value) {
    return source(Shape.scalar(), feed -> new double[] {value});
  }

  @Override
  public ReferenceTensor constant(HostTensor value) {
    double[] data = ReferenceVariables.widen(value);
    return source(value.shape(), feed -> data);
  }

  @Override
  protected Map<String, Tensor> record(NativeUnit network, Map<String, Tensor> inputs) {
    return new ReferenceNetworks((Network) network, inputs).record();
  }

  @Override
  public String backend() {
    return ReferenceModule.NAME;
  }

  List<ReferenceTensor> steps() {
    return steps;
  }

  Map<String, ReferenceTensor> parameters() {
    return parameters;
  }
}
