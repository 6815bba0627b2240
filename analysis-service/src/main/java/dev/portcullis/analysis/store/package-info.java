/** Analyses in PostgreSQL. */
@NullMarked
package dev.portcullis.analysis.store;

import org.jspecify.annotations.NullMarked;
