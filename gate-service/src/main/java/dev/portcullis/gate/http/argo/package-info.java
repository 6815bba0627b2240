/** The gate over HTTP and JSON, as Argo Rollouts' web metric provider asks it. */
@NullMarked
package dev.portcullis.gate.http.argo;

import org.jspecify.annotations.NullMarked;
