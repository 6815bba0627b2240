/** analysis-service: measures and judges releases. */
@Configuration
@Requires(property = "portcullis.service", value = "analysis")
@NullMarked
package dev.portcullis.analysis;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
