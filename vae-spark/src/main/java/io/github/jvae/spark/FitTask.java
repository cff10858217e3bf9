package io.github.jvae.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** What the tasks of a fit do: train together, and return the model from the first. */
final class FitTask implements FlatMapFunction<Iterator<TrainingRow>, ModelContent> {
  private static final long serialVersionUID = 1L;

  private final FitPlan plan;

  FitTask(FitPlan plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<ModelContent> call(Iterator<TrainingRow> rows) {
    try (Workers workers = plan.workers() == 1
        ? Workers.alone(TaskContext.get())
        : Workers.of(BarrierTaskContext.get(), plan.secret(), plan.timeout())) {
      return new Training(plan, workers)
          .on(rows)
          .map(List::of)
          .orElse(List.of())
          .iterator();
    }
  }

  /** The same for the tasks of a barrier stage, which Scala's function is asked of. */
  static final class InBarrier
      extends AbstractFunction1<
          scala.collection.Iterator<TrainingRow>, scala.collection.Iterator<ModelContent>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final FitTask task;

    InBarrier(FitTask task) {
      this.task = task;
    }

    @Override
    public scala.collection.Iterator<ModelContent> apply(
        scala.collection.Iterator<TrainingRow> rows) {
      return CollectionConverters.asScala(task.call(CollectionConverters.asJava(rows)));
    }
  }
}
