/** The console in a real browser. */
@NullMarked
package dev.portcullis.launcher.console;

import org.jspecify.annotations.NullMarked;
