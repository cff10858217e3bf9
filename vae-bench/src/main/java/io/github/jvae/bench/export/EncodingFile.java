package io.github.jvae.bench.export;

import io.github.jvae.data.Examples;
import io.github.jvae.evaluate.Encoding;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The posteriors of a data set as a file, written batch by batch: memory does not grow with the
 * number of images.
 */
public final class EncodingFile {
  private static final int BUFFER = 1 << 16;

  private final Examples images;
  private final int latent;
  private final List<String> parts;
  private final Source source;

  /** Takes posteriors. */
  @FunctionalInterface
  public interface Target {
    /**
     * Takes those of one batch.
     *
     * @param indices the images' places in the data set
     * @param encoding their posteriors
     */
    void accept(int[] indices, Encoding encoding) throws IOException;
  }

  /** Makes posteriors. */
  @FunctionalInterface
  public interface Source {
    /** Hands on those of all images, batch by batch and in the order of the data set. */
    void writeTo(Target target) throws IOException;
  }

  /**
   * @param images whose posteriors they are
   * @param latent the extent of the latent vector
   * @param withVariances whether they have log-variances
   * @param source makes them
   */
  public EncodingFile(Examples images, int latent, boolean withVariances, Source source) {
    this.images = images;
    this.latent = latent;
    this.parts = withVariances ? List.of("mean_", "log_variance_") : List.of("mean_");
    this.source = source;
  }

  /**
   * Writes a row per image: what is known beside it ({@link KnownColumns}), means, log-variances.
   *
   * @throws io.github.jvae.error.VaeException if the file cannot be written
   */
  public void writeCsv(Path file) {
    KnownColumns known = new KnownColumns(images);
    AtomicFile.write(file, channel -> {
      Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), BUFFER);
      CsvFile.writeNames(writer, columns(known));
      source.writeTo((indices, encoding) -> {
        for (int row = 0; row < indices.length; row++) {
          writer.write(row(indices[row], known, encoding, row));
        }
      });
      writer.flush();
    });
  }

  private List<String> columns(KnownColumns known) {
    List<String> columns = known.names();
    for (String part : parts) {
      for (int i = 0; i < latent; i++) {
        columns.add(part + i);
      }
    }
    return columns;
  }

  private String row(int image, KnownColumns known, Encoding encoding, int row) {
    StringBuilder line = new StringBuilder();
    known.append(line, image);
    numbers(encoding).forEach(values -> append(line, values, row));
    return line.append('\n').toString();
  }

  /** The numbers of each part, [B, L]. */
  private List<HostTensor> numbers(Encoding encoding) {
    return parts.size() == 1
        ? List.of(encoding.mean())
        : List.of(encoding.mean(), encoding.logVariance());
  }

  private void append(StringBuilder line, HostTensor values, int row) {
    for (int i = 0; i < latent; i++) {
      line.append(',').append(values.data()[row * latent + i]);
    }
  }

  /**
   * Writes [images, 2, latent]: means, then log-variances; without those [images, 1, latent].
   *
   * @throws io.github.jvae.error.VaeException if the file cannot be written
   */
  public void writeNpy(Path file) {
    NpyFile.write(
        file,
        Shape.of(images.size(), parts.size(), latent),
        numbers -> source.writeTo((indices, encoding) -> numbers.accept(interleaved(encoding))));
  }

  private float[] interleaved(Encoding encoding) {
    int rows = encoding.mean().shape().dimension(0);
    float[] result = new float[parts.size() * rows * latent];
    int place = 0;
    for (int row = 0; row < rows; row++) {
      for (HostTensor values : numbers(encoding)) {
        System.arraycopy(values.data(), row * latent, result, place, latent);
        place += latent;
      }
    }
    return result;
  }
}
