package io.github.jvae.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The right to write to a model folder")
final class FolderOwnerTest {
  @TempDir
  private Path root;

  private ModelFolder folder() {
    return new ModelFolder(root.resolve("run"));
  }

  private static SavedModel model(float value) {
    return new SavedModel(Options.none().with("format", 1), Map.of("w", HostTensor.scalar(value)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("run"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static @Nullable Throwable inAnotherThread(Runnable work) throws Exception {
    FutureTask<@Nullable Throwable> task = new FutureTask<>(() -> catchThrowable(work::run));
    new Thread(task).start();
    return task.get();
  }

  @Test
  @DisplayName("is one thread's at a time, which may take it again, and leaves nothing behind")
  void threads() throws Exception {
    FolderOwner owner = folder().own();
    try {
      folder().own().close();
      folder().saveModel(model(1));
      assertThat(inAnotherThread(() -> folder().own().close()))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(root.resolve("run").toString())
          .hasMessageContaining("choose another folder");
      assertThat(inAnotherThread(() -> folder().saveModel(model(2))))
          .isInstanceOf(VaeException.class);
      assertThat(folder().loadModel()).isEqualTo(model(1));
    } finally {
      owner.close();
    }
    assertThat(inAnotherThread(() -> folder().saveModel(model(3)))).isNull();
    owner.close();
    assertThat(folder().loadModel()).isEqualTo(model(3));
    assertThat(names()).containsExactly("config.json", "model.safetensors");
  }

  @Test
  @DisplayName("is not taken by a thread that was interrupted, which leaves nothing behind either")
  void interrupted() throws Exception {
    folder().saveModel(model(1));
    Thread.currentThread().interrupt();
    Throwable fault = catchThrowable(() -> folder().saveModel(model(2)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fault)
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("the thread was interrupted");
    assertThat(names()).containsExactly("config.json", "model.safetensors");
    assertThat(folder().loadModel()).isEqualTo(model(1));
  }

  @Test
  @DisplayName("is the same by whatever path the folder is reached")
  void links() throws Exception {
    Files.createDirectory(root.resolve("run"));
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("run"));
    FolderOwner owner = folder().own();
    try {
      assertThat(inAnotherThread(() -> new ModelFolder(link).own().close()))
          .isInstanceOf(VaeException.class);
    } finally {
      owner.close();
    }
  }

  private Process holder() throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FolderHolder.class.getName(),
            root.resolve("run").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(reader.readLine()).isEqualTo("held");
    return process;
  }

  @Test
  @DisplayName("is one process's at a time, until that ends, by whatever death")
  void processes() throws Exception {
    Process process = holder();
    try {
      // Twice: to find it taken must not free it.
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> folder().saveModel(model(1)))
            .isInstanceOf(VaeException.class)
            .hasMessageContaining("another process")
            .hasMessageNotContaining("\n");
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(names()).containsExactly(FolderOwner.LOCK).allMatch(ModelFolder::isLeftover);
    folder().saveModel(model(2));
    assertThat(names()).containsExactly("config.json", "model.safetensors");
  }

  private void enter(Path inside, List<String> faults) {
    FolderOwner owner;
    try {
      owner = folder().own();
    } catch (VaeException e) {
      return;
    }
    try {
      Files.createFile(inside);
      Files.delete(inside);
    } catch (IOException e) {
      faults.add(e.toString());
    } finally {
      owner.close();
    }
  }

  @Test
  @DisplayName("is never two threads' at once, however often they take and give it back")
  void exclusion() throws Exception {
    int threads = 4;
    List<String> faults = Collections.synchronizedList(new ArrayList<>());
    Path inside = root.resolve("inside");
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread = new Thread(() -> {
        for (int i = 0; i < 200; i++) {
          enter(inside, faults);
        }
      });
      running.add(thread);
      thread.start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    assertThat(faults).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  @DisplayName("knows what a killed process leaves from what people put there")
  void leftovers() {
    assertThat(
            List.of(".saving-5f0c", ".writer-lock", ".history.jsonl.1-2.tmp", ".config.json.3.tmp"))
        .allMatch(ModelFolder::isLeftover)
        .allMatch(ModelFolder::isPart);
    assertThat(List.of("config.json", "history.jsonl", "best", "local.json", ".committed-save"))
        .allMatch(ModelFolder::isPart)
        .noneMatch(ModelFolder::isLeftover);
    assertThat(List.of("thesis.tex", ".thesis.tex.1.tmp", "saving-1", ".git"))
        .noneMatch(ModelFolder::isPart);
  }
}
