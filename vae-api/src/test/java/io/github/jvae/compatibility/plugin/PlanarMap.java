package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Draw;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/**
 * A map {@code z + u tanh(wᵀz + b)} (Rezende and Mohamed, "Variational inference with normalizing
 * flows", 2015, with u moved along w to where the map is invertible, as in their appendix).
 */
final class PlanarMap {
  private final Parameter u;
  private final Parameter w;
  private final Parameter b;

  PlanarMap(int number, int latent) {
    this.u = parameter(number + ".u", latent);
    this.w = parameter(number + ".w", latent);
    this.b = parameter(number + ".b", 1);
  }

  private static Parameter parameter(String name, int size) {
    return new Parameter(
        "posterior.planar." + name, Shape.of(size, 1), new Initializer.Normal(0.5));
  }

  List<Parameter> parameters() {
    return List.of(u, w, b);
  }

  Draw apply(Draw draw) {
    Tensor z = draw.z();
    Tensor direction = z.trace().parameter(w.name());
    Tensor free = z.trace().parameter(u.name());
    Tensor product = free.multiply(direction).sum();
    Tensor excess = product.softplus().subtract(1).subtract(product);
    Tensor shift = free.add(direction.multiply(excess).divide(direction.square().sum()));
    Tensor h =
        z.matmul(direction).add(z.trace().parameter(b.name()).reshape(1, 1)).tanh();
    Tensor slope = h.square().negate().add(1).reshape(-1);
    Tensor volume = slope.multiply(shift.multiply(direction).sum()).log1p();
    return new Draw(z.add(h.matmul(shift.reshape(1, -1))), () -> draw.logProb().subtract(volume));
  }
}
