/** Rollbacks in PostgreSQL. */
@NullMarked
package dev.portcullis.rollback.store;

import org.jspecify.annotations.NullMarked;
