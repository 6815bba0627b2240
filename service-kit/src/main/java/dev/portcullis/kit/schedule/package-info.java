/** Durable background work on db-scheduler. */
@NullMarked
package dev.portcullis.kit.schedule;

import org.jspecify.annotations.NullMarked;
