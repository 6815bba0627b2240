/** HTTP at the edge: a traced client behind circuit breakers, and the server's spans and error bodies. */
@NullMarked
package dev.portcullis.kit.http;

import org.jspecify.annotations.NullMarked;
