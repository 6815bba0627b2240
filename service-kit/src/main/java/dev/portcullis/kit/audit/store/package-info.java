/** Entries of the audit log as rows, written in the transaction of what they tell. */
@NullMarked
package dev.portcullis.kit.audit.store;

import org.jspecify.annotations.NullMarked;
