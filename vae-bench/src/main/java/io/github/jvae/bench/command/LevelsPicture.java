package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What each level of a hierarchy holds: in each row the levels above it are the same in all images,
 * and it and those below are drawn anew, with the same noise as in the row above.
 *
 * @param levels from the top
 */
record LevelsPicture(List<String> levels) {

  /**
   * Returns the levels of a model.
   *
   * @throws ConfigurationException if it has one only
   */
  static LevelsPicture of(LatentModel model) {
    List<String> levels =
        model.groups().stream().map(LatentGroup::level).distinct().toList();
    if (levels.size() == 1) {
      throw new ConfigurationException(
          "the model has one level of latent variables, " + levels.get(0)
              + ", and so nothing to compare; --model hvae and --model ladder have several");
    }
    return new LevelsPicture(levels);
  }

  /**
   * Returns the picture.
   *
   * @param draws of one row
   * @param images makes images of latent vectors
   * @param above rows that are shown before; [N, C, H, W] each, by their labels
   */
  ImageGrid picture(
      Vae vae, PriorDraws draws, Function<HostTensor, HostTensor> images, List<Labelled> above) {
    List<Labelled> rows = new ArrayList<>(above);
    for (int i = 0; i < levels.size(); i++) {
      HostTensor latents = vae.inference().sampleLatents(draws.fixing(levels.subList(0, i)));
      rows.add(new Labelled("from " + levels.get(i), images.apply(latents)));
    }
    return ImageGrid.ofRows(rows.stream().map(Labelled::images).toList())
        .labelled(rows.stream().map(Labelled::label).toList());
  }

  /** A row of images, [N, C, H, W], and what is written beside. */
  record Labelled(String label, HostTensor images) {}
}
