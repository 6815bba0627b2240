/** How long records are kept, and the durable work that deletes those whose time is over. */
@NullMarked
package dev.portcullis.kit.retention;

import org.jspecify.annotations.NullMarked;
