package io.github.jvae.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** An ONNX file as other programs use it. */
final class OnnxSession implements AutoCloseable {
  private final OrtSession session;

  OnnxSession(byte[] file) throws OrtException {
    this.session = OrtEnvironment.getEnvironment().createSession(file);
  }

  OrtSession engine() {
    return session;
  }

  /** Gives it those of the inputs that it has. */
  Map<String, HostTensor> run(Map<String, HostTensor> inputs) throws OrtException {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    for (String name : session.getInputNames()) {
      HostTensor value = Objects.requireNonNull(inputs.get(name), name);
      given.put(
          name,
          OnnxTensor.createTensor(
              OrtEnvironment.getEnvironment(),
              FloatBuffer.wrap(value.data()),
              value.shape().toLongArray()));
    }
    Map<String, HostTensor> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(given)) {
      for (var output : result) {
        OnnxTensor value = (OnnxTensor) output.getValue();
        Shape shape = Shape.of(
            Arrays.stream(value.getInfo().getShape()).mapToInt(Math::toIntExact).toArray());
        HostTensor copy = HostTensor.zeros(shape);
        value.getFloatBuffer().get(copy.data());
        outputs.put(output.getKey(), copy);
      }
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
    return outputs;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
