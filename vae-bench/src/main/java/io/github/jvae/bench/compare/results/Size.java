package io.github.jvae.bench.compare.results;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many elements a list in a file may have; a list without this may have any number. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
@interface Size {
  /** The fewest; where it is not 0 the file must have the list. */
  int min() default 0;

  /** The most. */
  int max();
}
