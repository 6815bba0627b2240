/** What is to be done for a rollback, and the port through which it is done. */
@NullMarked
package dev.portcullis.rollback.plan;

import org.jspecify.annotations.NullMarked;
