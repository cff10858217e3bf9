package io.github.jvae.reference;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import java.util.Optional;

/** Binds the reference backend. No service entry lists it: it is the kit's, not the user's. */
public final class ReferenceModule extends BackendModule {
  /** The backend's name. */
  public static final String NAME = "reference";

  @Override
  protected void configure() {
    bind(Backend.class).to(ReferenceBackend.class);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "plain Java in double precision, slow: what other backends are compared with";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }
}
