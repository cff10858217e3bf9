package io.github.jvae.data.array;

import static io.github.jvae.data.array.ArraySamples.counting;
import static io.github.jvae.data.array.ArraySamples.doubles;
import static io.github.jvae.data.array.ArraySamples.example;
import static io.github.jvae.data.array.ArraySamples.floats;
import static io.github.jvae.data.array.ArraySamples.npy;
import static io.github.jvae.data.array.ArraySamples.npz;
import static io.github.jvae.data.array.ArraySamples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Samples;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.Shape;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An NPZ archive")
class NpzFormatTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final byte[] IMAGES = npy("|u1", "(4, 2, 3)", counting(24));
  private static final byte[] LABELS = npy("|u1", "(4,)", new byte[] {0, 2, 1, 2});

  @TempDir
  Path folder;

  private Path write(boolean stored, Map<String, byte[]> arrays) {
    return Samples.write(folder.resolve("x.npz"), npz(stored, arrays));
  }

  @ParameterizedTest(name = "stored: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("of images and labels is read, stored or compressed")
  void imagesAndLabels(boolean stored) {
    DataParts data = open(write(stored, Map.of("x", IMAGES, "y", LABELS)));
    assertThat(data.train()).isInstanceOf(ImageExamples.class);
    assertThat(data.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(data.train().size()).isEqualTo(3);
    assertThat(Samples.pixels(data.train(), 1)).containsExactly(6, 7, 8, 9, 10, 11);
    Labels labels = data.train().labels().orElseThrow();
    assertThat(labels.classes()).isEqualTo(3);
    assertThat(labels.label(1)).isEqualTo(2);
    assertThat(data.notes()).isEmpty();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "x, y",
    "X, Y",
    "data, labels",
    "imgs, latents_classes",
    "images, target",
    "arr_0, label",
    "mine, targets",
  })
  @DisplayName("is searched for the usual names, and for the only array that may be examples")
  void names(String examples, String labels) {
    DataParts data = open(write(true, Map.of(examples, IMAGES, labels, LABELS)));
    assertThat(data.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(data.train().labels()).isPresent();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @CsvSource({
    "x_train, y_train, x_test, y_test",
    "train_images, train_labels, test_images, test_labels",
    "X_train, Y_train, X_test, Y_test",
    "data, target, testdata, testtarget",
  })
  @DisplayName("may bring both parts, whose classes are counted together")
  void parts(String train, String trainLabels, String test, String testLabels) {
    DataParts data = open(write(
        false,
        Map.of(
            train,
            IMAGES,
            trainLabels,
            LABELS,
            test,
            npy("|u1", "(1, 2, 3)", counting(6)),
            testLabels,
            npy("<i8", "(1, 1)", new byte[] {3, 0, 0, 0, 0, 0, 0, 0}))));
    assertThat(data.train().size()).isEqualTo(4);
    assertThat(data.test().size()).isEqualTo(1);
    assertThat(data.validation()).isEmpty();
    assertThat(data.train().labels().orElseThrow().classes()).isEqualTo(4);
    assertThat(data.test().labels().orElseThrow().label(0)).isEqualTo(3);
  }

  @Test
  @DisplayName("may bring a validation part, and parts that are of one kind only together")
  void validation() {
    byte[] some = npy("<i4", "(2, 1)", ArraySamples.ints(LITTLE, 0, 1));
    byte[] more = npy("<i4", "(2, 1)", ArraySamples.ints(LITTLE, 7, 3));
    DataParts data =
        open(write(true, Map.of("train_data", some, "val_data", some, "test_data", more)));
    assertThat(data.validation().orElseThrow().size()).isEqualTo(2);
    assertThat(data.train().elements()).hasToString("counts");
    assertThat(example(data.test(), 0)).containsExactly(7);
  }

  @Test
  @DisplayName("whose labels are no classes has them as known factors")
  void factors() {
    byte[] classes = npy("<i4", "(4, 2)", ArraySamples.ints(LITTLE, 0, 1, 2, 3, 4, 5, 6, 7));
    Examples examples =
        open(write(true, Map.of("imgs", IMAGES, "latents_classes", classes))).train();
    Factors factors = examples.factors().orElseThrow();
    assertThat(factors.names()).containsExactly("latents_classes_0", "latents_classes_1");
    assertThat(factors.value(2, 1)).isEqualTo(5);
    byte[] measured = npy("<f8", "(4,)", doubles(LITTLE, 0.5, 1.5, 2.5, 3.5));
    examples = open(write(true, Map.of("x", IMAGES, "y", measured))).train();
    assertThat(examples.factors().orElseThrow().value(2, 0)).isEqualTo(2.5);
  }

  @Test
  @DisplayName("whose labels are rows of one 1 among zeros has classes by their columns")
  void oneHot() {
    byte[] rows = npy("<f4", "(4, 3)", floats(LITTLE, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0));
    Labels labels =
        open(write(true, Map.of("x", IMAGES, "y", rows))).train().labels().orElseThrow();
    assertThat(labels.classes()).isEqualTo(3);
    assertThat(labels.label(0)).isEqualTo(1);
    assertThat(labels.label(1)).isZero();
    byte[] several = npy("<f4", "(4, 3)", floats(LITTLE, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0));
    Examples examples = open(write(true, Map.of("x", IMAGES, "y", several))).train();
    assertThat(examples.labels()).isEmpty();
    assertThat(examples.factors()).isPresent();
    byte[] missing = npy("<f8", "(4,)", doubles(LITTLE, 0, Double.NaN, 1, 2));
    Path file = write(true, Map.of("x", IMAGES, "y", missing));
    assertThatThrownBy(() -> open(file)).hasMessageContaining("y.npy has NaN at [1]");
  }

  @Test
  @DisplayName("whose classes do not count from 0 has them by their numbers")
  void numberedClasses() {
    byte[] labels = npy("<f4", "(4, 1)", floats(LITTLE, 10, 1, 10, 3));
    Labels read =
        open(write(true, Map.of("x", IMAGES, "y", labels))).train().labels().orElseThrow();
    assertThat(read.classNames()).containsExactly("1", "3", "10");
    assertThat(read.label(0)).isEqualTo(2);
  }

  @Test
  @DisplayName("is read by names that are told, and says what was passed over")
  void told() {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("a", IMAGES);
    arrays.put("b", npy("|u1", "(4, 2)", counting(8)));
    arrays.put("c", LABELS);
    arrays.put("meta", npy("|O", "()", counting(30)));
    Path file = write(true, arrays);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(VaeException.class)
        .hasMessage(
            file + " has no array that is plainly one of examples, but 'a' (uint8 [4, 2, 3]),"
                + " 'b' (uint8 [4, 2]), 'c' (uint8 [4]), 'meta' (unreadable); name one of them with"
                + " --array");
    DataParts data = open(file, Options.none().with("array", "b").with("label", "c"));
    assertThat(data.shape()).isEqualTo(Shape.of(2));
    assertThat(data.train().labels()).isPresent();
    assertThat(data.notes())
        .containsExactly("x.npz: took 'b' (uint8 [4, 2]), 'c' (uint8 [4]), passed over"
            + " 'a' (uint8 [4, 2, 3]), 'meta' (unreadable)");
    assertThatThrownBy(() -> open(file, Options.none().with("array", "q")))
        .hasMessageContaining("has no array 'q', but 'a'");
    assertThatThrownBy(() -> open(file, Options.none().with("array", "meta")))
        .hasMessageContainingAll("meta.npy holds Python objects", "never unpickled");
  }

  @Test
  @DisplayName("without arrays, or with labels that do not fit, is refused")
  void refusals() {
    assertThatThrownBy(() -> open(write(true, Map.of()))).isInstanceOf(VaeException.class);
    Path file = write(true, Map.of("x", IMAGES, "y", npy("|u1", "(3,)", counting(3))));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("has 4 examples", "'y' (uint8 [3])", "are not of as many");
    Path objects = write(true, Map.of("x", IMAGES, "y", npy("|O", "(4,)", counting(40))));
    assertThat(open(objects).notes()).anyMatch(note -> note.contains("passed over the labels 'y'"));
    Path damaged = write(true, Map.of("x", npy("<f4", "(400000000, 3)", counting(24))));
    assertThatThrownBy(() -> open(damaged)).hasMessageContaining("its header claims");
    byte[] cut = npz(true, Map.of("x", IMAGES));
    Path cutShort = Samples.write(folder.resolve("c.npz"), Arrays.copyOf(cut, 90));
    assertThatThrownBy(() -> open(cutShort)).hasMessageContaining("without its list of files");
  }

  @Test
  @DisplayName("whose compressed bytes were changed does not match its checksum")
  void checksum() {
    byte[] noise = new byte[40_000];
    new Random(1).nextBytes(noise);
    byte[] bytes = npz(false, Map.of("x", npy("|u1", "(400, 100)", noise)));
    bytes[20_000] ^= 4;
    Path file = Samples.write(folder.resolve("x.npz"), bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("is damaged: 'x.npy'");
  }

  @Test
  @DisplayName("as NumPy itself writes it, with sizes of 64 bits, is read")
  void ofNumpy() {
    byte[] file = Base64.getDecoder().decode(NUMPY);
    DataParts data = open(Samples.write(folder.resolve("n.npz"), file));
    assertThat(data.shape()).isEqualTo(Shape.of(2));
    assertThat(example(data.train(), 1)).containsExactly(2.5f, 3.5f);
    assertThat(data.test().labels().orElseThrow().label(0)).isEqualTo(1);
  }

  /** Of numpy.savez_compressed(f, x=numpy.arange(6).reshape(3, 2) + 0.5, y=[0, 0, 1]). */
  private static final String NUMPY =
      "UEsDBC0AAAAIAAAAIQCMftAY//////////8FABQAeC5ucHkBABAAsAAAAAAAAABaAAAAAAAAAJvsF+ob"
          + "EMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkaaOgq1"
          + "CmQDLgYweGAPoX9AaRYHCM0DpYWgtJgDAFBLAwQtAAAACAAAACEAhdb1yv//////////BQAUAHkubnB5"
          + "AQAQAJgAAAAAAAAASQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SS"
          + "ChJ3S8wpTgWKF2ckFqQC+RrGOpo6CrUKFAAuBjTACKUBUEsBAi0DLQAAAAgAAAAhAIx+0BhaAAAAsAAA"
          + "AAUAAAAAAAAAAAAAAIABAAAAAHgubnB5UEsBAi0DLQAAAAgAAAAhAIXW9cpJAAAAmAAAAAUAAAAAAAAA"
          + "AAAAAIABkQAAAHkubnB5UEsFBgAAAAACAAIAZgAAABEBAAAAAA==";
}
