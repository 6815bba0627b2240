/** gate-service: decides promote, hold or abort, and keeps what was decided. Its beans exist only in a process part that runs the gate. */
@Configuration
@Requires(property = "portcullis.service", value = "gate")
@NullMarked
package dev.portcullis.gate;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
