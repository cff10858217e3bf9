package io.github.jvae.compatibility;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Precision;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.reference.ReferenceModule;

/** A group of the kit's tests, for the backend that a kit names. */
abstract class CompatibilityGroup {
  /** One thread, so that sums have one order. */
  static final BackendOptions SINGLE_THREAD = new BackendOptions(1, Precision.FLOAT32);

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
    return OpenBackend.of(kit.module(), options, AssertingBackend::new, plugins);
  }

  /** The backend under test as it is: for what several threads do with it. */
  final OpenBackend openUnwatched() {
    return OpenBackend.of(kit.module(), SINGLE_THREAD, backend -> backend);
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
