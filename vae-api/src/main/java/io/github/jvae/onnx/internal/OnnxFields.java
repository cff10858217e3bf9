package io.github.jvae.onnx.internal;

/** The numbers of the fields of ONNX's messages, and of its types, that jvae writes or reads. */
final class OnnxFields {
  static final int MODEL_FORMAT = 1;
  static final int MODEL_PRODUCER = 2;
  static final int MODEL_PRODUCER_VERSION = 3;
  static final int MODEL_GRAPH = 7;
  static final int MODEL_OPERATIONS = 8;
  static final int MODEL_METADATA = 14;

  static final int OPERATIONS_DOMAIN = 1;
  static final int OPERATIONS_VERSION = 2;

  static final int ENTRY_KEY = 1;
  static final int ENTRY_VALUE = 2;

  static final int GRAPH_NODE = 1;
  static final int GRAPH_NAME = 2;
  static final int GRAPH_TENSOR = 5;
  static final int GRAPH_INPUT = 11;
  static final int GRAPH_OUTPUT = 12;

  static final int NODE_INPUT = 1;
  static final int NODE_OUTPUT = 2;
  static final int NODE_NAME = 3;
  static final int NODE_OPERATOR = 4;
  static final int NODE_ATTRIBUTE = 5;
  static final int NODE_DOMAIN = 7;

  static final int ATTRIBUTE_NAME = 1;
  static final int ATTRIBUTE_FLOAT = 2;
  static final int ATTRIBUTE_INT = 3;
  static final int ATTRIBUTE_STRING = 4;
  static final int ATTRIBUTE_TENSOR = 5;
  static final int ATTRIBUTE_INTS = 8;
  static final int ATTRIBUTE_TYPE = 20;

  static final int KIND_FLOAT = 1;
  static final int KIND_INT = 2;
  static final int KIND_STRING = 3;
  static final int KIND_TENSOR = 4;
  static final int KIND_INTS = 7;

  static final int TENSOR_EXTENT = 1;
  static final int TENSOR_TYPE = 2;
  static final int TENSOR_FLOATS = 4;
  static final int TENSOR_LONGS = 7;
  static final int TENSOR_NAME = 8;
  static final int TENSOR_BYTES = 9;
  static final int TENSOR_DOUBLES = 10;
  static final int TENSOR_LOCATION = 14;

  static final int TYPE_FLOAT = 1;
  static final int TYPE_LONG = 7;
  static final int TYPE_DOUBLE = 11;

  static final int PORT_NAME = 1;
  static final int PORT_TYPE = 2;
  static final int PORT_TYPE_TENSOR = 1;
  static final int PORT_TENSOR_TYPE = 1;
  static final int PORT_TENSOR_SHAPE = 2;
  static final int SHAPE_EXTENT = 1;
  static final int EXTENT_SIZE = 1;
  static final int EXTENT_SYMBOL = 2;

  private OnnxFields() {}
}
