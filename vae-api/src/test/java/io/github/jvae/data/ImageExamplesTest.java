package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A data set")
class ImageExamplesTest {
  private static final Shape PAIR = Shape.of(1, 1, 2);

  private final ImageExamples data = ImageExamples.of(
          "six", PAIR, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, (byte) 200, (byte) 255})
      .withLabels(new int[] {0, 1, 0, 1, 0, 1}, List.of("even", "odd"))
      .withFactors(Factors.of(List.of("tens"), 0, 10, 20, 30, 40, 50));

  @Test
  @DisplayName("reads bytes as numbers from 0 to 1, exactly value/255")
  void scales() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    float[] read = new float[257];
    ImageExamples.of("ramp", Shape.of(1, 16, 16), all).read(0, read, 1);
    for (int i = 0; i < 256; i++) {
      assertThat(read[i + 1]).isEqualTo(i / 255f);
    }
  }

  @Test
  @DisplayName("gives images as a tensor in the order asked for")
  void tensor() {
    assertThat(data.tensor(5, 0))
        .isEqualTo(HostTensor.of(Shape.of(2, 1, 1, 2), 200 / 255f, 1, 0, 1 / 255f));
  }

  @Test
  @DisplayName("shows views with their own labels, factors and indices")
  void views() {
    ImageExamples view = data.slice(1, 6).subset(4, 0, 0).slice(0, 2);
    assertThat(view.size()).isEqualTo(2);
    assertThat(Samples.pixels(view, 0)).containsExactly(200, 255);
    assertThat(Samples.pixels(view, 1)).containsExactly(2, 3);
    assertThat(view.labels().orElseThrow().label(1)).isEqualTo(1);
    assertThat(view.labels().orElseThrow().classNames()).containsExactly("even", "odd");
    assertThat(view.factors().orElseThrow().column("tens")).containsExactly(50, 10);
    assertThat(data.limit(2).size()).isEqualTo(2);
    assertThat(data.limit(100)).isSameAs(data);
  }

  @Test
  @DisplayName("takes labels also as a view")
  void labelledView() {
    ImageExamples view = ImageExamples.of("six", PAIR, new byte[12]).slice(3, 5);
    assertThat(
            view.withLabels(new int[] {7, 8}, List.of()).labels().orElseThrow().label(1))
        .isEqualTo(8);
  }

  @Test
  @DisplayName("has a fingerprint of shape, size and pixels, and of nothing else")
  void fingerprint() {
    assertThat(data.sha256()).hasSize(64).isEqualTo(data.named("other").sha256());
    assertThat(data.sha256()).isEqualTo(ImageExamples.of("x", PAIR, bytes(data)).sha256());
    assertThat(data.sha256())
        .isNotEqualTo(data.limit(5).sha256())
        .isNotEqualTo(ImageExamples.of("x", Shape.of(1, 2, 1), bytes(data)).sha256());
    assertThat(data.slice(1, 3).sha256()).isEqualTo(data.subset(1, 2).sha256());
  }

  private static byte[] bytes(ImageExamples data) {
    byte[] all = new byte[data.size() * data.shape().size()];
    for (int i = 0; i < data.size(); i++) {
      data.readBytes(i, all, i * data.shape().size());
    }
    return all;
  }

  @Test
  @DisplayName("refuses what does not fit, in a line that says why")
  void refusals() {
    assertThatThrownBy(() -> ImageExamples.of("odd", PAIR, new byte[3]))
        .isInstanceOf(VaeException.class)
        .hasMessage(
            "data set 'odd': 3 bytes are not a whole number of images of shape [1, 1, 2] (2 bytes"
                + " each)");
    assertThatThrownBy(() -> ImageExamples.of("flat", Shape.of(2), new byte[2]))
        .hasMessageContaining("[channels, height, width]");
    assertThatThrownBy(() -> data.withLabels(new int[5], List.of()))
        .hasMessageContaining("has 6 examples, but 'label' is of 5");
    assertThatThrownBy(() -> data.withLabels(new int[] {0, 0, 0, 0, 0, 9}, List.of("a")))
        .hasMessageContaining("example 5 has label 9");
    assertThatThrownBy(() -> data.limit(0)).isInstanceOf(VaeException.class);
    assertThatThrownBy(() -> data.slice(2, 7)).isInstanceOf(VaeException.class);
    assertThatThrownBy(() -> data.subset()).isInstanceOf(VaeException.class);
    assertThatThrownBy(() -> data.read(6, new float[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> data.limit(2).read(2, new float[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @DisplayName("writes its factors as comma-separated values")
  void csv() {
    StringBuilder text = new StringBuilder();
    Factors.of(List.of("x", "y"), 1, 2.5, -3, 0).writeCsv(text);
    assertThat(text).hasToString("x,y\n1.0,2.5\n-3.0,0.0\n");
    assertThatThrownBy(() -> data.factors().orElseThrow().column("hue"))
        .hasMessage("there is no factor 'hue'; the factors are tens");
  }

  @Test
  @DisplayName("without a test part has every 10th image set aside, the last one at least")
  void split() {
    DataParts large =
        DataParts.split(ImageExamples.of("d", Shape.of(1, 1, 1), new byte[25]), "here");
    assertThat(large.train().size()).isEqualTo(23);
    assertThat(large.test().size()).isEqualTo(2);
    DataParts small =
        DataParts.split(ImageExamples.of("d", Shape.of(1, 1, 1), new byte[] {1, 2, 3}), "here");
    assertThat(Samples.pixels(small.test(), 0)).containsExactly(3);
    assertThatThrownBy(
            () -> DataParts.split(ImageExamples.of("d", Shape.of(1, 1, 1), new byte[1]), "here"))
        .hasMessage("data set 'd' (here) has one example; give at least 2");
    assertThatThrownBy(() -> new DataParts("d", data, large.test(), "here"))
        .hasMessageContaining("bytes of [1, 1, 2] but test examples are bytes of [1, 1, 1]");
  }

  @Test
  @DisplayName("is split without a list of its images, into every 10th and the others")
  void splitOfAnySize() {
    for (int size = 2; size < 45; size++) {
      ImageExamples all =
          ImageExamples.of("d", Shape.of(1, 1, 1), Samples.bytes(size + 3, 0)).slice(2, size + 2);
      int testAt = Math.min(size, 10) - 1;
      int[] train = IntStream.range(0, size).filter(i -> i % 10 != testAt).toArray();
      int[] test = IntStream.range(0, size).filter(i -> i % 10 == testAt).toArray();
      DataParts data = DataParts.split(all, "here");
      assertThat(data.train().sha256())
          .as("%d", size)
          .isEqualTo(all.subset(train).sha256());
      assertThat(data.test().sha256()).as("%d", size).isEqualTo(all.subset(test).sha256());
      Examples part = data.train().slice(train.length / 2, train.length);
      int[] half =
          IntStream.range(train.length / 2, train.length).map(i -> train[i]).toArray();
      assertThat(part.sha256()).isEqualTo(all.subset(half).sha256());
    }
  }
}
