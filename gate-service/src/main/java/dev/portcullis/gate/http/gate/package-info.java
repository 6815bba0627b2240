/** {@code /v1/gate}: the gate over HTTP and JSON, as a pipeline asks it. */
@NullMarked
package dev.portcullis.gate.http.gate;

import org.jspecify.annotations.NullMarked;
