package io.github.jvae.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A history file")
class HistoryFileTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("gives back its entries in order, and none while there is no file")
  void appends() throws IOException {
    HistoryFile history = new HistoryFile(folder.resolve("run/history.jsonl"));
    assertThat(history.read()).isEmpty();
    append(history, 1, 2, 3);
    assertThat(steps(history)).containsExactly(1L, 2L, 3L);
    assertThat(Files.readString(history.path())).startsWith("{\"step\":1}\n{\"step\":2}\n");
  }

  @Test
  @DisplayName("skips a last line that a crash cut, and drops it before the next entry")
  void cutLine() throws IOException {
    HistoryFile history = history();
    append(history, 1, 2);
    Files.writeString(history.path(), "{\"step\":3,\"lo", StandardOpenOption.APPEND);
    assertThat(steps(history)).containsExactly(1L, 2L);
    append(history, 4);
    assertThat(steps(history)).containsExactly(1L, 2L, 4L);
  }

  @Test
  @DisplayName("that is nothing but a cut line is empty")
  void onlyCutLine() throws IOException {
    HistoryFile history = history();
    Files.writeString(history.path(), "{\"st");
    assertThat(history.read()).isEmpty();
    append(history, 1);
    assertThat(steps(history)).containsExactly(1L);
  }

  @Test
  @DisplayName("forgets what came after the step that training resumes from")
  void truncates() throws IOException {
    HistoryFile history = history();
    history.truncateAfter(5);
    assertThat(history.path()).doesNotExist();
    append(history, 10, 20, 30, 40);
    Files.writeString(history.path(), "{\"step\":5", StandardOpenOption.APPEND);
    history.truncateAfter(20);
    assertThat(steps(history)).containsExactly(10L, 20L);
    append(history, 30);
    assertThat(steps(history)).containsExactly(10L, 20L, 30L);
  }

  @Test
  @DisplayName("with a line that is no entry names the line")
  void badLine() throws IOException {
    HistoryFile history = history();
    Files.writeString(history.path(), "{\"step\":1}\noops\n{\"step\":2}\n");
    assertThatThrownBy(history::read)
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("history.jsonl: line 2 is not a JSON object")
        .hasMessageNotContaining("\n");
    Files.writeString(history.path(), "{\"epoch\":1}\n");
    assertThatThrownBy(history::read).hasMessageContaining("line 1 has no whole number 'step'");
    assertThatThrownBy(() -> history.append(Options.none().with("step", 0.5)))
        .isInstanceOf(VaeException.class);
  }

  @Test
  @DisplayName("finds the end of its last whole line before a cut one of any length, up to a limit")
  void longCutLine() throws IOException {
    for (int length : new int[] {1, 65_535, 65_536, 65_537, 8_000_000}) {
      HistoryFile history = history();
      append(history, 1, 2);
      Files.writeString(history.path(), "x".repeat(length), StandardOpenOption.APPEND);
      append(history, 3);
      assertThat(steps(history)).containsExactly(1L, 2L, 3L);
      Files.delete(history.path());
    }
    HistoryFile other = history();
    Files.writeString(other.path(), "{\"step\":1}\n" + "x".repeat(17 << 20));
    long size = Files.size(other.path());
    assertThatThrownBy(() -> append(other, 2))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(other.path().toString())
        .hasMessageContaining("16 MB");
    assertThat(other.path()).hasSize(size);
  }

  private HistoryFile history() {
    return new HistoryFile(folder.resolve("history.jsonl"));
  }

  private static void append(HistoryFile history, long... steps) {
    for (long step : steps) {
      history.append(Options.none().with("step", step));
    }
  }

  private static List<Long> steps(HistoryFile history) {
    return history.read().stream()
        .map(e -> JsonMembers.of(e).wholeNumber("step", -1))
        .toList();
  }
}
