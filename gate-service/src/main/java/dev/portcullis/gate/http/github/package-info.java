/** What GitHub sends the gate. */
@NullMarked
package dev.portcullis.gate.http.github;

import org.jspecify.annotations.NullMarked;
