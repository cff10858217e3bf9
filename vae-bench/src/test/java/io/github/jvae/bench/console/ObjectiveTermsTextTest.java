package io.github.jvae.bench.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.evaluate.GroupDivergence;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a line says beside the ELBO")
class ObjectiveTermsTextTest {

  /** Of a hierarchy with groups of 1.5 nats each at two sizes. */
  private static Metrics metrics(int small, int large) {
    List<GroupDivergence> groups = new ArrayList<>();
    for (int i = 1; i <= small + large; i++) {
      String level = i <= small ? "z4x4" : "z8x8";
      groups.add(new GroupDivergence(new LatentGroup(level + "_" + i, 2, level), 1.5));
    }
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put("iwae", -91.2);
    groups.forEach(one -> terms.put(Loss.klOf(one.group().name()), one.kl()));
    return new Metrics(10, -90, 1, -80, 10, null, groups, terms);
  }

  @Test
  @DisplayName("tells each of a few latent groups")
  void few() {
    assertThat(ObjectiveTermsText.of(metrics(1, 2)))
        .isEqualTo(", iwae -91.20, kl_z4x4_1 1.500, kl_z8x8_2 1.500, kl_z8x8_3 1.500");
  }

  @Test
  @DisplayName("tells the levels of a hierarchy of many latent groups")
  void many() {
    assertThat(ObjectiveTermsText.of(metrics(1, 20)))
        .isEqualTo(", iwae -91.20, kl_z4x4 1.500 in 1 group, kl_z8x8 30.00 in 20 groups");
  }
}
