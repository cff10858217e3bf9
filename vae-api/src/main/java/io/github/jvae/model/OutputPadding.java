package io.github.jvae.model;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.io.Serial;

/**
 * What a transposed convolution adds to its image at the bottom and at the right. A convolution
 * with a stride makes images of several sizes equally large; this says which of them its transpose
 * gives back. As JSON it is one number where both are the same, and {@code [rows, columns]}
 * elsewhere.
 *
 * @param rows rows added at the bottom
 * @param columns columns added at the right
 */
@JsonDeserialize(using = OutputPadding.Reader.class)
public record OutputPadding(int rows, int columns) {

  /** Returns what adds as many rows as columns. */
  public static OutputPadding both(int extent) {
    return new OutputPadding(extent, extent);
  }

  @JsonValue
  Object toJson() {
    return rows == columns ? (Object) rows : new int[] {rows, columns};
  }

  /** Reads one number, in whatever form a whole number is read, or two. */
  static final class Reader extends StdDeserializer<OutputPadding> {
    @Serial
    private static final long serialVersionUID = 1;

    Reader() {
      super(OutputPadding.class);
    }

    @Override
    public OutputPadding deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        return both(_parseIntPrimitive(parser, context));
      }
      int[] extents = context.readValue(parser, int[].class);
      if (extents.length != 2) {
        return context.reportInputMismatch(
            this,
            "an output padding is one number, or [rows, columns], not %d numbers",
            extents.length);
      }
      return new OutputPadding(extents[0], extents[1]);
    }

    /** What is not given is 0, as any other number of a layer is. */
    @Override
    public OutputPadding getNullValue(DeserializationContext context) {
      return both(0);
    }
  }
}
