package io.github.jvae.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, read and checked against the length of the file. What it says
 * can be trusted afterwards: the tensors lie one behind the other, without holes, and fill the file
 * to its end.
 */
final class SafetensorsHeader {
  /** The bytes that hold the length of the header. */
  static final int PREFIX = Long.BYTES;

  /** The name that stands for the metadata and so cannot be a tensor's. */
  static final String METADATA = "__metadata__";

  /** The limit of the reference implementation. */
  private static final long LONGEST = 100_000_000;

  /** Java arrays end a little below 2^31 - 1 elements. */
  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private static final String CURE = "fetch or save the file anew";

  /** Without the table of known names, which a file of chosen names can make slow or overflow. */
  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .build();

  /** The width in bytes of an element, by the name of its type. */
  private static final Map<String, Integer> WIDTHS = Map.ofEntries(
      Map.entry("BOOL", 1),
      Map.entry("U8", 1),
      Map.entry("I8", 1),
      Map.entry("F8_E4M3", 1),
      Map.entry("F8_E5M2", 1),
      Map.entry("F8_E8M0", 1),
      Map.entry("I16", 2),
      Map.entry("U16", 2),
      Map.entry("F16", 2),
      Map.entry("BF16", 2),
      Map.entry("I32", 4),
      Map.entry("U32", 4),
      Map.entry("F32", 4),
      Map.entry("I64", 8),
      Map.entry("U64", 8),
      Map.entry("F64", 8),
      Map.entry("C64", 8));

  /** A tensor and where its bytes lie, counted from the end of the header. */
  record Entry(String name, String type, Shape shape, long begin, long end) {}

  private final Path file;
  private final List<Entry> entries;
  private final Map<String, String> metadata;
  private final long dataStart;

  private SafetensorsHeader(
      Path file, List<Entry> entries, Map<String, String> metadata, long dataStart) {
    this.file = file;
    this.entries = entries;
    this.metadata = metadata;
    this.dataStart = dataStart;
  }

  /** The tensors in the order of their bytes. */
  List<Entry> entries() {
    return entries;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** Where the bytes of a tensor begin in the file. */
  long position(Entry entry) {
    return dataStart + entry.begin();
  }

  /** The shapes by name, in the order of the names. */
  SortedMap<String, Shape> shapes() {
    TreeMap<String, Shape> shapes = new TreeMap<>();
    entries.forEach(e -> shapes.put(e.name(), e.shape()));
    return shapes;
  }

  /** Reads and checks the header of an open file. */
  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long fileLength = channel.size();
    if (fileLength < PREFIX) {
      throw damaged(file, "it is " + fileLength + " bytes long, too short for a safetensors file");
    }
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, channel, prefix, 0);
    long headerLength = prefix.flip().getLong();
    if (headerLength < 0 || headerLength > LONGEST) {
      throw damaged(
          file,
          "its header claims "
              + Long.toUnsignedString(headerLength)
              + " bytes, more than the 100 MB allowed, so it is no safetensors file or is damaged");
    }
    if (headerLength > fileLength - PREFIX) {
      throw damaged(
          file,
          "its header claims " + headerLength + " bytes, but the file ends after " + fileLength);
    }
    ByteBuffer header = ByteBuffer.allocate((int) headerLength);
    readFully(file, channel, header, PREFIX);
    SafetensorsHeader result = new SafetensorsHeader(
        file, new ArrayList<>(), new LinkedHashMap<>(), PREFIX + headerLength);
    result.parse(header.flip());
    result.checkLayout(fileLength - PREFIX - headerLength);
    return result;
  }

  /** Fills a buffer from a place in the file. */
  static void readFully(Path file, FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long next = position;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, next);
      if (count < 0) {
        throw damaged(file, "it ended while being read");
      }
      next += count;
    }
  }

  static VaeException damaged(Path file, String fault) {
    return FileFault.unreadable(file, fault, CURE, null);
  }

  private void parse(ByteBuffer header) throws IOException {
    String text = decode(header);
    if (!text.startsWith("{")) {
      throw damaged(file, "its header does not begin with '{', so it is no safetensors file");
    }
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals(METADATA)) {
          parseMetadata(json);
        } else {
          entries.add(parseEntry(name, json));
        }
      }
      if (json.nextToken() != null) {
        throw damaged(file, "something follows the JSON object of its header");
      }
    } catch (JsonProcessingException e) {
      throw FileFault.unreadable(
          file, "its header is not valid JSON: " + Quote.message(e.getOriginalMessage()), CURE, e);
    }
  }

  /** Strictly UTF-8: left to itself, the JSON parser would guess the encoding from the bytes. */
  private String decode(ByteBuffer header) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(header).toString();
    } catch (CharacterCodingException e) {
      throw FileFault.unreadable(file, "its header is not UTF-8 text", CURE, e);
    }
  }

  private void parseMetadata(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, METADATA, "is not an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      require(json.nextToken() == JsonToken.VALUE_STRING, METADATA, "holds more than strings");
      metadata.put(key, json.getText());
    }
  }

  private Entry parseEntry(String name, JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, name, "is not an object");
    String type = null;
    long[] extents = null;
    long[] offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> {
          require(json.currentToken() == JsonToken.VALUE_STRING, name, "has a dtype of no name");
          type = json.getText();
        }
        case "shape" -> extents = parseNumbers(name, field, json);
        case "data_offsets" -> offsets = parseNumbers(name, field, json);
        default -> json.skipChildren();
      }
    }
    return entry(name, type, extents, offsets);
  }

  private long[] parseNumbers(String name, String field, JsonParser json) throws IOException {
    String fault = "has a " + field + " that is not a list of whole numbers from 0";
    require(json.currentToken() == JsonToken.START_ARRAY, name, fault);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, name, fault);
      require(json.getNumberType() != JsonParser.NumberType.BIG_INTEGER, name, fault);
      require(json.getLongValue() >= 0, name, fault);
      numbers.add(json.getLongValue());
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private Entry entry(
      String name, @Nullable String type, long @Nullable [] extents, long @Nullable [] offsets) {
    if (type == null || extents == null || offsets == null || offsets.length != 2) {
      throw tensorFault(name, "lacks a dtype, a shape or two data_offsets");
    }
    Integer width = WIDTHS.get(type);
    if (width == null) {
      throw FileFault.unreadable(
          file,
          "tensor " + Quote.of(name) + " has the unknown type " + Quote.of(type),
          "store it as F32",
          null);
    }
    Shape shape = shape(name, extents);
    long bytes = (long) shape.size() * width;
    // Both offsets are at least 0, so the difference does not overflow.
    if (offsets[1] - offsets[0] != bytes) {
      throw tensorFault(
          name,
          "needs " + bytes + " bytes for shape " + Quote.bare(shape) + " of " + type
              + ", but its offsets span " + (offsets[1] - offsets[0]));
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private Shape shape(String name, long[] extents) {
    long size = 1;
    int[] dimensions = new int[extents.length];
    for (int i = 0; i < extents.length; i++) {
      require(extents[i] > 0, name, "has an extent of 0 and so holds no number");
      require(extents[i] <= MOST_ELEMENTS / size, name, "has more than 2^31 - 9 elements");
      size *= extents[i];
      dimensions[i] = (int) extents[i];
    }
    return Shape.of(dimensions);
  }

  /** The tensors must follow each other without holes or overlaps, and fill the file. */
  private void checkLayout(long dataLength) {
    entries.sort(Comparator.comparingLong(Entry::begin));
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw tensorFault(
            entry.name(),
            "begins at byte " + entry.begin() + " of the data, but the one before ends at " + end);
      }
      end = entry.end();
      if (end > dataLength) {
        throw tensorFault(
            entry.name(),
            "ends at byte " + end + " of the data, but the file holds only " + dataLength
                + ": it was cut short");
      }
    }
    if (end != dataLength) {
      throw damaged(
          file, "its tensors end after " + end + " bytes of data, but it holds " + dataLength);
    }
  }

  private void require(boolean condition, String name, String fault) {
    if (!condition) {
      throw tensorFault(name, fault);
    }
  }

  private VaeException tensorFault(String name, String fault) {
    String what = name.equals(METADATA) ? "the metadata" : "tensor " + Quote.of(name);
    return damaged(file, what + " " + fault);
  }
}
