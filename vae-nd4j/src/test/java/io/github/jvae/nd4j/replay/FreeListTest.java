package io.github.jvae.nd4j.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FreeListTest {
  private record Part(long begin, long size) {
    boolean meets(Part other) {
      return begin < other.begin + other.size && other.begin < begin + size;
    }
  }

  @Test
  void partsInUseNeverMeet() {
    Random random = new Random(1);
    FreeList list = new FreeList();
    List<Part> used = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      if (random.nextInt(5) < 2 && !used.isEmpty()) {
        Part part = used.remove(random.nextInt(used.size()));
        list.giveBack(part.begin(), part.size());
      } else {
        long size = random.nextInt(50) + 1L;
        Part part = new Part(list.take(size), size);
        assertThat(part.begin() + size).isLessThanOrEqualTo(list.end());
        assertThat(used).noneMatch(part::meets);
        used.add(part);
      }
    }
  }

  @Test
  void whatIsGivenBackIsUsedAgain() {
    FreeList list = new FreeList();
    long first = list.take(10);
    long second = list.take(20);
    list.take(5);
    list.giveBack(first, 10);
    list.giveBack(second, 20);
    assertThat(list.take(30)).isEqualTo(first);
    assertThat(list.end()).isEqualTo(35);
  }
}
