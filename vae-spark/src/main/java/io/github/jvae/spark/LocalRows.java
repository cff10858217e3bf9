package io.github.jvae.spark;

import io.github.jvae.data.Numbers;
import java.util.ArrayList;
import java.util.List;

/** The rows of one part that a worker holds. */
final class LocalRows implements Numbers {
  private final List<float[]> examples = new ArrayList<>();
  private final List<float[]> conditions = new ArrayList<>();

  void add(TrainingRow row) {
    examples.add(row.example());
    conditions.add(row.condition());
  }

  @Override
  public int count() {
    return examples.size();
  }

  @Override
  public void read(int example, float[] target, int offset) {
    float[] numbers = examples.get(example);
    System.arraycopy(numbers, 0, target, offset, numbers.length);
  }

  /** Returns the conditions of all rows one after the other. */
  float[] conditions() {
    int each = conditions.isEmpty() ? 0 : conditions.get(0).length;
    float[] all = new float[each * conditions.size()];
    for (int row = 0; row < conditions.size(); row++) {
      System.arraycopy(conditions.get(row), 0, all, row * each, each);
    }
    return all;
  }
}
