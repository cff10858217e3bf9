package io.github.jvae.bench.compare;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Pictures;
import io.github.jvae.bench.compare.results.BackendResult.Quality;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a process that measures an engine tells as soon as it knows it, one line of JSON each: if it
 * breaks down later, what was measured until then is not lost.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MeasuringEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = MeasuringEvent.Phase.class, name = "phase"),
  @JsonSubTypes.Type(value = MeasuringEvent.Stepped.class, name = "stepped"),
  @JsonSubTypes.Type(value = MeasuringEvent.Paused.class, name = "paused"),
  @JsonSubTypes.Type(value = MeasuringEvent.Judged.class, name = "judged"),
  @JsonSubTypes.Type(value = MeasuringEvent.Tested.class, name = "tested"),
  @JsonSubTypes.Type(value = MeasuringEvent.Used.class, name = "used"),
  @JsonSubTypes.Type(value = MeasuringEvent.Drawn.class, name = "drawn"),
  @JsonSubTypes.Type(value = MeasuringEvent.Ended.class, name = "ended")
})
public sealed interface MeasuringEvent {
  /**
   * There is a model with weights.
   *
   * @param engine the engine and its version
   * @param binding the Java binding and its version
   * @param device where it computes
   * @param parameters numbers trained
   * @param startMs since the process was launched, the data set's reading apart
   */
  record Started(String engine, String binding, String device, long parameters, double startMs)
      implements MeasuringEvent {}

  /** A stretch of time is over. */
  record Phase(String name, double seconds) implements MeasuringEvent {}

  /**
   * Steps were taken; the lists have an element for each.
   *
   * @param images of each step
   * @param seconds that each took
   * @param losses of each, nats per example
   */
  record Stepped(List<Integer> images, List<Double> seconds, List<Double> losses)
      implements MeasuringEvent {}

  /** It waits for its next turn. */
  record Paused() implements MeasuringEvent {}

  /** The bound on some test images after so many steps, nats per example. */
  record Judged(int step, double elbo) implements MeasuringEvent {}

  /** What the trained model is worth. */
  record Tested(Quality quality) implements MeasuringEvent {}

  /** How fast the trained model is used. */
  record Used(Inference inference) implements MeasuringEvent {}

  /** Pictures are there, relative to the engine's folder. */
  record Drawn(Pictures pictures) implements MeasuringEvent {}

  /** All is done; the largest resident memory of the process, MiB, where the system tells. */
  record Ended(@Nullable Double peakRssMib) implements MeasuringEvent {}

  /** Reads and writes lines. */
  final class Lines {
    private static final JsonMapper MAPPER = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build();

    private Lines() {}

    /** The event as a line. */
    static String write(MeasuringEvent event) {
      try {
        return MAPPER.writerFor(MeasuringEvent.class).writeValueAsString(event);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an event cannot be written", e);
      }
    }

    /** The event of a line; empty for one that is none, such as an engine's own chatter. */
    static Optional<MeasuringEvent> read(String line) {
      if (!line.startsWith("{")) {
        return Optional.empty();
      }
      try {
        return Optional.ofNullable(MAPPER.readValue(line, MeasuringEvent.class));
      } catch (JsonProcessingException e) {
        return Optional.empty();
      }
    }
  }
}
