package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Draw;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Diagonal Gaussians bent by planar maps, which are the same for all examples. */
public final class PlanarFlow implements PosteriorFamily {
  private final DiagonalGaussianFamily base = new DiagonalGaussianFamily();
  private final List<PlanarMap> maps;

  public PlanarFlow(int maps, int latent) {
    this.maps =
        IntStream.range(0, maps).mapToObj(map -> new PlanarMap(map, latent)).toList();
  }

  @Override
  public List<Parameter> parameters() {
    return maps.stream().flatMap(map -> map.parameters().stream()).toList();
  }

  @Override
  public Map<String, Integer> heads(int latent) {
    return base.heads(latent);
  }

  @Override
  public Posterior of(Map<String, Tensor> heads, Inputs in) {
    return new Bent(base.of(heads, in), maps);
  }

  private record Bent(Posterior start, List<PlanarMap> maps) implements Posterior {
    @Override
    public Tensor mean() {
      return draw(start.mean().multiply(0)).z();
    }

    @Override
    public Draw draw(Tensor noise) {
      Draw draw = start.draw(noise);
      for (PlanarMap map : maps) {
        draw = map.apply(draw);
      }
      return draw;
    }
  }
}
