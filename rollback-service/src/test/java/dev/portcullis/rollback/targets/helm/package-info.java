/** Helm's side of a rollback, and the tests against it. */
@NullMarked
package dev.portcullis.rollback.targets.helm;

import org.jspecify.annotations.NullMarked;
