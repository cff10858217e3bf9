package io.github.jvae.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.jvae.error.FileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A safetensors file")
class SafetensorsTest {
  @TempDir
  Path folder;

  @Nested
  @DisplayName("as written")
  class Written {
    @Test
    @DisplayName("gives back every bit, NaN and subnormal numbers included")
    void roundTrip() {
      Map<String, HostTensor> tensors = Map.of(
          "encoder.0.weight",
          HostTensor.of(Shape.of(2, 3), 1, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1e-40f, 7),
          "step",
          HostTensor.scalar(20),
          "odd \"name\" é 漢",
          HostTensor.of(Shape.of(2), Float.NaN, Float.NEGATIVE_INFINITY));
      Path file = folder.resolve("m.safetensors");
      Safetensors.write(file, tensors, Map.of("a", "b\n\"c\""));
      assertThat(Safetensors.read(file)).isEqualTo(tensors);
      assertThat(Safetensors.readHeader(file).metadata()).containsExactly(entry("a", "b\n\"c\""));
      assertThat(Safetensors.readHeader(file).shapes())
          .containsEntry("encoder.0.weight", Shape.of(2, 3))
          .containsEntry("step", Shape.scalar())
          .hasSize(3);
    }

    @Test
    @DisplayName("is laid out as the format says, byte by byte")
    void layout() throws IOException {
      Path file = folder.resolve("m.safetensors");
      Safetensors.write(
          file,
          Map.of("b", HostTensor.of(Shape.of(2), 1, 2), "a", HostTensor.scalar(3)),
          Map.of("format", "pt"));
      String header = "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
          + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
      String padded = header + " ".repeat((8 - header.length() % 8) % 8);
      ByteBuffer expected =
          ByteBuffer.allocate(8 + padded.length() + 12).order(ByteOrder.LITTLE_ENDIAN);
      expected.putLong(padded.length()).put(padded.getBytes(StandardCharsets.UTF_8));
      expected.putFloat(3).putFloat(1).putFloat(2);
      assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
    }

    @Test
    @DisplayName("does not depend on the order of the maps")
    void deterministic() throws IOException {
      Map<String, HostTensor> forward = new LinkedHashMap<>();
      Map<String, HostTensor> backward = new LinkedHashMap<>();
      for (int i = 0; i < 20; i++) {
        forward.put("t" + i, HostTensor.scalar(i));
        backward.put("t" + (19 - i), HostTensor.scalar(19 - i));
      }
      Safetensors.write(folder.resolve("f"), forward, Map.of());
      Safetensors.write(folder.resolve("b"), backward, Map.of());
      assertThat(folder.resolve("f")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @Test
    @DisplayName("passes tensors larger than its buffer, and none at all")
    void sizes() {
      float[] numbers = new float[(1 << 18) * 2 + 3];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      Map<String, HostTensor> large =
          Map.of("large", HostTensor.of(Shape.of(numbers.length), numbers));
      Path file = folder.resolve("m.safetensors");
      Safetensors.write(file, large, Map.of());
      assertThat(Safetensors.read(file)).isEqualTo(large);
      Safetensors.write(file, Map.of(), Map.of());
      assertThat(Safetensors.read(file)).isEmpty();
    }

    @Test
    @DisplayName("cannot hold a tensor with the name kept for the metadata")
    void reservedName() {
      Map<String, HostTensor> tensors = Map.of("__metadata__", HostTensor.scalar(1));
      assertThatThrownBy(() -> Safetensors.write(folder.resolve("m"), tensors, Map.of()))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("__metadata__");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Nested
  @DisplayName("of another implementation")
  class Foreign {
    @Test
    @DisplayName("is read, and written again byte for byte")
    void golden() throws IOException {
      Path file = folder.resolve("golden.safetensors");
      try (InputStream golden =
          SafetensorsTest.class.getResourceAsStream("golden-mlp-bernoulli.safetensors")) {
        Files.copy(Objects.requireNonNull(golden), file);
      }
      Map<String, HostTensor> tensors = Safetensors.read(file);
      assertThat(tensors).hasSize(12);
      assertThat(tensors.get("noise"))
          .isNotNull()
          .satisfies(noise -> assertThat(noise.shape()).isEqualTo(Shape.of(20, 8, 4)))
          .satisfies(noise -> assertThat(noise.isFinite()).isTrue());
      Safetensors.write(folder.resolve("copy"), tensors, Map.of());
      assertThat(folder.resolve("copy")).hasSameBinaryContentAs(file);
    }

    @Test
    @DisplayName("may hold 64-bit, half and brain floats, which become 32-bit floats")
    void otherFloats() throws IOException {
      ByteBuffer data = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
      data.putDouble(0.1).putDouble(1e300);
      data.putShort((short) 0x3c00).putShort((short) 0xc000).putShort((short) 0x0001);
      data.putShort((short) 0x7c00);
      data.putShort((short) 0x3f80).putShort((short) 0xc000).putShort((short) 0x7fc0);
      data.putShort((short) 0x0000);
      Path file = file(
          "{\"d\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
              + "\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[16,24]},"
              + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32],\"x\":[{}]}}",
          data.array());
      Map<String, HostTensor> tensors = Safetensors.read(file);
      assertThat(tensors)
          .containsEntry("d", HostTensor.of(Shape.of(2), 0.1f, Float.POSITIVE_INFINITY))
          .containsEntry("h", HostTensor.of(Shape.of(4), 1, -2, 0x1p-24f, Float.POSITIVE_INFINITY))
          .containsEntry("b", HostTensor.of(Shape.of(4), 1, -2, Float.NaN, 0));
    }

    @Test
    @DisplayName("has every half float read as the value it stands for")
    void everyHalf() {
      for (int bits = 0; bits < 1 << 16; bits++) {
        int exponent = bits >> 10 & 31;
        double fraction = (bits & 1023) / 1024.0;
        double magnitude = exponent == 31
            ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
            : exponent == 0 ? fraction * 0x1p-14 : (1 + fraction) * Math.pow(2, exponent - 15);
        float expected = (float) (bits >= 1 << 15 ? -magnitude : magnitude);
        assertThat(Safetensors.halfToFloat((short) bits)).isEqualTo(Float.valueOf(expected));
      }
    }

    @Test
    @DisplayName("with whole numbers shows its shapes, but is not read as floats")
    void integers() throws IOException {
      Path file =
          file("{\"ids\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]}}", new byte[16]);
      assertThat(Safetensors.readHeader(file).shapes()).containsEntry("ids", Shape.of(2));
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("tensor 'ids' holds numbers of type I64, not floats");
    }
  }

  @Nested
  @DisplayName("that is damaged")
  class Damaged {
    @ParameterizedTest(name = "{1}")
    @DisplayName("is refused on one line")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}  | needs 12 bytes for shape [3] of F32
            {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}} | ends at byte 16 of the data, but the file holds only 8
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  | its tensors end after 4 bytes of data, but it holds 8
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}  | begins at byte 4 of the data, but the one before ends at 0
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | begins at byte 4 of the data, but the one before ends at 8
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | Duplicate
            {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}  | has an extent of 0
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | has a shape that is not a list of whole numbers
            {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | has a shape that is not a list of whole numbers
            {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}} | has a shape that is not a list of whole numbers
            {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | has a shape that is not a list of whole numbers
            {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | has more than 2^31 - 9 elements
            {"a":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,4294967296]}} | ends at byte 4294967296 of the data
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}} | has a data_offsets that is not
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}} | lacks a dtype, a shape or two data_offsets
            {"a":{"dtype":"F32","shape":[2]}} | lacks a dtype, a shape or two data_offsets
            {"a":{"dtype":"F3","shape":[2],"data_offsets":[0,8]}} | has the unknown type 'F3'
            {"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}} | has a dtype of no name
            {"a":3} | tensor 'a' is not an object
            {"__metadata__":{"a":1}} | the metadata holds more than strings
            {"__metadata__":[]} | the metadata is not an object
            {"a\\nb":3} | tensor 'a\\nb' is not an object
            [] | does not begin with '{'
            {} {} | something follows
            {"a": | its header is not valid JSON
            """)
    void badHeader(String header, String fault) throws IOException {
      Path file = file(header, new byte[8]);
      assertThatThrownBy(() -> Safetensors.read(file))
          .isExactlyInstanceOf(FileException.class)
          .hasMessageStartingWith("cannot read " + file + ": ")
          .hasMessageContaining(fault)
          .hasMessageNotContaining("\n");
      assertThatThrownBy(() -> Safetensors.readHeader(file)).hasMessageContaining(fault);
    }

    @ParameterizedTest(name = "a claim of {0} bytes")
    @DisplayName("claims no more header than there can be")
    @CsvSource({
      "9, the file ends after 16",
      "100000000, the file ends after 16",
      "100000001, more than the 100 MB allowed",
      "9223372036854775807, more than the 100 MB allowed",
      "-1, 18446744073709551615 bytes"
    })
    void headerLength(long claim, String fault) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(claim);
      Path file = Files.write(folder.resolve("m.safetensors"), bytes.array());
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(fault);
    }

    @Test
    @DisplayName("by being empty, missing, a folder or in another encoding says so")
    void noFile() throws IOException {
      Path file = folder.resolve("m.safetensors");
      assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("no such file");
      Files.write(file, new byte[0]);
      assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("too short");
      assertThatThrownBy(() -> Safetensors.read(folder)).isInstanceOf(VaeException.class);
      byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
      ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(file, bytes.putLong(4).put(utf16).array());
      assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(VaeException.class);
    }
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("m.safetensors"), bytes.array());
  }
}
