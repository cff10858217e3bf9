package io.github.jvae.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.bench.speed.Workload;
import io.github.jvae.error.VaeException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A process of its own")
final class ForkedMeterTest {
  private final ForkedMeter meter =
      new ForkedMeter(PretendedSpeed.class.getName(), StandardCharsets.UTF_8);

  private static SpeedSetting setting(int batch) {
    return new SpeedSetting(Workload.CONV, "b", batch, 16, 2, "cpu", "float32", 0.5);
  }

  @Test
  @DisplayName("gives its last line as the result, whatever else it says")
  void reads() {
    Reading reading = meter.measure(setting(PretendedSpeed.WELL));
    assertThat(reading.threads()).isEqualTo(setting(1).arguments().size());
    assertThat(reading.engine()).isEqualTo("E 1");
    assertThat(reading.steps().max()).isEqualTo(3);
    assertThat(reading.encodedImages()).isEqualTo(4);
    assertThat(reading.decodedImages()).isNull();
    assertThat(reading.firstStepMillis()).isEqualTo(5.5);
    assertThat(reading.peakMebibytes()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | there is no such thing; name another",
        "3 | the system ended it, most likely for want of memory",
        "4 | its result cannot be read",
      })
  @DisplayName("says why it has no result")
  void fails(int batch, String reason) {
    assertThatThrownBy(() -> meter.measure(setting(batch)))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  @DisplayName("ends when it is told to, and none is started from then on")
  void stops() throws InterruptedException {
    Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
    CompletableFuture<Reading> measuring =
        CompletableFuture.supplyAsync(() -> meter.measure(setting(PretendedSpeed.HANGING)));
    while (ProcessHandle.current().children().allMatch(before::contains)) {
      assertThat(measuring).isNotDone();
      Thread.sleep(20);
    }
    meter.stop();
    assertThat(measuring)
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(VaeException.class);
    assertThat(ProcessHandle.current().children()).allMatch(before::contains);
    assertThatThrownBy(() -> meter.measure(setting(PretendedSpeed.WELL)))
        .hasMessageContaining("stopped");
  }
}
