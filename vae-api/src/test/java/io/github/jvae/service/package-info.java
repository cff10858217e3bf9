/** Tests of the service for many threads. */
@NullMarked
package io.github.jvae.service;

import org.jspecify.annotations.NullMarked;
