package io.github.jvae.bench.tracking;

import com.google.protobuf.CodedOutputStream;
import io.github.jvae.option.OptionValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes TensorBoard's events as messages of Protocol Buffers. */
final class EventMessage {
  private static final String VERSION = "brain.Event:2";
  private static final String WRITER = "jvae";
  private static final String HYPER_PARAMETERS = "hparams";

  /** What is longer makes a table of hyper-parameters illegible. */
  private static final int LONGEST_TEXT = 250;

  private EventMessage() {}

  /** What is written into a message. */
  @FunctionalInterface
  private interface Content {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /**
   * Returns the first event of a file.
   *
   * @param seconds now, since 1970
   */
  static byte[] version(double seconds) {
    return message(event -> {
      event.writeDouble(EventFields.EVENT_WALL_TIME, seconds);
      event.writeString(EventFields.EVENT_FILE_VERSION, VERSION);
      write(
          event,
          EventFields.EVENT_SOURCE,
          source -> source.writeString(EventFields.SOURCE_WRITER, WRITER));
    });
  }

  /**
   * Returns the event that has a reader forget what older files tell of a step and all after it.
   *
   * @param seconds now, since 1970
   */
  static byte[] restart(double seconds, long step) {
    return message(event -> {
      event.writeDouble(EventFields.EVENT_WALL_TIME, seconds);
      event.writeInt64(EventFields.EVENT_STEP, step);
      write(
          event,
          EventFields.EVENT_SESSION_LOG,
          log -> log.writeEnum(EventFields.SESSION_LOG_STATUS, EventFields.SESSION_STARTS));
    });
  }

  /**
   * Returns an event with values.
   *
   * @param seconds now, since 1970
   * @param step that they belong to
   */
  static byte[] values(double seconds, long step, List<? extends SummaryValue> values) {
    return message(event -> {
      event.writeDouble(EventFields.EVENT_WALL_TIME, seconds);
      event.writeInt64(EventFields.EVENT_STEP, step);
      write(event, EventFields.EVENT_SUMMARY, summary -> {
        for (SummaryValue value : values) {
          write(summary, EventFields.SUMMARY_VALUE, message -> {
            message.writeString(EventFields.VALUE_TAG, value.tag());
            write(value, message);
          });
        }
      });
    });
  }

  private static byte[] message(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      content.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(CodedOutputStream out, int field, Content content) throws IOException {
    out.writeByteArray(field, message(content));
  }

  private static void write(SummaryValue value, CodedOutputStream out) throws IOException {
    if (value instanceof SummaryValue.Scalar scalar) {
      out.writeFloat(EventFields.VALUE_NUMBER, (float) scalar.value());
    } else if (value instanceof SummaryValue.Picture picture) {
      write(out, EventFields.VALUE_IMAGE, image -> {
        image.writeInt32(EventFields.IMAGE_HEIGHT, picture.height());
        image.writeInt32(EventFields.IMAGE_WIDTH, picture.width());
        image.writeInt32(EventFields.IMAGE_COLOURS, EventFields.COLOURS_RGB);
        image.writeByteArray(EventFields.IMAGE_FILE, picture.png());
      });
    } else if (value instanceof SummaryValue.Distribution distribution) {
      write(
          out,
          EventFields.VALUE_HISTOGRAM,
          message -> writeHistogram(distribution.histogram(), message));
    } else if (value instanceof SummaryValue.Start start) {
      writeForPlugin(
          out, EventFields.HYPER_PARAMETERS_START, message -> writeStart(start, message));
    } else if (value instanceof SummaryValue.End end) {
      writeForPlugin(out, EventFields.HYPER_PARAMETERS_END, message -> writeEnd(end, message));
    }
  }

  private static void writeHistogram(Histogram histogram, CodedOutputStream out)
      throws IOException {
    out.writeDouble(EventFields.HISTOGRAM_MIN, histogram.min());
    out.writeDouble(EventFields.HISTOGRAM_MAX, histogram.max());
    out.writeDouble(EventFields.HISTOGRAM_COUNT, (double) histogram.count());
    out.writeDouble(EventFields.HISTOGRAM_SUM, histogram.sum());
    out.writeDouble(EventFields.HISTOGRAM_SUM_OF_SQUARES, histogram.sumOfSquares());
    out.writeByteArray(EventFields.HISTOGRAM_LIMIT, message(limits -> {
      for (double limit : histogram.limits()) {
        limits.writeDoubleNoTag(limit);
      }
    }));
    out.writeByteArray(EventFields.HISTOGRAM_BUCKET, message(buckets -> {
      for (long count : histogram.buckets()) {
        buckets.writeDoubleNoTag((double) count);
      }
    }));
  }

  /** The plugin reads what it is told in the tag's metadata, beside a tensor that says nothing. */
  private static void writeForPlugin(CodedOutputStream out, int field, Content content)
      throws IOException {
    write(out, EventFields.VALUE_METADATA, metadata -> {
      write(metadata, EventFields.METADATA_PLUGIN, plugin -> {
        plugin.writeString(EventFields.PLUGIN_NAME, HYPER_PARAMETERS);
        write(plugin, EventFields.PLUGIN_CONTENT, data -> write(data, field, content));
      });
      metadata.writeEnum(EventFields.METADATA_DATA_CLASS, EventFields.DATA_CLASS_TENSOR);
    });
    write(out, EventFields.VALUE_TENSOR, tensor -> {
      tensor.writeEnum(EventFields.TENSOR_TYPE, EventFields.TYPE_FLOAT);
      write(
          tensor,
          EventFields.TENSOR_SHAPE,
          shape -> write(
              shape,
              EventFields.SHAPE_EXTENT,
              extent -> extent.writeInt64(EventFields.EXTENT_SIZE, 1)));
      tensor.writeByteArray(
          EventFields.TENSOR_FLOATS, message(floats -> floats.writeFloatNoTag(0)));
    });
  }

  private static void writeStart(SummaryValue.Start start, CodedOutputStream out)
      throws IOException {
    for (Map.Entry<String, OptionValue> parameter : start.parameters().values().entrySet()) {
      write(out, EventFields.START_VALUE, entry -> {
        entry.writeString(EventFields.ENTRY_KEY, parameter.getKey());
        write(entry, EventFields.ENTRY_VALUE, value -> writeJson(parameter.getValue(), value));
      });
    }
    out.writeDouble(EventFields.START_SECONDS, start.seconds());
  }

  private static void writeJson(OptionValue value, CodedOutputStream out) throws IOException {
    if (value instanceof OptionValue.Whole whole) {
      out.writeDouble(EventFields.JSON_NUMBER, whole.value().doubleValue());
    } else if (value instanceof OptionValue.Real real) {
      out.writeDouble(EventFields.JSON_NUMBER, real.value());
    } else if (value instanceof OptionValue.Flag flag) {
      out.writeBool(EventFields.JSON_FLAG, flag.value());
    } else {
      out.writeString(EventFields.JSON_TEXT, HyperParameters.text(value, LONGEST_TEXT));
    }
  }

  private static void writeEnd(SummaryValue.End end, CodedOutputStream out) throws IOException {
    boolean finished = end.end() == TrainingEnd.FINISHED;
    out.writeEnum(
        EventFields.END_STATUS, finished ? EventFields.STATUS_SUCCESS : EventFields.STATUS_FAILURE);
    out.writeDouble(EventFields.END_SECONDS, end.seconds());
  }
}
