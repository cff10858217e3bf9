package io.github.jvae.reference;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recordings of one computation, by input shapes, and what is asked of them. */
public final class ReferenceExecutable implements Executable {
  private final Lifetime lifetime;
  private final ReferenceVariables variables;
  private final Computation computation;
  private final boolean withGradients;
  private final Map<List<Shape>, Recording> recordings = new HashMap<>();
  private Set<String> reached = Set.of();

  ReferenceExecutable(
      Lifetime lifetime,
      ReferenceVariables variables,
      Computation computation,
      boolean withGradients) {
    this.lifetime = lifetime;
    this.variables = variables;
    this.computation = computation;
    this.withGradients = withGradients;
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return lifetime.inTurn(() -> narrowed(inputs));
  }

  private List<HostTensor> narrowed(HostTensor... inputs) {
    List<Shape> shapes = new ArrayList<>(recording(inputs).outputShapes());
    if (withGradients) {
      variables.names().forEach(name -> shapes.add(variables.shape(name)));
    }
    List<double[]> values = runExactly(inputs);
    List<HostTensor> result = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      result.add(ReferenceVariables.narrow(shapes.get(i), values.get(i)));
    }
    return result;
  }

  /** As {@link #run}, in double precision. */
  public List<double[]> runExactly(HostTensor... inputs) {
    return lifetime.inTurn(() -> exact(inputs));
  }

  private List<double[]> exact(HostTensor... inputs) {
    Recording.Run run = recording(inputs).new Run(variables, inputs);
    List<double[]> result = new ArrayList<>(run.outputs());
    if (withGradients) {
      Map<String, double[]> gradients = run.gradients();
      reached = recording(inputs).trained();
      for (String name : variables.names()) {
        double[] gradient = gradients.get(name);
        result.add(gradient == null ? new double[variables.shape(name).size()] : gradient);
      }
    }
    return result;
  }

  @Override
  public Set<String> reached() {
    return lifetime.inTurn(() -> reached);
  }

  /** One run from which a training step takes the outputs and the gradients. */
  Recording.Run start(HostTensor... inputs) {
    return recording(inputs).new Run(variables, inputs);
  }

  /** The shapes of the outputs for inputs. */
  List<Shape> outputShapes(HostTensor... inputs) {
    return recording(inputs).outputShapes();
  }

  private Recording recording(HostTensor... inputs) {
    lifetime.requireOpen();
    List<Shape> shapes = Arrays.stream(inputs).map(HostTensor::shape).toList();
    recordings.keySet().stream().findAny().ifPresent(known -> {
      if (known.size() != shapes.size()) {
        throw new VaeException("the computation takes " + known.size()
            + " input(s), as when it first ran, not " + shapes.size());
      }
    });
    Recording recording = recordings.get(shapes);
    if (recording == null) {
      recording = Recording.of(computation, variables, shapes);
      // The computation may have closed this.
      lifetime.requireOpen();
      if (withGradients) {
        recording.requireScalarLoss();
      }
      recordings.put(shapes, recording);
    }
    return recording;
  }

  @Override
  public void close() {
    lifetime.close();
    lifetime.inTurn(() -> {
      recordings.clear();
      return recordings;
    });
  }
}
