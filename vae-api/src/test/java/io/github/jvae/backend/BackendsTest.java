package io.github.jvae.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.onnx.runtime.OnnxRuntimeModule;
import io.github.jvae.reference.ReferenceModule;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Choosing a backend")
class BackendsTest {
  private static final BackendModule REFERENCE = new ReferenceModule();
  private static final BackendModule OTHER = new OtherModule();

  private static final class OtherModule extends BackendModule {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public String description() {
      return "never runs";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.of("this is a test");
    }
  }

  private static void fault(ThrowingCallable wrong, String... parts) {
    assertThatThrownBy(wrong).isInstanceOf(VaeException.class).hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("takes the only one there is, or the one named, in any case of letters")
  void chooses() {
    assertThat(Backends.choose(null, List.of(OTHER))).isSameAs(OTHER);
    assertThat(Backends.choose("reference", List.of(OTHER, REFERENCE))).isSameAs(REFERENCE);
    assertThat(Backends.choose("OTHER", List.of(OTHER, REFERENCE))).isSameAs(OTHER);
  }

  @Test
  @DisplayName("takes one that only uses models where it is named, or nothing trains")
  void forwardOnly() {
    BackendModule using = new OnnxRuntimeModule();
    assertThat(Backends.choose(null, List.of(using, REFERENCE))).isSameAs(REFERENCE);
    assertThat(Backends.choose(null, List.of(using))).isSameAs(using);
    assertThat(Backends.choose("onnxruntime", List.of(using, REFERENCE))).isSameAs(using);
    fault(() -> Backends.choose(null, List.of(using, OTHER, REFERENCE)), "several", "other (");
    assertThat(Backends.available()).extracting(BackendModule::name).contains("onnxruntime");
  }

  @Test
  @DisplayName("names the artifacts to add where there is none")
  void none() {
    fault(
        () -> Backends.choose(null, List.of()),
        "vae-tensorflow",
        "vae-djl",
        "vae-nd4j",
        "no backend");
    fault(() -> Backends.choose("tensorflow", List.of()), "no backend");
  }

  @Test
  @DisplayName("lists several with where they come from, and how to name one")
  void several() {
    fault(
        () -> Backends.choose(null, List.of(OTHER, REFERENCE)),
        "several",
        "other (",
        "reference (",
        "-Dvae.backend");
    fault(
        () -> Backends.choose("other", List.of(OTHER, new OtherModule())),
        "several",
        "remove all but one");
  }

  @Test
  @DisplayName("lists the known ones where the name is unknown")
  void unknown() {
    fault(
        () -> Backends.choose("torch", List.of(OTHER, REFERENCE)),
        "unknown backend 'torch'",
        "other (",
        "reference (",
        "vae-torch");
  }

  @Test
  @DisplayName("finds no reference backend on the class path: it is the kit's, not the user's")
  void referenceIsNotOffered() {
    assertThat(Backends.available()).extracting(BackendModule::name).doesNotContain("reference");
  }
}
