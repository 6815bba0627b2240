/** PostgreSQL: embedded or given, one schema per service, migrated at start. */
@NullMarked
package dev.portcullis.kit.database;

import org.jspecify.annotations.NullMarked;
