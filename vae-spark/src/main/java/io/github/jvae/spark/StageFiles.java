package io.github.jvae.spark;

import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.error.ModelFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The model folder {@value #FOLDER} within a saved stage, on any file system that Spark knows. */
final class StageFiles {
  /** An ordinary model folder. */
  static final String FOLDER = "model";

  private final Path folder;
  private final FileSystem files;

  /**
   * @param stage the path of the saved stage
   * @throws IOException if there is no such file system
   */
  StageFiles(String stage, Configuration configuration) throws IOException {
    this.folder = new Path(stage, FOLDER);
    this.files = folder.getFileSystem(configuration);
  }

  void write(ModelContent content) throws IOException {
    files.mkdirs(folder);
    write(ModelFolder.MODEL, content.model());
    // Last, as a folder without it is no model.
    write(ModelFolder.CONFIG, content.config());
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = files.create(new Path(folder, name), true)) {
      out.write(bytes);
    }
  }

  ModelContent read() throws IOException {
    return new ModelContent(read(ModelFolder.CONFIG), read(ModelFolder.MODEL));
  }

  private byte[] read(String name) throws IOException {
    Path file = new Path(folder, name);
    try (FSDataInputStream in = files.open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new ModelFileException(
          "the saved stage has no " + file + "; check the path, or save the stage again", e);
    }
  }
}
