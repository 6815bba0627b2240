/** The gate's part of the configuration folder. */
@NullMarked
package dev.portcullis.gate.configuration;

import org.jspecify.annotations.NullMarked;
