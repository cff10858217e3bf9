package io.github.jvae.bench.compare.results;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text that becomes the name of a file or a folder: letters, digits and {@code . _ + -} only, so
 * that it can lead nowhere else, and not the name of a folder above.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
@interface PlainName {}
