/** The audit log over HTTP, as tools for transparency logs read it. */
@NullMarked
package dev.portcullis.gate.http.audit;

import org.jspecify.annotations.NullMarked;
