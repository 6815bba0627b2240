/** The stubs of analysis-service and rollback-service behind the domain's ports. */
@NullMarked
package dev.portcullis.gate.client;

import org.jspecify.annotations.NullMarked;
