package io.github.jvae.backend;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named parameters of a model, in their portable (PyTorch) layout. Reads and writes are copies.
 */
public interface Variables {

  /**
   * Creates a variable.
   *
   * @throws io.github.jvae.error.VaeException if the name is taken or the value's shape is not the
   *     parameter's
   */
  void create(Parameter parameter, HostTensor value);

  /** The names, in the order of creation. */
  List<String> names();

  /**
   * The portable shape.
   *
   * @throws io.github.jvae.error.VaeException if there is no such variable
   */
  Shape shape(String name);

  /**
   * The present value.
   *
   * @throws io.github.jvae.error.VaeException if there is no such variable
   */
  HostTensor read(String name);

  /** All present values, in the order of creation; engines may fetch them in one go. */
  default Map<String, HostTensor> readAll() {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    names().forEach(name -> result.put(name, read(name)));
    return result;
  }

  /**
   * Sets a value.
   *
   * @throws io.github.jvae.error.VaeException if there is no such variable or the shape differs
   */
  void write(String name, HostTensor value);

  /**
   * Sets several values: all of them, or none if one does not fit.
   *
   * @throws io.github.jvae.error.VaeException if there is no such variable or a shape differs
   */
  default void writeAll(Map<String, HostTensor> values) {
    values.forEach((name, value) -> requireFit(name, value));
    values.forEach(this::write);
  }

  /**
   * Checks a value before it is written.
   *
   * @throws io.github.jvae.error.VaeException if there is no such variable or the shape differs
   */
  default void requireFit(String name, HostTensor value) {
    if (!value.shape().equals(shape(name))) {
      throw new VaeException(
          "variable " + name + " has shape " + shape(name) + ", not " + value.shape());
    }
  }
}
