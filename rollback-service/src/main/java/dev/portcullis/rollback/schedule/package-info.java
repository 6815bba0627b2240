/** The durable execution of rollbacks on db-scheduler. */
@NullMarked
package dev.portcullis.rollback.schedule;

import org.jspecify.annotations.NullMarked;
