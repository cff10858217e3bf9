package io.github.jvae.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rows that a second thread finds")
@Timeout(60)
class RowsAheadTest {
  @TempDir
  Path folder;

  /** Writes down what it is handed. */
  private static final class Log implements CsvText.Rows {
    private final List<String> events = new ArrayList<>();
    private final int most;
    private String row = "";

    Log(int most) {
      this.most = most;
    }

    @Override
    public void begin(long line) {
      row = line + ":";
    }

    @Override
    public void field(int index, char[] text, int begin, int length) {
      row += index + "<" + new String(text, begin, length) + ">";
    }

    @Override
    public boolean end(int fields) {
      events.add(row + fields);
      return events.size() < most;
    }
  }

  private CsvText text(String content) throws IOException {
    Path file = folder.resolve("table.csv");
    Files.writeString(file, content);
    return CsvText.of(file, StandardCharsets.UTF_8, ',');
  }

  private static String random(Random random) {
    StringBuilder content = new StringBuilder();
    int fields = 1 + random.nextInt(5);
    for (int row = random.nextInt(400); row > 0; row--) {
      for (int field = fields; field > 0; field--) {
        String letters = "xä7".repeat(random.nextInt(random.nextInt(20) == 0 ? 300 : 5));
        content.append(
            random.nextInt(4) == 0 ? '"' + letters + "\n,\"\"" + letters + '"' : letters);
        content.append(field > 1 ? "," : "");
      }
      content.append('\n');
    }
    return content.toString();
  }

  @Test
  @DisplayName("are the same in the same order, whatever is in them")
  void same() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      CsvText text = text(random(random));
      Log directly = new Log(Integer.MAX_VALUE);
      text.read(directly);
      Log ahead = new Log(Integer.MAX_VALUE);
      RowsAhead.read(text, ahead, 1 + random.nextInt(500));
      assertThat(ahead.events).isEqualTo(directly.events);
    }
  }

  @Test
  @DisplayName("come before the fault that ends them")
  void fault() throws IOException {
    CsvText text = text("a,b\n".repeat(1000) + "\"c\"d,e\n" + "a,b\n".repeat(1000));
    Log rows = new Log(Integer.MAX_VALUE);
    assertThatThrownBy(() -> RowsAhead.read(text, rows, 100))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("table.csv")
        .hasMessageContaining("line 1001 ");
    assertThat(rows.events).hasSize(1000);
  }

  @Test
  @DisplayName("end where their taker has enough or fails, and so does the thread")
  void taker() throws Exception {
    CsvText text = text("a,b\n".repeat(100_000));
    Log few = new Log(7);
    RowsAhead.read(text, few, 100);
    assertThat(few.events).hasSize(7);

    CsvText.Rows failing = new CsvText.Rows() {
      @Override
      public void begin(long line) {}

      @Override
      public void field(int index, char[] characters, int begin, int length) {
        throw new VaeException("no number");
      }

      @Override
      public boolean end(int fields) {
        return true;
      }
    };
    assertThatThrownBy(() -> RowsAhead.read(text, failing, 100)).hasMessage("no number");
    while (isParsing()) {
      Thread.sleep(1);
    }
  }

  private static boolean isParsing() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("vae-csv"));
  }

  @Test
  @DisplayName("are all taken by a thread that was interrupted, which stays so")
  void interrupted() throws IOException {
    CsvText text = text("a,b\n".repeat(1000));
    Log rows = new Log(Integer.MAX_VALUE);
    Thread.currentThread().interrupt();
    RowsAhead.read(text, rows, 100);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(rows.events).hasSize(1000);
  }
}
