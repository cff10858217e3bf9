package io.github.jvae.onnx.internal;

import com.google.protobuf.CodedOutputStream;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Writes models in ONNX's format. The same model gives the same bytes. */
public final class OnnxWriter {
  /** The version of the format, as it came with the set of operations. */
  private static final int FORMAT = 8;

  private static final String PRODUCER = "jvae";

  /** What a message may be long, less some room for what is not numbers. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 24);

  private final String version;

  /** @param version of the producer, jvae */
  public OnnxWriter(String version) {
    this.version = version;
  }

  /** What is written into a message. */
  @FunctionalInterface
  private interface Content {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /**
   * Returns a model's file.
   *
   * @throws VaeException if its weights are longer than a file of this format can be
   */
  public byte[] bytes(OnnxModel model) {
    long numbers = model.data().values().stream()
        .mapToLong(data ->
            data instanceof OnnxData.Floats floats ? floats.value().shape().size() : 0)
        .sum();
    if (numbers * Float.BYTES > MOST_BYTES) {
      throw new VaeException("a model of " + numbers + " numbers is longer than an ONNX file can be"
          + " without files beside it, 2 GB; jvae writes no larger ones");
    }
    try {
      return message(out -> write(model, out));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static byte[] message(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    content.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static void write(CodedOutputStream out, int field, Content content) throws IOException {
    out.writeByteArray(field, message(content));
  }

  private void write(OnnxModel model, CodedOutputStream out) throws IOException {
    out.writeInt64(OnnxFields.MODEL_FORMAT, FORMAT);
    out.writeString(OnnxFields.MODEL_PRODUCER, PRODUCER);
    out.writeString(OnnxFields.MODEL_PRODUCER_VERSION, version);
    write(out, OnnxFields.MODEL_GRAPH, graph -> writeGraph(model, graph));
    write(out, OnnxFields.MODEL_OPERATIONS, operations -> {
      operations.writeString(OnnxFields.OPERATIONS_DOMAIN, "");
      operations.writeInt64(OnnxFields.OPERATIONS_VERSION, GraphTrace.OPERATIONS);
    });
    for (Map.Entry<String, String> word : model.metadata().entrySet()) {
      write(out, OnnxFields.MODEL_METADATA, entry -> {
        entry.writeString(OnnxFields.ENTRY_KEY, word.getKey());
        entry.writeString(OnnxFields.ENTRY_VALUE, word.getValue());
      });
    }
  }

  private static void writeGraph(OnnxModel model, CodedOutputStream out) throws IOException {
    for (OnnxNode node : model.nodes()) {
      write(out, OnnxFields.GRAPH_NODE, message -> writeNode(node, message));
    }
    out.writeString(OnnxFields.GRAPH_NAME, PRODUCER);
    for (Map.Entry<String, OnnxData> data : model.data().entrySet()) {
      write(
          out,
          OnnxFields.GRAPH_TENSOR,
          tensor -> writeData(data.getKey(), data.getValue(), tensor));
    }
    for (OnnxPort input : model.inputs()) {
      write(out, OnnxFields.GRAPH_INPUT, port -> writePort(input, port));
    }
    for (OnnxPort output : model.outputs()) {
      write(out, OnnxFields.GRAPH_OUTPUT, port -> writePort(output, port));
    }
  }

  private static void writeNode(OnnxNode node, CodedOutputStream out) throws IOException {
    for (String input : node.inputs()) {
      out.writeString(OnnxFields.NODE_INPUT, input);
    }
    for (String output : node.outputs()) {
      out.writeString(OnnxFields.NODE_OUTPUT, output);
    }
    out.writeString(OnnxFields.NODE_NAME, node.name());
    out.writeString(OnnxFields.NODE_OPERATOR, node.operator());
    for (Map.Entry<String, OnnxAttribute> attribute : new TreeMap<>(node.attributes()).entrySet()) {
      write(out, OnnxFields.NODE_ATTRIBUTE, message -> {
        message.writeString(OnnxFields.ATTRIBUTE_NAME, attribute.getKey());
        writeAttribute(attribute.getValue(), message);
      });
    }
  }

  private static void writeAttribute(OnnxAttribute attribute, CodedOutputStream out)
      throws IOException {
    if (attribute instanceof OnnxAttribute.Whole whole) {
      out.writeInt64(OnnxFields.ATTRIBUTE_INT, whole.value());
      out.writeEnum(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.KIND_INT);
    } else if (attribute instanceof OnnxAttribute.Real real) {
      out.writeFloat(OnnxFields.ATTRIBUTE_FLOAT, real.value());
      out.writeEnum(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.KIND_FLOAT);
    } else if (attribute instanceof OnnxAttribute.Wholes wholes) {
      for (long value : wholes.values()) {
        out.writeInt64(OnnxFields.ATTRIBUTE_INTS, value);
      }
      out.writeEnum(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.KIND_INTS);
    } else {
      throw new IllegalArgumentException("no recorded operation has an attribute " + attribute);
    }
  }

  private static void writeData(String name, OnnxData data, CodedOutputStream out)
      throws IOException {
    if (data instanceof OnnxData.Floats floats) {
      HostTensor value = floats.value();
      for (long extent : value.shape().toLongArray()) {
        out.writeInt64(OnnxFields.TENSOR_EXTENT, extent);
      }
      out.writeInt32(OnnxFields.TENSOR_TYPE, OnnxFields.TYPE_FLOAT);
      ByteBuffer bytes =
          ByteBuffer.allocate(value.data().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(value.data());
      out.writeByteArray(OnnxFields.TENSOR_BYTES, bytes.array());
    } else if (data instanceof OnnxData.Wholes wholes) {
      if (!wholes.isScalar()) {
        out.writeInt64(OnnxFields.TENSOR_EXTENT, wholes.values().size());
      }
      out.writeInt32(OnnxFields.TENSOR_TYPE, OnnxFields.TYPE_LONG);
      ByteBuffer bytes =
          ByteBuffer.allocate(wholes.values().size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      wholes.values().forEach(bytes::putLong);
      out.writeByteArray(OnnxFields.TENSOR_BYTES, bytes.array());
    }
    out.writeString(OnnxFields.TENSOR_NAME, name);
  }

  private static void writePort(OnnxPort port, CodedOutputStream out) throws IOException {
    out.writeString(OnnxFields.PORT_NAME, port.name());
    write(
        out,
        OnnxFields.PORT_TYPE,
        type -> write(type, OnnxFields.PORT_TYPE_TENSOR, tensor -> {
          tensor.writeInt32(OnnxFields.PORT_TENSOR_TYPE, OnnxFields.TYPE_FLOAT);
          write(tensor, OnnxFields.PORT_TENSOR_SHAPE, shape -> {
            for (OnnxPort.Extent extent : port.extents()) {
              write(shape, OnnxFields.SHAPE_EXTENT, message -> {
                if (extent.isKnown()) {
                  message.writeInt64(OnnxFields.EXTENT_SIZE, extent.size());
                } else if (!extent.symbol().isEmpty()) {
                  message.writeString(OnnxFields.EXTENT_SYMBOL, extent.symbol());
                }
              });
            }
          });
        }));
  }
}
