/** rollback-service: runs rollbacks that survive crashes; it does not decide. */
@Configuration
@Requires(property = "portcullis.service", value = "rollback")
@NullMarked
package dev.portcullis.rollback;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
