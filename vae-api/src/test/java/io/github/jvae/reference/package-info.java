/**
 * A backend in plain Java and double precision, slow and obvious: the oracle of the compatibility
 * kit for every operation, gradient, network and training step. It is no engine for users, so no
 * service entry lists it; the kit opens it by its class.
 */
@NullMarked
package io.github.jvae.reference;

import org.jspecify.annotations.NullMarked;
