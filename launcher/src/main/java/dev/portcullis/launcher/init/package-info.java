/** Configurations to start from. */
@NullMarked
package dev.portcullis.launcher.init;

import org.jspecify.annotations.NullMarked;
