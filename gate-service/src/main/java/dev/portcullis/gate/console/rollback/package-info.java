/** What pages show of a rollback: what would be done, and how it goes on. */
@NullMarked
package dev.portcullis.gate.console.rollback;

import org.jspecify.annotations.NullMarked;
