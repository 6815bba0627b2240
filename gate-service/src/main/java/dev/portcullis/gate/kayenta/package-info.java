/** Callers that take the gate for a Kayenta: what their canary executions are about, and decisions as scores. */
@NullMarked
package dev.portcullis.gate.kayenta;

import org.jspecify.annotations.NullMarked;
