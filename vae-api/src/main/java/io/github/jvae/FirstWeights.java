package io.github.jvae;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the variables of a model start from. All that can be wrong with it shows before the engine
 * starts, which takes seconds, and before memory is reserved for a variable.
 */
sealed interface FirstWeights {

  /**
   * Writes out every option of a configuration.
   *
   * @throws io.github.jvae.error.VaeException that lists every fault
   */
  VaeConfig complete(VaeConfig config, Catalogue catalogue);

  /**
   * Settles what the variables will be created with.
   *
   * @throws io.github.jvae.error.VaeException if it does not fit the model
   */
  Start prepare(VaeConfig config, Catalogue catalogue);

  /**
   * A model that is ready to be built.
   *
   * @param parts of the model
   * @param variables creates its variables
   */
  record Start(ModelParts parts, Consumer<ModelRuntime> variables) {}

  /**
   * Weights of a new model.
   *
   * @param seed of those that are random
   * @param outputBias the moments that the output bias starts from, if it is to
   * @param examples that others may start from, if there are any
   */
  record Seeded(long seed, Optional<ElementMoments> outputBias, Optional<FirstExamples> examples)
      implements FirstWeights {
    @Override
    public VaeConfig complete(VaeConfig config, Catalogue catalogue) {
      config.validate(catalogue);
      return config.complete(catalogue);
    }

    @Override
    public Start prepare(VaeConfig config, Catalogue catalogue) {
      ModelParts parts = ModelParts.of(config, catalogue, outputBias.orElse(null));
      FirstExamples.require(parts, examples.orElse(null));
      return new Start(parts, runtime -> {
        runtime.createVariables(seed);
        examples.ifPresent(given -> given.start(runtime, parts.components(), seed));
      });
    }
  }

  /**
   * Weights of a saved model. Its folder may come from a stranger, and its configuration may ask
   * for any amount of memory: the weights' file, whose length is known, has to bear it out first.
   *
   * @param folder where it was saved
   */
  record Saved(ModelFolder folder) implements FirstWeights {
    @Override
    public VaeConfig complete(VaeConfig config, Catalogue catalogue) {
      return FileFault.within(folder.path().resolve(ModelFolder.CONFIG), () -> {
        config.validate(catalogue);
        return config.completeSaved(catalogue);
      });
    }

    @Override
    public Start prepare(VaeConfig config, Catalogue catalogue) {
      ModelParts parts = ModelParts.of(config, catalogue, null);
      folder.requireMatching(parts.parameterShapes());
      Map<String, HostTensor> weights = folder.loadModel().parameters();
      return new Start(parts, runtime -> runtime.createVariables(weights));
    }
  }
}
