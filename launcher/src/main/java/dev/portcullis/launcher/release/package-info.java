/** Releases as people look at them and decide on them, at a running gate-service. */
@NullMarked
package dev.portcullis.launcher.release;

import org.jspecify.annotations.NullMarked;
