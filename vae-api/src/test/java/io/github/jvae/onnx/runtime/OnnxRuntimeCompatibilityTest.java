package io.github.jvae.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.TrainingOptions;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The ONNX Runtime backend")
class OnnxRuntimeCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new OnnxRuntimeModule();
  }

  @Test
  @DisplayName("opens what another engine has saved, and refuses to train in one sentence")
  void refusesToTrain(@TempDir Path folder) {
    HostTensor latents;
    HostTensor decoded;
    try (Vae trained = Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .latent(2)
        .mlp(5)
        .build()) {
      latents = trained.inference().sampleLatents(3, 1);
      decoded = trained.decode(latents);
      trained.save(folder);
    }
    try (Vae vae = Vae.load(folder, Vae.builder().backend(module()))) {
      assertThat(vae.decode(latents).data()).containsExactly(decoded.data(), Offset.offset(1e-6f));
      assertThat(vae.backend().engine()).startsWith("ONNX Runtime 1.");
      assertThatThrownBy(() -> vae.train(Shapes.standard(), TrainingOptions.defaults()))
          .isInstanceOf(VaeException.class)
          .hasMessage("backend onnxruntime cannot train: ONNX Runtime serves models that another"
              + " backend has trained; choose another backend");
    }
  }
}
