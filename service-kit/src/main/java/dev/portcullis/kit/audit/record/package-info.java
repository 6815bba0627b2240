/** What every service records of itself in the audit log: its start and end, its configuration, the calls it refuses. */
@NullMarked
package dev.portcullis.kit.audit.record;

import org.jspecify.annotations.NullMarked;
