package io.github.jvae.bench.tracking;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads files of events from the description of their format, with nothing of what writes them:
 * both checksums of every record are computed bit by bit, and every field that is not known here is
 * a fault.
 */
public final class EventReader {
  /** The polynomial of CRC-32C, its bits reversed. */
  private static final int POLYNOMIAL = 0x82f63b78;

  private static final int MASK = 0xa282ead8;

  private EventReader() {}

  /** What an event says: one of these, but for the step. */
  public record Event(
      double wallTime, long step, String version, boolean restart, List<Value> values) {}

  /**
   * A value of a summary.
   *
   * @param metadata of its plugin; empty if it has none
   */
  public record Value(
      String tag,
      Optional<Float> number,
      Optional<Image> image,
      Optional<Buckets> histogram,
      Optional<Plugin> metadata) {}

  /** An image. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Image(int height, int width, int colours, byte[] file) {}

  /** A histogram. */
  public record Buckets(
      double min,
      double max,
      double count,
      double sum,
      double sumOfSquares,
      List<Double> limits,
      List<Double> buckets) {}

  /**
   * What is there for the plugin of hyper-parameters.
   *
   * @param parameters the values by name; empty at the end of a session
   * @param status how the session ended; 0 at its start
   */
  public record Plugin(String name, Map<String, Object> parameters, int status) {}

  /** The files of events in a folder, by name. */
  public static List<Path> files(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(file -> String.valueOf(file.getFileName()).contains("tfevents"))
          .sorted()
          .toList();
    }
  }

  /** All events of a folder, file by file. */
  public static List<Event> readAll(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    for (Path file : files(folder)) {
      events.addAll(read(file));
    }
    return events;
  }

  /** All events of a file; a fault if a checksum is wrong or a record is cut. */
  public static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      bytes.get(length);
      require(bytes.getInt(), length);
      byte[] event =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(event);
      require(bytes.getInt(), event);
      events.add(event(CodedInputStream.newInstance(event)));
    }
    return events;
  }

  /** The numbers under a tag, by step; later ones win. */
  public static Map<Long, Float> numbers(List<Event> events, String tag) {
    Map<Long, Float> numbers = new LinkedHashMap<>();
    for (Event event : events) {
      event.values().stream()
          .filter(value -> value.tag().equals(tag))
          .forEach(value -> numbers.put(event.step(), value.number().orElseThrow()));
    }
    return numbers;
  }

  /** All values under a tag, in order. */
  public static List<Value> values(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.values().stream())
        .filter(value -> value.tag().equals(tag))
        .toList();
  }

  private static void require(int masked, byte[] bytes) {
    int rotated = masked - MASK;
    int told = (rotated >>> 17) | (rotated << 15);
    int crc = 0xffffffff;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
    }
    if (~crc != told) {
      throw new IllegalStateException("a checksum is wrong");
    }
  }

  private static Event event(CodedInputStream in) throws IOException {
    double time = 0;
    long step = 0;
    String version = "";
    boolean restart = false;
    List<Value> values = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> time = in.readDouble();
        case 2 -> step = in.readInt64();
        case 3 -> version = in.readString();
        case 5 -> {
          CodedInputStream summary = in.readBytes().newCodedInput();
          while (summary.readTag() != 0) {
            values.add(value(summary.readBytes().newCodedInput()));
          }
        }
        case 7 -> {
          CodedInputStream log = in.readBytes().newCodedInput();
          log.readTag();
          restart = log.readEnum() == 1;
        }
        case 10 -> in.readBytes();
        default -> throw unknown("event", tag);
      }
    }
    return new Event(time, step, version, restart, values);
  }

  private static Value value(CodedInputStream in) throws IOException {
    String name = "";
    Optional<Float> number = Optional.empty();
    Optional<Image> image = Optional.empty();
    Optional<Buckets> histogram = Optional.empty();
    Optional<Plugin> metadata = Optional.empty();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 2 -> number = Optional.of(in.readFloat());
        case 4 -> image = Optional.of(image(in.readBytes().newCodedInput()));
        case 5 -> histogram = Optional.of(histogram(in.readBytes().newCodedInput()));
        case 8 -> in.readBytes();
        case 9 -> metadata = Optional.of(metadata(in.readBytes().newCodedInput()));
        default -> throw unknown("value", tag);
      }
    }
    return new Value(name, number, image, histogram, metadata);
  }

  private static Image image(CodedInputStream in) throws IOException {
    int[] extents = new int[4];
    byte[] file = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (field == 4) {
        file = in.readByteArray();
      } else {
        extents[field] = in.readInt32();
      }
    }
    return new Image(extents[1], extents[2], extents[3], file);
  }

  private static Buckets histogram(CodedInputStream in) throws IOException {
    double[] numbers = new double[6];
    List<Double> limits = new ArrayList<>();
    List<Double> buckets = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (field < 6) {
        numbers[field] = in.readDouble();
      } else {
        ByteBuffer packed = in.readByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        while (packed.hasRemaining()) {
          (field == 6 ? limits : buckets).add(packed.getDouble());
        }
      }
    }
    return new Buckets(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], limits, buckets);
  }

  private static Plugin metadata(CodedInputStream in) throws IOException {
    String name = "";
    Map<String, Object> parameters = new LinkedHashMap<>();
    int status = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != 1) {
        in.skipField(tag);
        continue;
      }
      CodedInputStream plugin = in.readBytes().newCodedInput();
      plugin.readTag();
      name = plugin.readString();
      plugin.readTag();
      CodedInputStream data = plugin.readBytes().newCodedInput();
      int kind = WireFormat.getTagFieldNumber(data.readTag());
      CodedInputStream session = data.readBytes().newCodedInput();
      for (int field = session.readTag(); field != 0; field = session.readTag()) {
        if (kind == 3 && WireFormat.getTagFieldNumber(field) == 1) {
          put(session.readBytes().newCodedInput(), parameters);
        } else if (kind == 4 && WireFormat.getTagFieldNumber(field) == 1) {
          status = session.readEnum();
        } else {
          session.skipField(field);
        }
      }
    }
    return new Plugin(name, parameters, status);
  }

  private static void put(CodedInputStream entry, Map<String, Object> parameters)
      throws IOException {
    entry.readTag();
    String key = entry.readString();
    entry.readTag();
    CodedInputStream value = entry.readBytes().newCodedInput();
    int tag = value.readTag();
    parameters.put(
        key,
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 2 -> value.readDouble();
          case 3 -> value.readString();
          case 4 -> value.readBool();
          default -> throw unknown("hyper-parameter", tag);
        });
  }

  private static UncheckedIOException unknown(String where, int tag) {
    return new UncheckedIOException(
        new IOException("an " + where + " has field " + WireFormat.getTagFieldNumber(tag)));
  }
}
