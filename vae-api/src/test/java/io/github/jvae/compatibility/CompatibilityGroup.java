package io.github.jvae.compatibility;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.reference.ReferenceModule;

/** A group of the kit's tests, for the backend that a kit names. */
abstract class CompatibilityGroup {
  /** One thread, so that sums have one order. */
  static final BackendOptions SINGLE_THREAD =
      BackendOptions.builder().threads(1).build();

  private final BackendCompatibilityKit kit;

  CompatibilityGroup(BackendCompatibilityKit kit) {
    this.kit = kit;
  }

  BackendCompatibilityKit kit() {
    return kit;
  }

  /** The backend under test, watched by {@link AssertingBackend}. */
  final OpenBackend open(Plugin... plugins) {
    return open(SINGLE_THREAD, plugins);
  }

  /** The backend under test, watched by {@link AssertingBackend}. */
  final OpenBackend open(BackendOptions options, Plugin... plugins) {
    return OpenBackend.of(
        kit.module(),
        told(options),
        backend -> new AssertingBackend(new GapSkippingBackend(backend)),
        plugins);
  }

  /** The backend under test as it is: for what several threads do with it. */
  final OpenBackend openUnwatched() {
    return OpenBackend.of(kit.module(), told(SINGLE_THREAD), GapSkippingBackend::new);
  }

  private BackendOptions told(BackendOptions options) {
    BackendOptions.Builder builder = options.toBuilder();
    kit.engineProperties().forEach(builder::property);
    return builder.build();
  }

  /** Ends the test as skipped where the backend under test has declared that it cannot do this. */
  final void assumeCapable(Capability capability) {
    try (OpenBackend engine = open()) {
      GapSkippingBackend.assumeCapable(engine.backend(), capability);
    }
  }

  /** The oracle, as any other backend. */
  final OpenBackend reference(Plugin... plugins) {
    return OpenBackend.of(new ReferenceModule(), SINGLE_THREAD, backend -> backend, plugins);
  }

  /** The oracle, with results in double precision. */
  static ReferenceBackend exact(OpenBackend reference) {
    return (ReferenceBackend) reference.backend();
  }
}
