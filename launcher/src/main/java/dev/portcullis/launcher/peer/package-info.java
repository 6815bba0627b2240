/** The running services as commands talk to them. */
@NullMarked
package dev.portcullis.launcher.peer;

import org.jspecify.annotations.NullMarked;
