/** What rollback-service does, one class per verb. */
@NullMarked
package dev.portcullis.rollback.usecase;

import org.jspecify.annotations.NullMarked;
