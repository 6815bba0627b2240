/** Real servers in place of analysis-service and rollback-service, and a gate started against them. */
package dev.portcullis.gate.testing;
