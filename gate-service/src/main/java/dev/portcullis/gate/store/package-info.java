/** Releases, decisions and rollback orders in PostgreSQL. */
@NullMarked
package dev.portcullis.gate.store;

import org.jspecify.annotations.NullMarked;
