/** The other services, over gRPC. */
@NullMarked
package dev.portcullis.rollback.client;

import org.jspecify.annotations.NullMarked;
