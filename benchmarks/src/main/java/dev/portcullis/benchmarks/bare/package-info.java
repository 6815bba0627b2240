/** The yardstick of the gate: an endpoint of the same framework that decides nothing. Its beans are left out of every other process. */
@NullMarked
@Configuration
@Requires(property = "portcullis.service", value = "bare")
package dev.portcullis.benchmarks.bare;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
