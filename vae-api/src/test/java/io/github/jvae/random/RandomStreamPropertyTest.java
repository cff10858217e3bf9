package io.github.jvae.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("A random stream, of any seed,")
class RandomStreamPropertyTest {

  @Property(tries = 200)
  @Label("keeps whole numbers below the bound")
  void bounded(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
    assertThat(RandomStream.of(seed).nextInt(bound)).isBetween(0, bound - 1);
  }

  @Property(tries = 100)
  @Label("permutes: every number once")
  void permutation(@ForAll long seed, @ForAll @IntRange(min = 0, max = 200) int count) {
    int[] sorted = RandomStream.of(seed).permutation(count);
    Arrays.sort(sorted);
    assertThat(sorted).containsExactly(IntStream.range(0, count).toArray());
  }
}
