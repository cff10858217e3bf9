package io.github.jvae.spark;

import io.github.jvae.error.DataException;
import io.github.jvae.internal.Quote;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers of one column, as many in each row.
 *
 * @param name of the column
 * @param place of the column in rows
 * @param kind what its cells are
 * @param extents of an example, such as channels, height and width
 * @param what the numbers are of, for messages
 */
record InputColumn(String name, int place, Kind kind, List<Integer> extents, String what)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final float LEVELS = 255;
  private static final int IMAGE_RANK = 3;

  /** What cells may be. */
  enum Kind {
    VECTOR,
    NUMBERS,
    LEVELS,
    BINARY,
    IMAGE,
    NUMBER
  }

  InputColumn {
    extents = List.copyOf(extents);
  }

  /**
   * Finds a column of examples.
   *
   * @param extents of an example
   * @throws DataException if there is none of this name, or its cells are no examples
   */
  static InputColumn ofExamples(StructType schema, String name, List<Integer> extents) {
    InputColumn column = of(schema, name, extents, "the model's examples");
    if (column.kind == Kind.NUMBER && column.size() != 1) {
      throw column.wrongType(schema);
    }
    return column;
  }

  /**
   * Finds a column of conditions; a number where several are wanted is that of a class.
   *
   * @param condition its name in the model
   * @param extents of it
   * @throws DataException if there is none of this name, or its cells are no conditions
   */
  static InputColumn ofConditions(
      StructType schema, String name, String condition, List<Integer> extents) {
    InputColumn column = of(schema, name, extents, "the condition " + Quote.of(condition));
    if (column.kind == Kind.IMAGE) {
      throw column.wrongType(schema);
    }
    return column;
  }

  private static InputColumn of(
      StructType schema, String name, List<Integer> extents, String what) {
    int place = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (place < 0) {
      throw new DataException("there is no column " + Quote.of(name) + "; the columns are "
          + Quote.list(Arrays.asList(schema.fieldNames())));
    }
    Kind kind = kind(schema.apply(name).dataType());
    InputColumn column =
        new InputColumn(name, place, kind == null ? Kind.NUMBER : kind, extents, what);
    if (kind == null) {
      throw column.wrongType(schema);
    }
    return column;
  }

  private static @Nullable Kind kind(DataType type) {
    if (type.equals(SQLDataTypes.VectorType())) {
      return Kind.VECTOR;
    }
    if (type.equals(DataTypes.BinaryType)) {
      return Kind.BINARY;
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return array.elementType() instanceof ByteType ? Kind.LEVELS : Kind.NUMBERS;
    }
    if (type instanceof StructType struct
        && Arrays.equals(struct.fieldNames(), ImageSchema.columnSchema().fieldNames())) {
      return Kind.IMAGE;
    }
    return type instanceof NumericType ? Kind.NUMBER : null;
  }

  private DataException wrongType(StructType schema) {
    return new DataException("column " + Quote.of(name) + " is of type "
        + schema.apply(name).dataType().simpleString() + ", but " + what
        + (size() == 1 ? " is 1 number" : " are " + size() + " numbers")
        + "; give a vector, an array of numbers, or bytes");
  }

  /** Returns how many numbers a row gives. */
  int size() {
    return extents.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * Reads a row.
   *
   * @param row any
   * @param where it is, for messages
   * @return as many numbers as {@link #size} says
   * @throws DataException if there is none, they are fewer or more, or one is not finite
   */
  float[] read(Row row, String where) {
    if (row.isNullAt(place)) {
      throw fault(where, "is null; leave such rows out, or fill them in");
    }
    float[] numbers = switch (kind) {
      case VECTOR -> floats(row.<Vector>getAs(place).toArray());
      case NUMBERS -> numbers(row.getList(place), where);
      case LEVELS -> levels(numbers(row.getList(place), where));
      case BINARY -> levels(row.<byte[]>getAs(place));
      case IMAGE -> pixels(row.getStruct(place), where);
      case NUMBER -> number(row.<Number>getAs(place), where);
    };
    if (numbers.length != size()) {
      throw fault(
          where,
          "has " + numbers.length + " numbers, but " + what
              + (size() == 1 ? " is 1" : " are " + size()) + "; give rows of that length");
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw fault(
            where, "has " + numbers[i] + " as number " + i + "; fill it in, or leave it out");
      }
    }
    return numbers;
  }

  private DataException fault(String where, String fault) {
    return new DataException("column " + Quote.of(name) + " of " + where + " " + fault);
  }

  private static float[] floats(double[] numbers) {
    float[] result = new float[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) numbers[i];
    }
    return result;
  }

  private float[] numbers(List<?> cells, String where) {
    float[] result = new float[cells.size()];
    int i = 0;
    for (Object cell : cells) {
      if (!(cell instanceof Number number)) {
        throw fault(where, "has null as number " + i + "; fill it in, or leave the row out");
      }
      result[i++] = number.floatValue();
    }
    return result;
  }

  /** Bytes are from -128 to 127 in Java, and pixels from 0 to 255. */
  private static float[] levels(float[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ((int) bytes[i] & 0xff) / LEVELS;
    }
    return bytes;
  }

  private static float[] levels(byte[] bytes) {
    float[] result = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = (bytes[i] & 0xff) / LEVELS;
    }
    return result;
  }

  /** Returns [channels, height, width] of rows of pixels, each blue, green and red. */
  private float[] pixels(Row image, String where) {
    int height = ImageSchema.getHeight(image);
    int width = ImageSchema.getWidth(image);
    int channels = ImageSchema.getNChannels(image);
    List<Integer> given = List.of(channels, height, width);
    if (extents.size() != IMAGE_RANK || !given.equals(extents)) {
      throw fault(
          where,
          "is an image " + given + " [channels, height, width], but " + what + " are " + extents
              + "; resize it, or take another column");
    }
    byte[] data = ImageSchema.getData(image);
    if (data.length != size()) {
      throw fault(
          where,
          "has " + data.length + " bytes of pixels, not one of each of " + size() + " numbers");
    }
    float[] result = new float[data.length];
    for (int channel = 0; channel < channels; channel++) {
      int stored = channels >= IMAGE_RANK && channel < IMAGE_RANK ? 2 - channel : channel;
      for (int pixel = 0; pixel < height * width; pixel++) {
        result[channel * height * width + pixel] =
            (data[pixel * channels + stored] & 0xff) / LEVELS;
      }
    }
    return result;
  }

  /** One number, or the class that it counts as 1 among zeros. */
  private float[] number(Number value, String where) {
    if (size() == 1) {
      return new float[] {value.floatValue()};
    }
    double number = value.doubleValue();
    if (number != Math.rint(number) || number < 0 || number >= size()) {
      throw fault(
          where,
          "is " + value + ", but " + what + " has the classes 0 to " + (size() - 1)
              + "; give one of them");
    }
    float[] result = new float[size()];
    result[(int) number] = 1;
    return result;
  }
}
