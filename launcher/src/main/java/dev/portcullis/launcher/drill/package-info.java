/** The rehearsal of a service's rollback, told line by line. */
@NullMarked
package dev.portcullis.launcher.drill;

import org.jspecify.annotations.NullMarked;
