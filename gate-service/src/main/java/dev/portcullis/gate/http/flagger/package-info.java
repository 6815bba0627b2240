/** Flagger's webhooks over HTTP. */
@NullMarked
package dev.portcullis.gate.http.flagger;

import org.jspecify.annotations.NullMarked;
