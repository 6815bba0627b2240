/** A rollback: its life, its legal transitions, and where rollbacks are kept. */
@NullMarked
package dev.portcullis.rollback.lifecycle;

import org.jspecify.annotations.NullMarked;
