package io.github.jvae.tensorflow;

import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;

/**
 * A scope that numbers its operations in the digits 0 to 9. TensorFlow Java numbers them in those
 * of the default locale, such as Arabic ones, and TensorFlow then refuses the names.
 */
final class PlainDigits implements Scope {
  private final Scope scope;

  /** @param scope who names the operations otherwise */
  PlainDigits(Scope scope) {
    this.scope = scope;
  }

  private static String plain(String name) {
    StringBuilder result = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  @Override
  public String makeOpName(String defaultName) {
    return plain(scope.makeOpName(defaultName));
  }

  @Override
  public String makeUnique(String id) {
    return plain(scope.makeUnique(id));
  }

  @Override
  public ExecutionEnvironment env() {
    return scope.env();
  }

  @Override
  public Scope withSubScope(String name) {
    return new PlainDigits(scope.withSubScope(name));
  }

  @Override
  public Scope withName(String name) {
    return new PlainDigits(scope.withName(name));
  }

  @Override
  public Scope withNameAsSubScope(String name) {
    return new PlainDigits(scope.withNameAsSubScope(name));
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    return new PlainDigits(scope.withDevice(device));
  }

  @Override
  public Scope withInitScope() {
    return new PlainDigits(scope.withInitScope());
  }

  @Override
  public Scope withControlDependencies(Iterable<Op> controls) {
    return new PlainDigits(scope.withControlDependencies(controls));
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> controls) {
    return new PlainDigits(scope.withControlDependencyOps(controls));
  }

  @Override
  public void refreshNames() {
    scope.refreshNames();
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    return scope.apply(builder);
  }

  @Override
  public String getDeviceString() {
    return scope.getDeviceString();
  }

  @Override
  public boolean isInit() {
    return scope.isInit();
  }
}
