/** Whether users are served well again after a rollback: what is asked, what is found, and the port to whoever measures it. */
@NullMarked
package dev.portcullis.rollback.recovery;

import org.jspecify.annotations.NullMarked;
