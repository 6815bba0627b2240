/** The main program. */
@NullMarked
package dev.portcullis.launcher;

import org.jspecify.annotations.NullMarked;
