package io.github.jvae.backend.support;

import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of one backend by name, as the engine stores them.
 *
 * @param <S> a variable of the engine
 */
public abstract class EngineVariables<S extends EngineVariable> implements Variables {
  private final Lifecycle lifecycle;
  private final Map<String, S> variables = new LinkedHashMap<>();

  /** @param lifecycle until when the variables may be used */
  protected EngineVariables(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /**
   * Makes a variable of the engine.
   *
   * @param name which no other has
   * @param value of the declared shape; not to be kept
   */
  protected abstract S store(String name, HostTensor value);

  /** Returns the present value of a variable; a copy. */
  protected abstract HostTensor read(S variable);

  /** Sets the value of a variable; it is of the variable's shape, and not to be kept. */
  protected abstract void write(S variable, HostTensor value);

  @Override
  public final void create(Parameter parameter, HostTensor value) {
    lifecycle.requireOpen();
    String name = parameter.name();
    if (variables.containsKey(name)) {
      throw new VaeException("variable " + name + " is declared twice; names must be unique");
    }
    if (!value.shape().equals(parameter.shape())) {
      throw new VaeException("variable " + name + " is declared with shape " + parameter.shape()
          + ", but its value has " + value.shape());
    }
    variables.put(name, store(name, value));
  }

  @Override
  public final List<String> names() {
    lifecycle.requireOpen();
    return List.copyOf(variables.keySet());
  }

  @Override
  public final Shape shape(String name) {
    return require(name).shape();
  }

  @Override
  public final HostTensor read(String name) {
    return read(require(name));
  }

  @Override
  public final void write(String name, HostTensor value) {
    requireFit(name, value);
    write(require(name), value);
  }

  /**
   * Returns the variable of a name.
   *
   * @throws VaeException if there is none, or the backend is closed
   */
  public final S require(String name) {
    lifecycle.requireOpen();
    S variable = variables.get(name);
    if (variable == null) {
      throw new VaeException("there is no variable " + name + "; there are "
          + (variables.isEmpty() ? "none" : String.join(", ", variables.keySet())));
    }
    return variable;
  }

  /** Returns the variables in the order of creation. */
  public final Collection<S> stored() {
    return Collections.unmodifiableCollection(variables.values());
  }

  /** Forgets all variables: after this there are none. */
  protected final void clear() {
    variables.clear();
  }
}
