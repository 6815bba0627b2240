/** The question whether users recovered, and the port to who can tell. */
@NullMarked
package dev.portcullis.rollback.recovery;

import org.jspecify.annotations.NullMarked;
