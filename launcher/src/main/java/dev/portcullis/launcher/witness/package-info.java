/** A witness of audit logs: what it remembers, what it cosigns, and its HTTP server. */
@NullMarked
package dev.portcullis.launcher.witness;

import org.jspecify.annotations.NullMarked;
