package io.github.jvae.bench.compare.results;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A number that a file may not have below a bound. NaN, a number that was not had, may stand. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
@interface AtLeast {
  /** The least there can be. */
  double value();
}
