package io.github.jvae.spark;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.internal.Quote;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model adds; an empty name stands for none.
 *
 * @param latent of the posterior's mean
 * @param reconstruction of the example through that and back
 * @param score of the bound
 */
record Outputs(String latent, String reconstruction, String score) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Returns those that a stage asks for. */
  static Outputs of(VaeParams<?> params) {
    return new Outputs(params.getLatentCol(), params.getReconstructionCol(), params.getScoreCol());
  }

  /** Returns how many columns are added. */
  int count() {
    return (int) names().count();
  }

  private Stream<String> names() {
    return Stream.of(latent, reconstruction, score).filter(name -> !name.isEmpty());
  }

  /**
   * Returns a schema with these columns behind its own.
   *
   * @throws io.github.jvae.error.VaeException if none is asked for, or a name is taken
   */
  StructType appendedTo(StructType schema) {
    List<String> added = names().toList();
    if (added.isEmpty()) {
      throw new ConfigurationException(
          "no output column has a name; set latentCol," + " reconstructionCol or scoreCol");
    }
    List<String> taken = new ArrayList<>(Arrays.asList(schema.fieldNames()));
    for (String name : added) {
      if (taken.contains(name)) {
        throw new DataException("the output column " + Quote.of(name)
            + " is there already; choose another name, or drop that column");
      }
      taken.add(name);
    }
    List<StructField> fields = new ArrayList<>(Arrays.asList(schema.fields()));
    if (!latent.isEmpty()) {
      fields.add(DataTypes.createStructField(latent, SQLDataTypes.VectorType(), false));
    }
    if (!reconstruction.isEmpty()) {
      fields.add(DataTypes.createStructField(reconstruction, SQLDataTypes.VectorType(), false));
    }
    if (!score.isEmpty()) {
      fields.add(DataTypes.createStructField(score, DataTypes.DoubleType, false));
    }
    return DataTypes.createStructType(fields);
  }
}
