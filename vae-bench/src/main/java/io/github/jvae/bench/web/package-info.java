/**
 * A server for a page on this machine, and for nobody else: on the loopback address, behind a
 * random token, on the JDK's own HTTP server. What it answers with is its handler's matter. Uses
 * nothing else of the bench.
 */
@NullMarked
package io.github.jvae.bench.web;

import org.jspecify.annotations.NullMarked;
