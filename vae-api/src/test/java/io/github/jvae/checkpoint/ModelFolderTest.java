package io.github.jvae.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FailingDisk;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A model folder")
class ModelFolderTest {
  @TempDir
  Path root;

  @Nested
  @DisplayName("that is sound")
  class Sound {
    @Test
    @DisplayName("gives back the checkpoint it was given")
    void roundTrip() {
      ModelFolder folder = folder();
      assertThat(folder.exists()).isFalse();
      assertThat(folder.isResumable()).isFalse();
      folder.save(checkpoint(10));
      assertThat(folder.exists()).isTrue();
      assertThat(folder.isResumable()).isTrue();
      assertThat(folder.load()).isEqualTo(checkpoint(10));
      assertThat(folder.loadConfig()).isEqualTo(checkpoint(10).config());
      assertThat(folder.loadModel())
          .isEqualTo(new SavedModel(checkpoint(10).config(), checkpoint(10).model()));
      folder.save(checkpoint(20));
      assertThat(folder.load()).isEqualTo(checkpoint(20));
    }

    @Test
    @DisplayName("keeps the best model, its history and the user's files through saves")
    void keepsOtherFiles() throws IOException {
      ModelFolder folder = folder();
      folder.save(checkpoint(10));
      folder.best().save(checkpoint(10));
      folder.history().append(Options.none().with("step", 10));
      Files.writeString(folder.path().resolve("README.md"), "mine");
      folder.save(checkpoint(20));
      assertThat(folder.best().load()).isEqualTo(checkpoint(10));
      assertThat(folder.load()).isEqualTo(checkpoint(20));
      assertThat(names(folder))
          .containsExactly(
              "README.md",
              "best",
              "config.json",
              "history.jsonl",
              "model.safetensors",
              "optimizer.safetensors",
              "training.json");
    }

    @Test
    @DisplayName("has the same bytes for the same checkpoint")
    void deterministic() {
      ModelFolder one = new ModelFolder(root.resolve("one"));
      ModelFolder two = new ModelFolder(root.resolve("two"));
      one.save(checkpoint(10));
      two.save(checkpoint(20));
      two.save(checkpoint(10));
      for (String name : new String[] {"config.json", "model.safetensors", "training.json"}) {
        assertThat(one.path().resolve(name)).hasSameBinaryContentAs(two.path().resolve(name));
      }
    }

    @Test
    @DisplayName("of a model alone drops the optimizer state that belonged to other weights")
    void modelAlone() throws IOException {
      ModelFolder folder = folder();
      folder.save(checkpoint(10));
      folder.saveModel(new SavedModel(config(20), tensors(20)));
      assertThat(folder.loadModel().parameters()).isEqualTo(tensors(20));
      assertThat(folder.isResumable()).isFalse();
      assertThat(names(folder)).containsExactly("config.json", "model.safetensors");
      assertThatThrownBy(folder::load)
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("optimizer.safetensors: there is no such file")
          .hasMessageContaining("the model can be used");
    }
  }

  @Nested
  @DisplayName("whose save is interrupted")
  class Interrupted {
    @Test
    @DisplayName("reads, after a crash at any moment, as before the save or as after it")
    void crash() throws IOException {
      int operations = sweep(FailingDisk::crashesAt);
      assertThat(operations).isGreaterThan(25);
    }

    @Test
    @DisplayName("reads, after a failure of any one operation, as before the save or as after it")
    void failure() throws IOException {
      sweep(FailingDisk::failsOnceAt);
    }

    /** Returns the number of operations of a save. */
    private int sweep(IntFunction<FailingDisk> disks) throws IOException {
      boolean after = false;
      for (int operation = 1; ; operation++) {
        Path path = root.resolve("run" + operation);
        ModelFolder folder = new ModelFolder(FailingDisk.neverFails(), path);
        folder.save(checkpoint(10));
        Files.writeString(path.resolve("notes.txt"), "mine");
        FailingDisk disk = disks.apply(operation);
        String told = "";
        try {
          new ModelFolder(disk, path).save(checkpoint(20));
        } catch (VaeException e) {
          told = String.valueOf(e.getMessage());
          assertThat(e)
              .hasMessageContaining("cannot write " + path + ": " + FailingDisk.FAULT)
              .hasMessageContaining("free some space");
        }
        if (!disk.failed()) {
          assertThat(after).isTrue();
          return operation - 1;
        }
        Checkpoint read = folder.load();
        assertThat(read).isIn(checkpoint(10), checkpoint(20));
        assertThat(folder.loadModel().parameters()).isEqualTo(read.model());
        assertThat(folder.isResumable()).isTrue();
        // Once new, never old again: there is one moment at which the save counts.
        boolean isNew = read.equals(checkpoint(20));
        assertThat(isNew || !after).isTrue();
        assertThat(told).doesNotContain(isNew ? "is as it was" : "complete and count");
        after = isNew;
        folder.finishInterruptedSave();
        assertThat(folder.load()).isEqualTo(read);
        assertComplete(folder);
        folder.save(checkpoint(30));
        assertThat(folder.load()).isEqualTo(checkpoint(30));
        assertComplete(folder);
        assertThat(path.resolve("notes.txt")).hasContent("mine");
      }
    }

    private void assertComplete(ModelFolder folder) throws IOException {
      assertThat(names(folder))
          .containsExactly(
              "config.json",
              "model.safetensors",
              "notes.txt",
              "optimizer.safetensors",
              "training.json");
    }

    @Test
    @DisplayName("never shows the optimizer state that saving a model alone removes")
    void crashWhileRemoving() {
      for (int operation = 1; ; operation++) {
        Path path = root.resolve("run" + operation);
        ModelFolder folder = new ModelFolder(FailingDisk.neverFails(), path);
        folder.save(checkpoint(10));
        FailingDisk disk = FailingDisk.crashesAt(operation);
        try {
          new ModelFolder(disk, path).saveModel(new SavedModel(config(20), tensors(20)));
        } catch (VaeException e) {
          assertThat(e).hasMessageContaining(FailingDisk.FAULT);
        }
        boolean isNew = folder.loadModel().parameters().equals(tensors(20));
        assertThat(folder.isResumable()).isEqualTo(!isNew);
        if (isNew) {
          assertThatThrownBy(folder::load).hasMessageContaining("there is no such file");
        } else {
          assertThat(folder.load()).isEqualTo(checkpoint(10));
        }
        if (!disk.failed()) {
          break;
        }
      }
    }

    @Test
    @DisplayName("for want of a folder says so on one line")
    void belowAFile() throws IOException {
      Path plain = Files.writeString(root.resolve("plain"), "x");
      assertThatThrownBy(() -> new ModelFolder(plain.resolve("run")).save(checkpoint(1)))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("cannot write " + plain.resolve("run"))
          .hasMessageNotContaining("\n");
    }
  }

  @Nested
  @DisplayName("whose files do not belong together")
  class Mixed {
    @Test
    @DisplayName("is refused: a checkpoint that pairs the best weights with the current optimizer")
    void bestWeightsWithCurrentOptimizer() throws IOException {
      ModelFolder folder = folder();
      folder.best().save(checkpoint(10));
      folder.save(checkpoint(20));
      copy(folder.best(), folder, ModelFolder.MODEL);
      assertThatThrownBy(folder::load)
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("model.safetensors and training.json are not of the same save")
          .hasMessageNotContaining("\n");
      // The weights by themselves are those of step 10, and good.
      assertThat(folder.loadModel().parameters()).isEqualTo(tensors(10));
    }

    @Test
    @DisplayName("is refused when it is the optimizer or the training state that is another's")
    void others() throws IOException {
      for (String name : new String[] {ModelFolder.OPTIMIZER, ModelFolder.TRAINING}) {
        ModelFolder folder = folder();
        folder.best().save(checkpoint(10));
        folder.save(checkpoint(20));
        copy(folder.best(), folder, name);
        assertThatThrownBy(folder::load).hasMessageContaining("not of the same save");
      }
    }

    @Test
    @DisplayName("is refused when weights without an identity were put in")
    void foreignWeights() {
      ModelFolder folder = folder();
      folder.save(checkpoint(10));
      Safetensors.write(folder.path().resolve("model.safetensors"), tensors(10), Map.of());
      assertThatThrownBy(folder::load).hasMessageContaining("not of the same save");
    }

    @Test
    @DisplayName("is never seen by a reader while another saves")
    void concurrentReader() throws InterruptedException {
      ModelFolder folder = folder();
      folder.save(checkpoint(0));
      AtomicBoolean done = new AtomicBoolean();
      Thread writer = new Thread(() -> {
        for (int step = 1; !done.get(); step++) {
          folder.save(checkpoint(step));
        }
      });
      writer.start();
      try {
        for (int i = 0; i < 200; i++) {
          Checkpoint read = folder.load();
          int step = (int) JsonMembers.of(read.training()).required("step", 1 << 20);
          assertThat(read.model()).isEqualTo(checkpoint(step).model());
          assertThat(read.optimizer()).isEqualTo(checkpoint(step).optimizer());
        }
      } finally {
        done.set(true);
        writer.join();
      }
    }
  }

  @Nested
  @DisplayName("that is damaged")
  class Damaged {
    @Test
    @DisplayName("names the file that is missing")
    void missing() throws IOException {
      ModelFolder folder = folder();
      assertThatThrownBy(folder::loadModel)
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("config.json: there is no such file")
          .hasMessageContaining("a model's folder");
      folder.save(checkpoint(10));
      Files.delete(folder.path().resolve("training.json"));
      assertThatThrownBy(folder::load).hasMessageContaining("training.json: there is no such file");
    }

    @Test
    @DisplayName("names the file that was cut short, or is no JSON")
    void damaged() throws IOException {
      ModelFolder folder = folder();
      folder.save(checkpoint(10));
      Path model = folder.path().resolve("model.safetensors");
      byte[] bytes = Files.readAllBytes(model);
      Files.write(model, Arrays.copyOf(bytes, bytes.length - 4));
      assertThatThrownBy(folder::loadModel)
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("model.safetensors: tensor 'w' ends at byte")
          .hasMessageContaining("cut short");
      Files.writeString(folder.path().resolve("config.json"), "{\n \"a\" 1}");
      assertThatThrownBy(folder::loadModel).hasMessageContaining("line 2, column 6");
    }

    @Test
    @DisplayName("lists tensors that are missing, unexpected or of another shape, five of each")
    void mismatch() {
      ModelFolder folder = folder();
      folder.save(checkpoint(10));
      folder.requireMatching(Map.of("b", Shape.of(2), "w", Shape.of(2, 2)));
      folder.requireMatchingOptimizer(Map.of("adam.m.w", Shape.of(2, 2)));
      TreeMap<String, Shape> expected = new TreeMap<>();
      expected.put("w", Shape.of(4, 1));
      for (int i = 0; i < 7; i++) {
        expected.put("layer." + i, Shape.of(3));
      }
      assertThatThrownBy(() -> folder.requireMatching(expected))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(folder.path().resolve("model.safetensors").toString())
          .hasMessageContaining("7 missing ('layer.0' [3], ")
          .hasMessageContaining("'layer.4' [3] and 2 more)")
          .hasMessageNotContaining("layer.5")
          .hasMessageContaining("1 of another shape ('w' is [2, 2], not [4, 1])")
          .hasMessageContaining("1 unexpected ('b' [2])")
          .hasMessageNotContaining("\n");
      assertThatThrownBy(() -> folder.requireMatchingOptimizer(expected))
          .hasMessageContaining("optimizer.safetensors");
    }
  }

  private ModelFolder folder() {
    return new ModelFolder(root.resolve("run"));
  }

  private static Options config(int step) {
    return Options.none().with("latent", 32).with("seed", 7).with("saved_at_step", step);
  }

  private static Map<String, HostTensor> tensors(float value) {
    return Map.of(
        "w", HostTensor.of(Shape.of(2, 2), value, value, value, value),
        "b", HostTensor.of(Shape.of(2), -value, value));
  }

  private static Checkpoint checkpoint(int step) {
    return new Checkpoint(
        config(step),
        tensors(step),
        Map.of("adam.m.w", HostTensor.of(Shape.of(2, 2), step, step, 0, 1)),
        Options.none().with("step", step).with("epoch", step / 10));
  }

  private static void copy(ModelFolder from, ModelFolder to, String name) throws IOException {
    Files.copy(
        from.path().resolve(name), to.path().resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Set<String> names(ModelFolder folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.path())) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
