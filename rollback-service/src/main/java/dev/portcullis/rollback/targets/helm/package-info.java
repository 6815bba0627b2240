/** Releases of Helm, returned to an earlier revision by the helm program. */
@NullMarked
package dev.portcullis.rollback.targets.helm;

import org.jspecify.annotations.NullMarked;
