/** A configuration folder as the commands see it: read once, with what all three services make of it. */
@NullMarked
package dev.portcullis.launcher.configuration;

import org.jspecify.annotations.NullMarked;
