/** The service killed at every point of every kind of rollback. */
@NullMarked
package dev.portcullis.rollback.crash;

import org.jspecify.annotations.NullMarked;
