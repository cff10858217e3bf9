package io.github.jvae.compatibility;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.reference.ReferenceModule;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The reference backend")
class ReferenceCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new ReferenceModule();
  }

  /** Variables are kept in double precision, but read in single. */
  @Override
  protected boolean resumesBitForBit() {
    return false;
  }

  /** It holds nothing outside the heap, whose size says little of what is in it. */
  @Override
  protected int memorySteps() {
    return 0;
  }

  /** Each value of the reference is an array of its own. */
  @Override
  protected int bytesOfCall() {
    return 100_000;
  }
}
