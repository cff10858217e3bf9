package io.github.jvae.bench.training;

import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine finds the data of a training again: in {@code local.json}, beside the model
 * and no part of what is published of it. Only a resume follows it.
 *
 * @param source the name of a published data set, or an absolute path
 * @param folder that holds the published data set; null for the usual places
 */
public record DataPlace(String source, @Nullable Path folder) {
  private static final String DATA = "data";
  private static final String DATA_DIR = "data_dir";

  private static final String NOTE = "Where this machine finds the data of the training in this"
      + " folder. Only 'vae train --resume' reads it; leave it out of what you publish.";

  /**
   * Where data were found.
   *
   * @param source as it was asked for, a name or a path
   * @param folder that was asked for; null if none was
   */
  public static DataPlace of(DataParts data, String source, @Nullable Path folder) {
    if (!DataSource.standard().isNamed(source)) {
      return new DataPlace(Path.of(source).toAbsolutePath().normalize().toString(), null);
    }
    Path origin = folderOf(data.origin());
    if (origin == null || folder == null) {
      return new DataPlace(source, origin);
    }
    Path asked = folder.toAbsolutePath().normalize();
    return new DataPlace(source, origin.startsWith(asked) ? asked : origin);
  }

  /** The folder that an origin names or lies in; null if it names none, as of generated images. */
  static @Nullable Path folderOf(@Nullable String origin) {
    try {
      Path path = origin == null ? null : Path.of(origin).toAbsolutePath().normalize();
      if (path != null && Files.isRegularFile(path)) {
        path = path.getParent();
      }
      return path != null && Files.isDirectory(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * What a folder says.
   *
   * @return nothing if it does not say, as one that was made elsewhere does not
   * @throws io.github.jvae.error.VaeException if its file is not as it should be
   */
  public static Optional<DataPlace> in(ModelFolder folder) {
    ModelFolder keeper = keeper(folder);
    Path file = keeper.path().resolve(ModelFolder.LOCAL);
    return FileFault.within(file, () -> keeper.loadLocal().flatMap(DataPlace::read));
  }

  private static Optional<DataPlace> read(Options json) {
    JsonMembers members = JsonMembers.of(json);
    String source = members.text(DATA);
    return source == null
        ? Optional.empty()
        : Optional.of(new DataPlace(source, folderOf(members.text(DATA_DIR))));
  }

  /** The best model's folder is there to be published; the one around it knows the data. */
  private static ModelFolder keeper(ModelFolder folder) {
    Path around = around(folder);
    return around != null && isBest(folder) ? new ModelFolder(around) : folder;
  }

  /** Whether a folder is that of the best model within another, and so tells no places. */
  static boolean isBest(ModelFolder folder) {
    Path around = around(folder);
    return folder.path().endsWith(ModelFolder.BEST)
        && around != null
        && new ModelFolder(around).exists();
  }

  private static @Nullable Path around(ModelFolder folder) {
    return folder.path().toAbsolutePath().normalize().getParent();
  }

  /** The content of the file. */
  public Options toOptions() {
    return Options.none()
        .with("note", NOTE)
        .with(DATA, source)
        .with(DATA_DIR, OptionValue.ofNullable(folder == null ? null : folder.toString()));
  }
}
