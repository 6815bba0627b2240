/** What the tests of all targets share. */
@NullMarked
package dev.portcullis.rollback.target;

import org.jspecify.annotations.NullMarked;
