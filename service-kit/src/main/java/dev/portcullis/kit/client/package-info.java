/** Channels to the other services: deadline, circuit breaker, retry of idempotent calls, trace context. */
@NullMarked
package dev.portcullis.kit.client;

import org.jspecify.annotations.NullMarked;
