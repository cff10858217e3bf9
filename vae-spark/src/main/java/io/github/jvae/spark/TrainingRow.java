package io.github.jvae.spark;

import java.io.Serializable;

/** A row to train on or to validate by, of which nothing but numbers is left. */
final class TrainingRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] example;
  private final float[] condition;
  private final boolean validation;

  /**
   * @param condition empty where the model has none
   * @param validation whether the row is kept from training
   */
  TrainingRow(float[] example, float[] condition, boolean validation) {
    this.example = example;
    this.condition = condition;
    this.validation = validation;
  }

  float[] example() {
    return example;
  }

  float[] condition() {
    return condition;
  }

  boolean isValidation() {
    return validation;
  }

  RowKey key() {
    return RowKey.of(example, condition, validation);
  }
}
