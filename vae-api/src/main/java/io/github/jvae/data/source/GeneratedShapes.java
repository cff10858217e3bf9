package io.github.jvae.data.source;

import io.github.jvae.data.DataParts;

/** The generated data set, by its name. */
record GeneratedShapes() implements NamedData {
  @Override
  public String name() {
    return Shapes.NAME;
  }

  @Override
  public String description() {
    return "10,000 and 2,000 generated images of coloured shapes, 3 x 32 x 32, with known factors";
  }

  @Override
  public DataParts open(DataSource source) {
    return Shapes.standard();
  }
}
