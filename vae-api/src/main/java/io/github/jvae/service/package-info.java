/**
 * One model for the many threads of a program: {@link io.github.jvae.service.VaeService} takes
 * requests from any number of them, gathers what comes at the same time into batches, and says when
 * there is too much. What can be wrong with a request is told to the thread that makes it, before
 * it can be in the way of others.
 *
 * <p>Nothing here needs Micrometer but {@link io.github.jvae.service.ServiceMeters}, which is
 * loaded when it is first named.
 */
@NullMarked
package io.github.jvae.service;

import org.jspecify.annotations.NullMarked;
