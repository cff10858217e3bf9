/**
 * What somebody else's plugin jar would hold: components that jvae does not ship. No service entry
 * of the test resources lists them; the kit packs them into a jar of their own and finds them
 * there.
 */
@NullMarked
package io.github.jvae.compatibility.plugin;

import org.jspecify.annotations.NullMarked;
