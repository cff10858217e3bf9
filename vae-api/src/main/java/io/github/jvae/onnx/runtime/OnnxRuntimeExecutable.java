package io.github.jvae.onnx.runtime;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.onnx.internal.GraphTensor;
import io.github.jvae.onnx.internal.GraphTrace;
import io.github.jvae.onnx.internal.GraphVariables;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A computation, as a program for each combination of shapes of its inputs. */
final class OnnxRuntimeExecutable extends CompiledComputation<OnnxRuntimeBackend, Program>
    implements Executable {

  OnnxRuntimeExecutable(OnnxRuntimeBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return program(inputs).run(inputs);
  }

  @Override
  protected Program prepare(List<Shape> shapes) {
    GraphVariables variables = backend().engineVariables();
    GraphTrace trace = new GraphTrace(OnnxRuntimeModule.NAME, variables);
    List<GraphTensor> inputs = new ArrayList<>();
    for (Shape shape : shapes) {
      inputs.add(trace.input(Session.INPUT + inputs.size(), shape));
    }
    List<Shape> results = new ArrayList<>();
    for (GraphTensor output : record(trace, inputs)) {
      trace.output(Session.OUTPUT + results.size(), output);
      results.add(output.shape());
    }
    return new Program(trace, variables, shapes, results, backend().info().threads());
  }

  @Override
  protected void release(Program program) {
    program.close();
  }
}
