/** The commands of the launcher, with their options and what they print. */
@NullMarked
package dev.portcullis.launcher.command;

import org.jspecify.annotations.NullMarked;
