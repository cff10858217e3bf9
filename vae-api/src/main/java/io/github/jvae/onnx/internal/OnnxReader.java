package io.github.jvae.onnx.internal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads models in ONNX's format. Whatever a file claims, no more memory is taken than some times
 * its length: each claim is checked against the bytes that are there.
 */
public final class OnnxReader {
  private final Path file;

  private OnnxReader(Path file) {
    this.file = file;
  }

  /** What is done with the fields of a message. */
  @FunctionalInterface
  private interface Fields {
    /** Reads a field, or returns false to pass it over. */
    boolean read(int field, CodedInputStream in) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @throws VaeException if it is missing, cut off or no ONNX file, or its numbers are in other
   *     files, of another type than their operation needs, or not as many as it says
   */
  public static OnnxModel read(Path file) {
    FileChecks.requireFile(file);
    FileChecks.requireHeap(file, 3 * FileChecks.size(file));
    return new OnnxReader(file).model();
  }

  private OnnxModel model() {
    Graph graph = new Graph();
    Map<String, String> metadata = new LinkedHashMap<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(Files.readAllBytes(file));
      fields(in, (field, from) -> switch (field) {
        case OnnxFields.MODEL_GRAPH -> {
          message(from, graph);
          yield true;
        }
        case OnnxFields.MODEL_METADATA -> {
          readEntry(from, metadata);
          yield true;
        }
        default -> false;
      });
    } catch (InvalidProtocolBufferException e) {
      throw unreadable("it is no ONNX file, or is cut off");
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
    if (graph.nodes.isEmpty() || graph.outputs.isEmpty()) {
      throw unreadable("it is no ONNX file, as there is no graph in it");
    }
    return new OnnxModel(graph.nodes, graph.data, graph.inputs, graph.outputs, metadata);
  }

  private VaeException unreadable(String fault) {
    return FileFault.unreadable(file, fault, "export the model again", null);
  }

  private static void fields(CodedInputStream in, Fields fields) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!fields.read(WireFormat.getTagFieldNumber(tag), in)) {
        in.skipField(tag);
      }
    }
  }

  /** Reads a message within another. */
  private static void message(CodedInputStream in, Fields fields) throws IOException {
    int before = in.pushLimit(in.readRawVarint32());
    fields(in, fields);
    in.checkLastTagWas(0);
    in.popLimit(before);
  }

  private static void readEntry(CodedInputStream in, Map<String, String> metadata)
      throws IOException {
    String[] entry = {"", ""};
    message(in, (field, from) -> {
      if (field == OnnxFields.ENTRY_KEY || field == OnnxFields.ENTRY_VALUE) {
        entry[field - OnnxFields.ENTRY_KEY] = from.readString();
        return true;
      }
      return false;
    });
    metadata.put(entry[0], entry[1]);
  }

  /** The graph that is read. */
  private final class Graph implements Fields {
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, OnnxData> data = new LinkedHashMap<>();
    private final List<OnnxPort> inputs = new ArrayList<>();
    private final List<OnnxPort> outputs = new ArrayList<>();

    @Override
    public boolean read(int field, CodedInputStream in) throws IOException {
      switch (field) {
        case OnnxFields.GRAPH_NODE -> nodes.add(node(in));
        case OnnxFields.GRAPH_TENSOR -> {
          TensorMessage tensor = new TensorMessage();
          message(in, tensor);
          data.put(tensor.name(), data(tensor));
        }
        case OnnxFields.GRAPH_INPUT -> inputs.add(port(in));
        case OnnxFields.GRAPH_OUTPUT -> outputs.add(port(in));
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  private OnnxData data(TensorMessage tensor) {
    try {
      return tensor.data();
    } catch (VaeException e) {
      throw unreadable("its tensor " + Quote.of(tensor.name()) + " " + e.getMessage());
    }
  }

  private OnnxNode node(CodedInputStream in) throws IOException {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    String[] words = {"", "", ""};
    message(in, (field, from) -> {
      switch (field) {
        case OnnxFields.NODE_INPUT -> inputs.add(from.readString());
        case OnnxFields.NODE_OUTPUT -> outputs.add(from.readString());
        case OnnxFields.NODE_NAME -> words[0] = from.readString();
        case OnnxFields.NODE_OPERATOR -> words[1] = from.readString();
        case OnnxFields.NODE_DOMAIN -> words[2] = from.readString();
        case OnnxFields.NODE_ATTRIBUTE -> readAttribute(from, attributes);
        default -> {
          return false;
        }
      }
      return true;
    });
    boolean isStandard = words[2].isEmpty() || words[2].equals("ai.onnx");
    return new OnnxNode(
        isStandard ? words[1] : words[2] + "::" + words[1], words[0], inputs, outputs, attributes);
  }

  private void readAttribute(CodedInputStream in, Map<String, OnnxAttribute> attributes)
      throws IOException {
    AttributeMessage attribute = new AttributeMessage();
    message(in, attribute);
    attributes.put(attribute.name, attribute.value());
  }

  /** An attribute that is read. */
  private final class AttributeMessage implements Fields {
    private String name = "";
    private int kind;
    private long whole;
    private float real;
    private String text = "";
    private final List<Long> wholes = new ArrayList<>();
    private final TensorMessage tensor = new TensorMessage();

    @Override
    public boolean read(int field, CodedInputStream in) throws IOException {
      switch (field) {
        case OnnxFields.ATTRIBUTE_NAME -> name = in.readString();
        case OnnxFields.ATTRIBUTE_TYPE -> kind = in.readEnum();
        case OnnxFields.ATTRIBUTE_FLOAT -> real = in.readFloat();
        case OnnxFields.ATTRIBUTE_INT -> whole = in.readInt64();
        case OnnxFields.ATTRIBUTE_STRING -> text = in.readString();
        case OnnxFields.ATTRIBUTE_INTS -> TensorMessage.readLongs(in, wholes);
        case OnnxFields.ATTRIBUTE_TENSOR -> message(in, tensor);
        default -> {
          return false;
        }
      }
      return true;
    }

    OnnxAttribute value() {
      return switch (kind) {
        case OnnxFields.KIND_FLOAT -> new OnnxAttribute.Real(real);
        case OnnxFields.KIND_INT -> new OnnxAttribute.Whole(whole);
        case OnnxFields.KIND_STRING -> new OnnxAttribute.Text(text);
        case OnnxFields.KIND_INTS -> new OnnxAttribute.Wholes(wholes);
        case OnnxFields.KIND_TENSOR -> new OnnxAttribute.Data(data(tensor));
        default -> new OnnxAttribute.Other("of kind " + kind);
      };
    }
  }

  private static OnnxPort port(CodedInputStream in) throws IOException {
    String[] name = {""};
    List<OnnxPort.Extent> extents = new ArrayList<>();
    message(in, (field, from) -> {
      switch (field) {
        case OnnxFields.PORT_NAME -> name[0] = from.readString();
        case OnnxFields.PORT_TYPE ->
          message(
              from,
              within(
                  OnnxFields.PORT_TYPE_TENSOR,
                  type -> message(
                      type,
                      within(
                          OnnxFields.PORT_TENSOR_SHAPE,
                          shape -> message(
                              shape,
                              within(
                                  OnnxFields.SHAPE_EXTENT,
                                  extent -> extents.add(extent(extent))))))));
        default -> {
          return false;
        }
      }
      return true;
    });
    return new OnnxPort(name[0], extents);
  }

  /** Reads the content of a field. */
  @FunctionalInterface
  private interface Content {
    void readFrom(CodedInputStream in) throws IOException;
  }

  private static Fields within(int wanted, Content content) {
    return (field, in) -> {
      if (field == wanted) {
        content.readFrom(in);
      }
      return field == wanted;
    };
  }

  private static OnnxPort.Extent extent(CodedInputStream in) throws IOException {
    long[] size = {0};
    String[] symbol = {""};
    message(in, (field, from) -> {
      switch (field) {
        case OnnxFields.EXTENT_SIZE -> size[0] = from.readInt64();
        case OnnxFields.EXTENT_SYMBOL -> symbol[0] = from.readString();
        default -> {
          return false;
        }
      }
      return true;
    });
    return new OnnxPort.Extent(Math.max(0, size[0]), symbol[0]);
  }

  /** A tensor that is read. */
  private static final class TensorMessage implements Fields {
    private final List<Long> extents = new ArrayList<>();
    private String name = "";
    private int type;
    private boolean isElsewhere;
    private byte[] bytes = {};
    private final TensorNumbers numbers = new TensorNumbers();

    @Override
    public boolean read(int field, CodedInputStream in) throws IOException {
      switch (field) {
        case OnnxFields.TENSOR_EXTENT -> readLongs(in, extents);
        case OnnxFields.TENSOR_TYPE -> type = in.readInt32();
        case OnnxFields.TENSOR_NAME -> name = in.readString();
        case OnnxFields.TENSOR_BYTES -> bytes = in.readByteArray();
        case OnnxFields.TENSOR_FLOATS -> numbers.readFloats(in);
        case OnnxFields.TENSOR_LONGS -> readLongs(in, numbers.longs());
        case OnnxFields.TENSOR_LOCATION -> isElsewhere = in.readEnum() != 0;
        default -> {
          return false;
        }
      }
      return true;
    }

    String name() {
      return name;
    }

    /** Reads whole numbers, which may stand packed or one by one. */
    static void readLongs(CodedInputStream in, List<Long> into) throws IOException {
      if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        into.add(in.readInt64());
        return;
      }
      int before = in.pushLimit(in.readRawVarint32());
      while (in.getBytesUntilLimit() > 0) {
        into.add(in.readInt64());
      }
      in.popLimit(before);
    }

    OnnxData data() {
      if (isElsewhere) {
        throw new VaeException("lies in another file; export the model into one file");
      }
      return numbers.of(type, extents, bytes);
    }
  }
}
