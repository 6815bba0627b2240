/** What the tests of targets that move requests share. */
@NullMarked
package dev.portcullis.rollback.traffic;

import org.jspecify.annotations.NullMarked;
