/**
 * Objectives that need not be written out, for systems whose metrics are known. A preset is data: a configuration with placeholders
 * under {@code resources/presets}, read by the readers of any other configuration once it is filled in.
 */
@NullMarked
package dev.portcullis.analysis.configuration.preset;

import org.jspecify.annotations.NullMarked;
