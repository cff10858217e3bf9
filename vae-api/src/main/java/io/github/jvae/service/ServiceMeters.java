package io.github.jvae.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service's numbers for Micrometer, whose {@code micrometer-core} has to be on the class path:
 *
 * <ul>
 *   <li>{@code vae.service.queue}: examples that wait now;
 *   <li>{@code vae.service.batch}: examples computed together, as a distribution;
 *   <li>{@code vae.service.requests}: requests that were answered, and how long each took;
 *   <li>{@code vae.service.computed}: examples that were computed;
 *   <li>{@code vae.service.rejected}: requests for which there was no room.
 * </ul>
 */
public final class ServiceMeters implements MeterBinder {
  private final VaeService service;
  private final List<Tag> tags;

  /** @param tags of all meters, such as the model's name */
  public ServiceMeters(VaeService service, Tag... tags) {
    this.service = service;
    this.tags = List.of(tags);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("vae.service.queue", service, VaeService::waiting)
        .description("Examples that wait now")
        .tags(tags)
        .register(registry);
    service.observe(new Meters(
        Timer.builder("vae.service.requests")
            .description("Requests that were answered, and how long each took")
            .tags(tags)
            .register(registry),
        DistributionSummary.builder("vae.service.batch")
            .description("Examples computed together")
            .tags(tags)
            .register(registry),
        Counter.builder("vae.service.computed")
            .description("Examples that were computed")
            .tags(tags)
            .register(registry),
        Counter.builder("vae.service.rejected")
            .description("Requests for which there was no room")
            .tags(tags)
            .register(registry)));
  }

  private record Meters(
      Timer requests, DistributionSummary batches, Counter examples, Counter rejections)
      implements ServiceObserver {
    @Override
    public void answered(long nanos) {
      requests.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void computed(int count) {
      batches.record(count);
      examples.increment(count);
    }

    @Override
    public void rejected() {
      rejections.increment();
    }
  }
}
