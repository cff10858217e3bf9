package io.github.jvae.onnx.runtime;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import java.util.Optional;

/** Offers ONNX Runtime as a backend that uses models and does not train them. */
public final class OnnxRuntimeModule extends BackendModule {
  /** The name users choose it by. */
  public static final String NAME = "onnxruntime";

  private static final String LIBRARY = "ai/onnxruntime/OrtEnvironment.class";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "ONNX Runtime: uses trained models, and cannot train";
  }

  @Override
  public boolean isPresent() {
    return OnnxRuntimeModule.class.getClassLoader().getResource(LIBRARY) != null;
  }

  @Override
  public boolean canTrain() {
    return false;
  }

  @Override
  public Optional<String> unavailable() {
    return isPresent()
        ? Optional.empty()
        : Optional.of("ONNX Runtime is not on the class path; add"
            + " com.microsoft.onnxruntime:onnxruntime");
  }

  @Override
  protected void configure() {
    bind(Backend.class).to(OnnxRuntimeBackend.class);
  }
}
