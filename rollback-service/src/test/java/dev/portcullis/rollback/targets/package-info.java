/** What the tests of all targets share. */
@NullMarked
package dev.portcullis.rollback.targets;

import org.jspecify.annotations.NullMarked;
