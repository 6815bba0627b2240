/** The way of entries from a service to the audit log. */
@NullMarked
package dev.portcullis.kit.audit.grpc;

import org.jspecify.annotations.NullMarked;
