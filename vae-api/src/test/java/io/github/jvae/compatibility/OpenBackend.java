package io.github.jvae.compatibility;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import io.github.jvae.CorePlugin;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.model.Parameter;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A backend with the catalogue it comes with, wired as users wire it.
 *
 * @param backend the backend
 * @param catalogue the portable components and the backend's own
 */
record OpenBackend(Backend backend, Catalogue catalogue) implements AutoCloseable {

  static OpenBackend of(
      BackendModule module,
      BackendOptions options,
      UnaryOperator<Backend> decoration,
      Plugin... plugins) {
    List<Module> modules = new ArrayList<>(List.of(plugins));
    modules.add(new CorePlugin());
    modules.add(module);
    modules.add(binder -> binder.bind(BackendOptions.class).toInstance(options));
    Injector injector = Guice.createInjector(modules);
    Backend backend = injector.getInstance(Backend.class);
    return new OpenBackend(decoration.apply(backend), injector.getInstance(Catalogue.class));
  }

  /** Creates variables with the first values that a seed gives them. */
  void create(List<Parameter> parameters, long seed) {
    parameters.forEach(p -> backend.variables().create(p, p.initialValue(seed)));
  }

  /** All gradients and outputs of one evaluation. */
  List<HostTensor> gradients(Computation computation, HostTensor... inputs) {
    try (var executable = backend.compileGradients(computation)) {
      return executable.run(inputs);
    }
  }

  /**
   * All outputs of one evaluation, and all gradients as well unless the backend has declared that
   * it computes none: its values are compared all the same.
   */
  List<HostTensor> valuesAndGradients(Computation computation, HostTensor... inputs) {
    return backend.gaps().containsKey(Capability.GRADIENTS)
        ? backend.evaluate(computation, inputs)
        : gradients(computation, inputs);
  }

  @Override
  public void close() {
    backend.close();
  }
}
