package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Component;
import io.github.jvae.model.Network;
import java.util.List;

/** The networks between the two levels of a hierarchy: {@code q(z2|z1)} and {@code p(z1|z2)}. */
final class TwoLevels implements Component {
  private final GaussianNetwork up;
  private final GaussianNetwork down;

  TwoLevels(int lower, int upper) {
    this.up = new GaussianNetwork("model.up", lower, upper);
    this.down = new GaussianNetwork("model.down", upper, lower);
  }

  @Override
  public List<Network> networks() {
    return List.of(up.network(), down.network());
  }

  GaussianNetwork up() {
    return up;
  }

  GaussianNetwork down() {
    return down;
  }
}
