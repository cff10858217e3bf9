package io.github.jvae.onnx;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import java.util.Optional;

/** A backend for export, which needs no engine. */
final class RecordingModule extends BackendModule {
  static final String NAME = "onnx";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "records what models compute, and computes nothing";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  protected void configure() {
    bind(Backend.class).to(RecordingBackend.class);
  }
}
