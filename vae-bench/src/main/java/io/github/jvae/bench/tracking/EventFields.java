package io.github.jvae.bench.tracking;

/**
 * The numbers of the fields, and of the words for values, in TensorBoard's messages: of
 * {@code event.proto}, {@code summary.proto}, {@code histogram.proto} and {@code tensor.proto}, of
 * the plugin for hyper-parameters in {@code plugin_data.proto}, and of {@code struct.proto}.
 */
final class EventFields {
  static final int EVENT_WALL_TIME = 1;
  static final int EVENT_STEP = 2;
  static final int EVENT_FILE_VERSION = 3;
  static final int EVENT_SUMMARY = 5;
  static final int EVENT_SESSION_LOG = 7;
  static final int EVENT_SOURCE = 10;

  static final int SOURCE_WRITER = 1;

  static final int SESSION_LOG_STATUS = 1;
  static final int SESSION_STARTS = 1;

  static final int SUMMARY_VALUE = 1;

  static final int VALUE_TAG = 1;
  static final int VALUE_NUMBER = 2;
  static final int VALUE_IMAGE = 4;
  static final int VALUE_HISTOGRAM = 5;
  static final int VALUE_TENSOR = 8;
  static final int VALUE_METADATA = 9;

  static final int IMAGE_HEIGHT = 1;
  static final int IMAGE_WIDTH = 2;
  static final int IMAGE_COLOURS = 3;
  static final int IMAGE_FILE = 4;
  static final int COLOURS_RGB = 3;

  static final int HISTOGRAM_MIN = 1;
  static final int HISTOGRAM_MAX = 2;
  static final int HISTOGRAM_COUNT = 3;
  static final int HISTOGRAM_SUM = 4;
  static final int HISTOGRAM_SUM_OF_SQUARES = 5;
  static final int HISTOGRAM_LIMIT = 6;
  static final int HISTOGRAM_BUCKET = 7;

  static final int METADATA_PLUGIN = 1;
  static final int METADATA_DATA_CLASS = 4;
  static final int DATA_CLASS_TENSOR = 2;
  static final int PLUGIN_NAME = 1;
  static final int PLUGIN_CONTENT = 2;

  static final int TENSOR_TYPE = 1;
  static final int TENSOR_SHAPE = 2;
  static final int TENSOR_FLOATS = 5;
  static final int TYPE_FLOAT = 1;
  static final int SHAPE_EXTENT = 2;
  static final int EXTENT_SIZE = 1;

  static final int HYPER_PARAMETERS_START = 3;
  static final int HYPER_PARAMETERS_END = 4;
  static final int START_VALUE = 1;
  static final int START_SECONDS = 5;
  static final int END_STATUS = 1;
  static final int END_SECONDS = 2;
  static final int STATUS_SUCCESS = 1;
  static final int STATUS_FAILURE = 2;

  static final int ENTRY_KEY = 1;
  static final int ENTRY_VALUE = 2;
  static final int JSON_NUMBER = 2;
  static final int JSON_TEXT = 3;
  static final int JSON_FLAG = 4;

  private EventFields() {}
}
