/** The page of the configuration, held against the readers of the three services. */
@NullMarked
package dev.portcullis.launcher.configuration;

import org.jspecify.annotations.NullMarked;
