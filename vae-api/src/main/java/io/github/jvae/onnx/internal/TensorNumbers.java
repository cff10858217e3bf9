package io.github.jvae.onnx.internal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numbers of a tensor as a file has them: as bytes, or one after the other. */
final class TensorNumbers {
  private static final int MOST_AXES = 8;

  private float[] floats = {};
  private int count;
  private final List<Long> longs = new ArrayList<>();

  /** Returns where whole numbers are gathered. */
  List<Long> longs() {
    return longs;
  }

  /** Reads floats, which may stand packed or one by one. */
  void readFloats(CodedInputStream in) throws IOException {
    if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      add(in.readFloat());
      return;
    }
    int before = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      add(in.readFloat());
    }
    in.popLimit(before);
  }

  private void add(float value) {
    if (count == floats.length) {
      floats = Arrays.copyOf(floats, Math.max(16, 2 * count));
    }
    floats[count++] = value;
  }

  /**
   * Returns the tensor.
   *
   * @param type of ONNX
   * @param bytes the numbers, if they were given so
   * @throws VaeException if there are not as many as the extents say, or of a type that no network
   *     has; the message goes on after the tensor's name
   */
  OnnxData of(int type, List<Long> extents, byte[] bytes) {
    if (extents.contains(0L) && bytes.length == 0 && count == 0 && longs.isEmpty()) {
      // Of nothing, such as an operand that is given but not used.
      return new OnnxData.Wholes(false, List.of());
    }
    return switch (type) {
      case OnnxFields.TYPE_FLOAT -> floats(extents, ByteBuffer.wrap(bytes));
      case OnnxFields.TYPE_LONG -> wholes(extents, ByteBuffer.wrap(bytes));
      default ->
        throw new VaeException("is of ONNX's type " + type
            + ", but weights are read in single precision (1) and shapes as whole numbers (7)");
    };
  }

  private OnnxData floats(List<Long> extents, ByteBuffer bytes) {
    int given = bytes.hasRemaining() ? bytes.remaining() / Float.BYTES : count;
    requireCount(extents, given, bytes.remaining() % Float.BYTES == 0);
    float[] values = new float[given];
    if (bytes.hasRemaining()) {
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    } else {
      System.arraycopy(floats, 0, values, 0, given);
    }
    return new OnnxData.Floats(
        HostTensor.of(Shape.of(extents.stream().mapToInt(Long::intValue).toArray()), values));
  }

  private OnnxData wholes(List<Long> extents, ByteBuffer bytes) {
    List<Long> values = new ArrayList<>(longs);
    requireCount(
        extents,
        bytes.hasRemaining() ? bytes.remaining() / Long.BYTES : values.size(),
        bytes.remaining() % Long.BYTES == 0);
    var numbers = bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    while (numbers.hasRemaining()) {
      values.add(numbers.get());
    }
    return new OnnxData.Wholes(extents.isEmpty(), values);
  }

  private static void requireCount(List<Long> extents, int given, boolean isWhole) {
    if (extents.size() > MOST_AXES) {
      throw new VaeException(
          "has " + extents.size() + " axes, of which there are at most " + MOST_AXES);
    }
    long wanted = 1;
    for (long extent : extents) {
      if (extent < 0 || (extent > 0 && wanted > Integer.MAX_VALUE / extent)) {
        throw new VaeException("claims to be " + extents + ", which no tensor here can be");
      }
      wanted *= extent;
    }
    if (wanted != given || !isWhole) {
      throw new VaeException("claims to be " + extents + ", but holds " + given + " numbers");
    }
  }
}
